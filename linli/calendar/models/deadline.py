"""Periods as versioned rules of a place, and the clocks that run under them."""

from __future__ import annotations

from django.db import models

from linli.areas.api import Area
from linli.common.ids import uuid7

from ..rules import DEADLINE_KEY, SUBJECT, Clock, DeadlineState, Pause, Period, Unit

UNITS = [(unit.value, unit.value) for unit in Unit]
STATES = [(state.value, state.value) for state in DeadlineState]


class PeriodFields(models.Model):
    """How long: amount, unit, whether a last day off rolls on, and how much pause counts at most."""

    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=12, choices=UNITS)
    roll = models.BooleanField(default=False)
    pause_cap = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.amount, Unit(self.unit), self.roll)


class DeadlineRule(PeriodFields):
    """One version of a rule: from a day on, at a place and everywhere below it. Append-only.

    `starts` names the event that starts the clock, as a word for people and docs.
    """

    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=DEADLINE_KEY)
    version = models.PositiveIntegerField()
    starts = models.CharField(max_length=60, blank=True)
    valid_from = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "key", "version"], name="deadline_rule_once")]


class Deadline(PeriodFields):
    """A clock of another app's thing (`subject`). It keeps the figures of the rule's version that it opened under.

    `due` is the first instant at which it is late; None while a pause without cap lasts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=DEADLINE_KEY)
    subject_kind = models.CharField(max_length=SUBJECT)
    subject_id = models.CharField(max_length=SUBJECT)
    rule = models.ForeignKey(DeadlineRule, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    due = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=STATES, default=DeadlineState.RUNNING.value)
    passed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "key"], condition=~models.Q(state="closed"), name="deadline_once"
            )
        ]
        indexes = [
            models.Index(fields=["due"], condition=models.Q(state__in=["running", "paused"]), name="deadline_due"),
            models.Index(fields=["id"], condition=models.Q(provisional=True), name="deadline_provisional"),
            models.Index(fields=["subject_kind", "subject_id"], name="deadline_subject"),
        ]

    @property
    def clock(self) -> Clock:
        """The clock with its pauses, as the rules count it."""
        pauses = sorted(self.pauses.all(), key=lambda pause: pause.since)
        return Clock(
            self.started_at, self.period, tuple(Pause(pause.since, pause.until) for pause in pauses), self.pause_cap
        )


class DeadlinePause(models.Model):
    deadline = models.ForeignKey(Deadline, on_delete=models.CASCADE, related_name="pauses")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["deadline"], condition=models.Q(until=None), name="deadline_pause_once")
        ]


class DeadlineEvent(models.Model):
    """The history of a deadline; append-only. `due` where the step set it."""

    deadline = models.ForeignKey(Deadline, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField()
    event = models.CharField(max_length=8)
    state = models.CharField(max_length=8, choices=STATES)
    due = models.DateTimeField(null=True, db_default=None)
    by_id = models.UUIDField(null=True, db_default=None)
