"""Closed and merged accounts: what was asked stays, without whoever asked it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from ..models import Question, Signature
from ..rules import QuestionState, Visibility
from . import steps


@transaction.atomic
def forget_asker(*, person: UUID, now: datetime) -> int:
    """His questions stay, without his name; one that still looks for signatures and has none but his goes out of sight.
    His signatures count no longer where a question still looks for some. How many questions were his."""
    for signature in Signature.objects.filter(person=person).order_by("pk"):
        question = steps.lock(signature.question_id)
        signature.delete()
        if question.state == QuestionState.ASKED:
            Question.objects.filter(pk=question.pk).update(signed=F("signed") - 1)
            steps.shown(question, counts=False)
    rows = list(Question.objects.select_for_update(of=("self",)).select_related("place").filter(asker=person))
    for row in rows:
        visibility = row.visibility if row.is_private else Visibility.NAMELESS
        Question.objects.filter(pk=row.pk).update(asker=None, visibility=visibility)
        row.asker, row.visibility = None, str(visibility)
        if row.state == QuestionState.ASKED and row.signed < 1:
            row = steps.step(row, "withdraw", by=None, now=now, changes={"withdrawn": True})
        steps.shown(row)
    return len(rows)


@transaction.atomic
def merge_askers(*, keep: UUID, drop: UUID, now: datetime) -> None:
    """What the dropped account asked and signed is the kept one's; where both signed, one signature stays."""
    Question.objects.filter(asker=drop).update(asker=keep)
    both = set(Signature.objects.filter(person=keep).values_list("question", flat=True))
    for row in Signature.objects.filter(person=drop).order_by("pk"):
        if row.question_id not in both:
            Signature.objects.filter(pk=row.pk).update(person=keep)
            continue
        question = steps.lock(row.question_id)
        row.delete()
        if question.state == QuestionState.ASKED or question.signed > 1:
            Question.objects.filter(pk=question.pk).update(signed=F("signed") - 1)
        steps.shown(question, counts=False)
