"""What was done with a case: all append-only, except that an assignment ends and an extension is decided once."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from linli.common.ids import uuid7
from linli.people.api import Body, Person, Post

from ..rules.states import CaseState
from ..rules.words import ANSWER, Outcome, Result, Task
from .case import Case

_NONE: dict[str, Any] = {"on_delete": models.PROTECT, "null": True, "related_name": "+"}


class CaseStep(models.Model):
    """The history; append-only. `told` is what the reporter reads, `inner` what only handlers read. `to`: the body the
    step gives it to; `due` where the step set the reporter's date, with its reason in `told`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    event = models.CharField(max_length=14)
    state = models.CharField(max_length=10, choices=CaseState)
    round = models.PositiveSmallIntegerField(default=1)
    by = models.ForeignKey(Person, **_NONE)
    post = models.ForeignKey(Post, **_NONE)
    body = models.ForeignKey(Body, **_NONE)
    to = models.ForeignKey(Body, **_NONE)
    told = models.TextField(blank=True)
    inner = models.TextField(blank=True)
    due = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    review_on = models.DateField(null=True)
    result = models.CharField(max_length=12, choices=Result, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="case_step")]


class Assignment(models.Model):
    """Who was to do what, from when to when. A transfer between community, street and district makes a new row."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    task = models.CharField(max_length=6, choices=Task)
    source = models.ForeignKey(Body, **_NONE)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)
    due = models.DateTimeField(null=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "task"], condition=Q(ended_at=None) & ~Q(task=Task.JOINT), name="assignment_once")
        ]
        indexes = [models.Index(fields=["body", "-at"], name="assignment_body")]


class Reply(models.Model):
    """What a unit answered, a round each; append-only. It reaches the reporter when the level above has approved it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="replies")
    number = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=ANSWER)
    result = models.CharField(max_length=12, choices=Result)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "number"], name="case_reply_once")]


class Extension(models.Model):
    """Asked once, before expiry; decided one level up; the reporter is told."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asked_extensions")
    round = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    reason = models.TextField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, **_NONE)
    granted = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="extension_once")]


class CallAttempt(models.Model):
    """One try to reach the reporter after the answer; at most one a day counts. Append-only."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="calls")
    round = models.PositiveSmallIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reached = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "round", "day"], name="call_attempt_once")]
