"""Who owes an answer, and until when."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q

from linli.people.api import Body, Post

from .question import Question


class Duty(models.Model):
    """One round of a question: the first, and a second where the answer was contested.

    `office` owes it, `post` answers for it in the office; `above` looks after what is overdue. `clock` is the deadline
    that runs now (the office's, then that of whoever looks after it); `due` stays the office's own: a transfer keeps
    it, a pause moves it up to its cap.
    """

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="duties")
    round = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=True)
    office = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    above = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    clock = models.UUIDField(null=True)
    amount = models.PositiveIntegerField()  # what the rule said when it began
    unit = models.CharField(max_length=12)
    due = models.DateTimeField()
    due_day = models.DateField(null=True)
    next_due = models.DateTimeField(null=True)  # when it goes up one level more
    transfers = models.PositiveSmallIntegerField(default=0)
    paused_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)  # the question was taken back
    solved = models.CharField(max_length=8, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "round"], name="duty_once"),
            models.UniqueConstraint(fields=["question"], condition=Q(current=True), name="duty_current"),
            models.CheckConstraint(condition=Q(round__range=(1, 2)), name="duty_round"),
            models.CheckConstraint(condition=Q(stars=None) | Q(stars__range=(1, 5)), name="duty_stars"),
        ]
        indexes = [
            models.Index(fields=["office", "started_at"], name="duty_office"),
            models.Index(fields=["above", "due"], name="duty_above"),
            models.Index(fields=["due"], condition=Q(answered_at=None, dropped_at=None), name="duty_due"),
            models.Index(fields=["clock"], name="duty_clock"),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.dropped_at is None

    def was_late(self, now: datetime) -> bool:
        """Whether the answer came after its due date, or has not come although it has passed."""
        return self.dropped_at is None and self.due <= (self.answered_at or now)

    @property
    def minutes(self) -> int | None:
        """Whole minutes from the question to the answer."""
        return (
            None
            if self.answered_at is None
            else int((self.answered_at - self.started_at).total_seconds()) // 60
        )
