"""The wish for a group's site, and what became of it."""

from __future__ import annotations

from django.db import models

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.people.api import Person

from ..group_rules import CONTACT, KINDS, NAME, PURPOSE, REASON, GroupState
from ..rules import LEAD, LONGEST
from .site import Site


class GroupApplication(models.Model):
    """All that is in it is public once the group is open; `by` leads the group then, where he is not who opens it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    name = models.CharField(max_length=NAME)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    lead = models.CharField(max_length=LEAD, blank=True)
    slug = models.CharField(max_length=LONGEST, blank=True)
    purpose = models.CharField(max_length=PURPOSE)
    contact = models.CharField(max_length=CONTACT)
    state = models.CharField(max_length=12, choices=GroupState, default=GroupState.APPLIED)
    at = models.DateTimeField()
    site = models.OneToOneField(Site, on_delete=models.PROTECT, null=True, related_name="application")

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="group_waiting"), models.Index(fields=["by"], name="group_by")]

    def __str__(self) -> str:
        return self.name


class GroupEvent(models.Model):
    """The history of a group and its wish; append-only. `reason` is told to whoever asked."""

    application = models.ForeignKey(GroupApplication, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=GroupState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    acting = models.UUIDField(null=True)
    reason = models.CharField(max_length=REASON, blank=True)
