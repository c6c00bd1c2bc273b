"""A message and its way to each person."""

from __future__ import annotations

from django.db import models

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.common.sealed import SealedField
from linli.people.api import Person

from ..rules import Channel, Group, Level


class Message(models.Model):
    """One text for all its readers: a template's key and words, or free text. Read in each one's own language.

    `words` holds ids and public words, never anything that elsewhere is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    key = models.CharField(max_length=200, unique=True)
    template = models.CharField(max_length=60)
    words = models.JSONField(default=dict)
    title = SealedField(blank=True, default="")
    text = SealedField(blank=True, default="")
    group = models.CharField(max_length=12, choices=Group)
    channels = models.JSONField(default=list)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    urgent = models.BooleanField(default=False)
    wants_ack = models.BooleanField(default=False)
    sent_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    sent_for = models.CharField(max_length=120, blank=True)
    audience = models.PositiveIntegerField()
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["place", "-id"], name="message_place")]


class Delivery(models.Model):
    """A message, a person, a channel. One row also where the channel does not reach him, so that figures add up."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel)
    level = models.PositiveSmallIntegerField(choices=Level)
    outgoing = models.UUIDField(null=True)
    digest = models.ForeignKey("Digest", on_delete=models.SET_NULL, null=True, related_name="deliveries")
    period = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField()
    handed_over_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "person", "channel"], name="delivery_once"),
            models.CheckConstraint(
                condition=models.Q(level__lt=Level.OPENED) | ~models.Q(opened_at=None), name="delivery_opened"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "channel", "-id"], name="delivery_inbox"),
            models.Index(fields=["message", "channel", "level"], name="delivery_count"),
            models.Index(fields=["outgoing"], condition=~models.Q(outgoing=None), name="delivery_outgoing"),
            models.Index(
                fields=["period", "person"],
                condition=~models.Q(period="") & models.Q(digest=None),
                name="delivery_digest",
            ),
        ]
