"""The book of everything that goes out."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from linli.common.ids import uuid7
from linli.common.sealed import BlindIndexField, SealedField

from .rules import Channel, Kind, Outcome, State

CONTACT = "contact"  # the same index domain as people's numbers and addresses


class OutgoingQuerySet(models.QuerySet["OutgoingMessage"]):
    def waiting(self, now: datetime) -> OutgoingQuerySet:
        """Due, and leased by nobody."""
        free = models.Q(leased_until=None) | models.Q(leased_until__lte=now)
        return self.filter(free, state=State.QUEUED, next_try__lte=now)


class OutgoingMessage(models.Model):
    """One SMS or e-mail. Written in the transaction of what it tells of; handed over after its commit.

    queued → handed over → delivered, or failed (the dead letters: nobody tries again by himself).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    channel = models.CharField(max_length=8, choices=Channel)
    kind = models.CharField(max_length=12, choices=Kind)
    urgency = models.PositiveSmallIntegerField()
    person_id = models.UUIDField(null=True)
    recipient = SealedField(blank=True)
    recipient_index = BlindIndexField(of="recipient", domain=CONTACT)
    subject = SealedField(blank=True, default="")
    body = SealedField(blank=True)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    created_at = models.DateTimeField()
    next_try = models.DateTimeField()
    expires_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    reference = models.CharField(max_length=100, blank=True)
    part_count = models.PositiveSmallIntegerField(default=1)
    wants_news = models.BooleanField(default=False)
    unsubscribe = models.CharField(max_length=400, blank=True)
    trouble = models.CharField(max_length=200, blank=True)
    handed_over_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    empty_at = models.DateTimeField(null=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "urgency", "next_try"], name="outgoing_due"),
            models.Index(fields=["reference"], name="outgoing_reference"),
            models.Index(fields=["empty_at"], name="outgoing_empty"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "failed"]) | ~models.Q(handed_over_at=None),
                name="outgoing_handed",
            )
        ]

    @property
    def is_empty(self) -> bool:
        return not self.recipient


class OutgoingPart(models.Model):
    """A part of a message that was handed over, by the other side's reference."""

    message = models.ForeignKey(OutgoingMessage, on_delete=models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=100, db_index=True)
    outcome = models.PositiveSmallIntegerField(choices=Outcome, default=Outcome.OPEN)
    word = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="outgoing_part_once")]


class EarlyReceipt(models.Model):
    """A receipt that came before we knew its reference; kept for a day."""

    reference = models.CharField(max_length=100, unique=True)
    outcome = models.PositiveSmallIntegerField(choices=Outcome)
    word = models.CharField(max_length=40, blank=True)
    noted_at = models.DateTimeField(db_index=True)
