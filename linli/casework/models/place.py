"""What a place sets up for its cases: things with a QR code, dispatch tables, what was learned from closed cases."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.people.api import Person

from ..rules.words import NAME, SPOT


class Spot(models.Model):
    """A lamp, a lift, a bin: a thing with a code on it that says where one is and what it is about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=10, unique=True)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=NAME)
    where = models.CharField(max_length=SPOT, blank=True)
    theme = models.CharField(max_length=20)
    latitude = models.IntegerField(null=True)  # WGS-84, millionths of a degree
    longitude = models.IntegerField(null=True)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class DispatchTable(models.Model):
    """One version of a place's rules of dispatch: rows of (theme, place, hours → unit), the first that fits. `rows` as
    `rules.dispatch` reads them. Tried on last month's cases before it is switched on; `tried` keeps what came out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    rows = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    tried_at = models.DateTimeField(null=True)
    tried = models.JSONField(null=True)
    on_since = models.DateTimeField(null=True)
    off_since = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "version"], name="dispatch_version"),
            models.UniqueConstraint(
                fields=["place"], condition=~Q(on_since=None) & Q(off_since=None), name="dispatch_one_on"
            ),
            models.CheckConstraint(condition=Q(on_since=None) | ~Q(tried_at=None), name="dispatch_tried"),
        ]


class ThemeModel(models.Model):
    """How often each pair of characters stood in the closed cases of a place, by theme; and how often the suggestion
    was right on cases that it was not made from."""

    place = models.OneToOneField(Area, on_delete=models.PROTECT, related_name="+")
    counts = models.JSONField()
    cases = models.PositiveIntegerField()
    tested = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    made_at = models.DateTimeField()
