"""A question and its history."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models, transaction
from django.db.models import F, Prefetch, Q
from django.urls import reverse

from linli.areas.api import Area
from linli.common.ids import uuid7
from linli.people.api import Body, Person, Post

from ..rules import (
    ABOUT,
    HIDDEN_AS,
    OWED,
    SETTLED,
    TEXT,
    TITLE,
    Done,
    QuestionState,
    Solved,
    Theme,
    Visibility,
    number_text,
)

if TYPE_CHECKING:
    from .answer import Answer
    from .duty import Duty


class QuestionQuerySet(models.QuerySet["Question"]):
    def public(self) -> QuestionQuerySet:
        """What everybody may read; nothing that was taken back or hidden."""
        return self.exclude(visibility=Visibility.PRIVATE).filter(withdrawn=False, hidden_at=None)

    def at(self, place: Area) -> QuestionQuerySet:
        """Those of the place and of all below it."""
        return self.filter(place__path__under=place.path)

    def owed(self) -> QuestionQuerySet:
        return self.filter(state__in=OWED)

    def overdue(self, now: datetime) -> QuestionQuerySet:
        return self.owed().filter(duties__current=True, duties__due__lte=now)

    def whole(self) -> QuestionQuerySet:
        """With all that a line of a list shows, in a fixed number of statements."""
        from .duty import Duty

        duties = Duty.objects.select_related("office", "above", "post__person").order_by("round")
        return self.select_related("place", "asker", "asker_body").prefetch_related(
            Prefetch("duties", duties)
        )


class Question(models.Model):
    """`place`: in whose site's frame it stands. `needed`: at how many signatures a joint question is put; `signed`
    counts them, the asker's own too. `by` wrote it for the asker under a mandate. `hidden_as`: the article and reason
    that stand in its place while a moderator has hidden it; its clock runs on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    place = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.ASKED)
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.OTHER)
    title = models.CharField(max_length=TITLE)
    text = models.TextField(max_length=TEXT)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    asked_of = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    asker_body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    asker_post = models.UUIDField(null=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=ABOUT, blank=True)
    joint = models.BooleanField(default=False)
    needed = models.PositiveIntegerField(default=0)
    signed = models.PositiveIntegerField(default=0)
    pictures = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    put_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    contested_at = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True)
    hidden_as = models.CharField(max_length=HIDDEN_AS, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["year", "serial"], name="question_number"),
            models.CheckConstraint(condition=Q(joint=False) | Q(needed__gte=2), name="question_joint"),
            models.CheckConstraint(condition=Q(joint=False) | ~Q(visibility="private"), name="question_open"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(withdrawn=True) | ~Q(put_at=None) | Q(state="closed"),
                name="question_put",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-put_at"], name="question_place"),
            models.Index(fields=["asker", "-asked_at"], name="question_asker"),
            models.Index(fields=["state", "changed_at"], name="question_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def number(self) -> str:
        return number_text(self.year, self.serial)

    @property
    def url(self) -> str:
        return reverse("deliberation:question", args=[self.pk])

    @property
    def is_private(self) -> bool:
        return self.visibility == Visibility.PRIVATE

    @property
    def is_public(self) -> bool:
        return not self.is_private and not self.withdrawn and not self.is_hidden

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_owed(self) -> bool:
        return self.state in OWED

    @property
    def is_settled(self) -> bool:
        return self.state in SETTLED and self.answered_at is not None

    @property
    def is_gathering(self) -> bool:
        return self.state == QuestionState.ASKED

    @property
    def duty(self) -> Duty | None:
        """Who owes the answer, or gave the last; None before it was put."""
        return max(self.duties.all(), key=lambda duty: duty.round, default=None)

    @property
    def last_answer(self) -> Answer | None:
        return max(self.answers.all(), key=lambda answer: answer.at, default=None)


class QuestionStep(models.Model):
    """The history; append-only. `to`: the office that owes the answer from here on (route, transfer, contest) or looks
    after it (escalate); `due` where the step set it; `round` of the duty. The figures are computed from these rows."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="steps")
    at = models.DateTimeField()
    done = models.CharField(max_length=10, choices=Done)
    state = models.CharField(max_length=12, choices=QuestionState)
    round = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    to = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, related_name="+")
    due = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    solved = models.CharField(max_length=8, choices=Solved, blank=True)
    stars = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(blank=True)


class NumberRange(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    @classmethod
    def take(cls, year: int) -> int:
        """The next number of the year; two at once wait for each other."""
        with transaction.atomic():
            cls.objects.get_or_create(year=year)
            row = cls.objects.select_for_update().get(year=year)
            row.last = F("last") + 1
            row.save(update_fields=["last"])
            row.refresh_from_db()
            return row.last


def key_of(question: Question | UUID) -> UUID:
    return question if isinstance(question, UUID) else question.pk
