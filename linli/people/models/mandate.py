"""One person lets another act for him."""

from __future__ import annotations

from datetime import date

from django.db import models

from linli.common.ids import uuid7

from ..rules import MandateHow, MandateScope
from .person import Person


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: date) -> MandateQuerySet:
        return self.filter(revoked_at=None, since__lte=day, until__gt=day)


class Mandate(models.Model):
    """`agent` acts for `principal` within `scopes` (a list of MandateScope) until the day `until` (not included)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    principal = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_given")
    agent = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_held")
    scopes = models.JSONField(default=list)
    how = models.CharField(max_length=12, choices=MandateHow)
    since = models.DateField()
    until = models.DateField()
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(principal=models.F("agent")), name="mandate_for_another"),
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="mandate_dates"),
        ]

    def allows(self, scope: MandateScope) -> bool:
        return MandateScope.ALL in self.scopes or scope in self.scopes
