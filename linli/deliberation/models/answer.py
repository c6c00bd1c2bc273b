"""What an office answered, and the texts that it begins from."""

from __future__ import annotations

from django.db import models

from linli.common.ids import uuid7
from linli.people.api import Body, Person, Post

from ..rules import ANSWER, TEMPLATE_TITLE, Theme
from .question import Question


class Answer(models.Model):
    """An office's answer; append-only. Readers see the office, `by` is on record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    office = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = models.TextField(max_length=ANSWER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "round"], name="answer_once")]


class AnswerTemplate(models.Model):
    """A text of an office from which an answer is begun."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=TEMPLATE_TITLE)
    text = models.TextField(max_length=ANSWER)
    theme = models.CharField(max_length=10, choices=Theme, blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="answer_template_once")]

    def __str__(self) -> str:
        return self.title
