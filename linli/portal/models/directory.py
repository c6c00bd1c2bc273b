"""The directory of phones: whom one can call for what, and the drawn plan of the street."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.calendar.api import Hours, from_json
from linli.common.ids import uuid7
from linli.people.api import Person

from ..directory_rules import LABEL, NAME, NUMBER, TEXT, USUAL, Group, Wrong, is_stale

if TYPE_CHECKING:
    from collections.abc import Iterable


class EntryQuerySet(models.QuerySet["DirectoryEntry"]):
    def standing(self) -> EntryQuerySet:
        """Those that have not been taken out."""
        return self.filter(ended_at=None)

    def serving(self, area: Area) -> EntryQuerySet:
        """Those for the place itself and for the places around it."""
        return self.filter(place__in=[*area.ancestor_ids, area.pk])

    def under_any(self, paths: Iterable[str]) -> EntryQuerySet:
        """Those for a place at or below any of the paths; none where there are no paths."""
        condition = models.Q(pk__in=[])
        for path in paths:
            condition |= models.Q(place__path__under=path)
        return self.filter(condition)


class DirectoryEntry(models.Model):
    """`place`: whom it serves. `lat`, `lon`: millionths of a degree, WGS-84. `plain`: squashed text to be searched."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=NAME)
    organisation = models.CharField(max_length=NAME * 2, blank=True)
    group = models.CharField(max_length=10, choices=Group)
    wants = models.JSONField(default=list)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=NAME * 2, blank=True)
    lat = models.IntegerField(null=True)
    lon = models.IntegerField(null=True)
    hours = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    note = models.CharField(max_length=TEXT, blank=True)
    rank = models.PositiveSmallIntegerField(default=USUAL)
    plain = models.TextField(blank=True)
    verified_on = models.DateField(null=True)
    verified_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["place", "group"], condition=models.Q(ended_at=None), name="directory_of_place")]
        verbose_name = _("电话簿里的一条")

    def __str__(self) -> str:
        return self.name

    @cached_property
    def opening(self) -> Hours:
        return from_json(self.hours)

    def stale_on(self, today: date) -> bool:
        return is_stale(self.verified_on, today)


class DirectoryPhone(models.Model):
    """A number of an entry; the first is the one to call."""

    entry = models.ForeignKey(DirectoryEntry, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=NUMBER)
    label = models.CharField(max_length=LABEL, blank=True)
    nth = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["nth", "pk"]


class DirectoryReport(models.Model):
    """What a reader says is wrong; `once` is the form's key, so that pressing twice counts once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    entry = models.ForeignKey(DirectoryEntry, on_delete=models.CASCADE, related_name="reports")
    kind = models.CharField(max_length=8, choices=Wrong)
    text = models.CharField(max_length=TEXT, blank=True)
    once = models.UUIDField(unique=True)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["entry"], condition=models.Q(done_at=None), name="directory_report_open")]


class DirectoryDraft(models.Model):
    """An uploaded table until its preview is confirmed, a day at most."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    by = models.UUIDField()
    at = models.DateTimeField()
    name = models.CharField(max_length=120)
    content = models.TextField()


class StreetPlan(models.Model):
    """Lines to draw a place by: each {kind, name, points}, points as [lon, lat] in millionths of a degree."""

    place = models.OneToOneField(Area, on_delete=models.CASCADE, related_name="+")
    lines = models.JSONField(default=list)
