"""Where people live, and how that was proved."""

from __future__ import annotations

from datetime import date

from django.db import models

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.common.sealed import BlindIndexField, SealedField

from ..rules import Proof, ResidencyKind, ResidencyState
from .identifier import CONTACT
from .person import Person


class ResidencyQuerySet(models.QuerySet["Residency"]):
    def verified_on(self, day: date) -> ResidencyQuerySet:
        """Those that give rights on the day."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=day), state=ResidencyState.VERIFIED, since__lte=day)


class Residency(models.Model):
    """A person's tie to a home, or to a community where there is no home of his in the register."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residencies")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ResidencyKind)
    state = models.CharField(max_length=12, choices=ResidencyState, default=ResidencyState.CLAIMED)
    proof = models.CharField(max_length=12, choices=Proof, blank=True)
    note = SealedField(blank=True, default="")
    claimed_at = models.DateTimeField()
    since = models.DateField()
    until = models.DateField(null=True)

    objects = ResidencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "area", "kind"],
                condition=models.Q(state__in=["claimed", "verified"]),
                name="residency_once",
            )
        ]
        indexes = [
            models.Index(fields=["area", "state"], name="residency_area"),
            models.Index(fields=["state", "claimed_at"], name="residency_desk"),
        ]


class ResidencyEvent(models.Model):
    """The history of a residency; append-only. `reason` is told to the person."""

    residency = models.ForeignKey(Residency, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=ResidencyState)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post_id = models.UUIDField(null=True)
    reason = models.CharField(max_length=200, blank=True)


class HomeCode(models.Model):
    """The paper code of a home, as a keyed hash; a new print makes the former one void."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    uses_left = models.PositiveSmallIntegerField(default=8)
    void_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["home"], condition=models.Q(void_at=None), name="home_code_once")]


class RollEntry(models.Model):
    """A line of an imported roll of homes: who is known to belong there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    home = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=ResidencyKind)
    name = SealedField()
    phone = SealedField(blank=True, default="")
    phone_index = BlindIndexField(of="phone", domain=CONTACT)
    imported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["home"], name="roll_home"), models.Index(fields=["phone_index"], name="roll_phone")]
