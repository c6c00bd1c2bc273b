"""Who is to be found at a place at which hours, as the editors of its site wrote it down."""

from __future__ import annotations

from functools import cached_property

from django.db import models

from linli.calendar.api import Hours, from_json
from linli.common.ids import uuid7
from linli.sites.api import Site

from ..directory_rules import NUMBER
from ..duty_rules import NAME, ROLE


class DutyLine(models.Model):
    """`hours` as in the directory of phones."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=NAME)
    role = models.CharField(max_length=ROLE)
    phone = models.CharField(max_length=NUMBER, blank=True)
    hours = models.JSONField(default=dict)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["site"], name="duty_of_site")]

    def __str__(self) -> str:
        return self.name

    @cached_property
    def opening(self) -> Hours:
        return from_json(self.hours)
