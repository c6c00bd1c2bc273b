"""What belongs to a reader: the state of his inbox, what he wishes, the digests he got."""

from __future__ import annotations

from django.db import models

from linli.common.ids import uuid7
from linli.people.api import Person

from ..rules import QUIET, Channel, Group, Mode


class Box(models.Model):
    """One row a person: how much is unread, and a number that grows with every change of the inbox."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="+")
    unread = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    quiet_since = models.PositiveSmallIntegerField(default=QUIET[0])
    quiet_until = models.PositiveSmallIntegerField(default=QUIET[1])


class Preference(models.Model):
    """How a person wants one kind of message on one channel; without a row as is usual for its kind."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=12, choices=Group)
    channel = models.CharField(max_length=8, choices=Channel)
    mode = models.CharField(max_length=8, choices=Mode)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "group", "channel"], name="preference_once")]


class Digest(models.Model):
    """The one e-mail of a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode)
    period = models.DateTimeField()
    outgoing = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "mode", "period"], name="digest_once")]
        indexes = [models.Index(fields=["outgoing"], name="digest_outgoing")]
