"""A person's papers, given once and shown where they are needed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from linli.common.ids import uuid7
from linli.common.sealed import SealedField
from linli.people.api import Body, Person

from ..paper_rules import ISSUER, NAME, PURPOSE, PaperKind, Validity, mask_code, validity


class Paper(models.Model):
    """What it is; `name` where the kind does not say. What stands in it is in its versions, the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PaperKind)
    name = models.CharField(max_length=NAME, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person"], name="paper_person")]

    def __str__(self) -> str:
        return self.name or str(PaperKind(self.kind).label)


class PaperVersion(models.Model):
    """As it was given at a time; never changed, a new one takes its place. Its pictures are files of owner `paper`."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    issuer = models.CharField(max_length=ISSUER, blank=True)
    code = SealedField(blank=True, default="")
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]

    @property
    def masked(self) -> str:
        return mask_code(self.code)

    def stands_on(self, today: date) -> Validity:
        return validity(self.valid_until, today)


class ShareQuerySet(models.QuerySet["PaperShare"]):
    def in_force(self, now: datetime) -> ShareQuerySet:
        return self.filter(ended_at=None, until__gt=now)


class PaperShare(models.Model):
    """The person lets an office look at one version, for one purpose and a time. `looks` counts those who did."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(PaperVersion, on_delete=models.CASCADE, related_name="shares")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=PURPOSE)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    looks = models.PositiveIntegerField(default=0)
    looked_at = models.DateTimeField(null=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(until__gt=F("given_at")), name="share_times")]
        indexes = [models.Index(fields=["body", "until"], name="share_body")]
