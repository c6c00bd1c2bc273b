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
    """His questions stay without his name, private ones and those nobody else signed that still look for signatures go
    out of sight; his signatures count no longer where the question still looks for some. How many questions."""
    rows = list(Question.objects.select_for_update(of=("self",)).select_related("place").filter(asker=person))
    Signature.objects.filter(person=person).delete()
    for row in rows:
        changes = {"asker": None, "visibility": Visibility.PRIVATE if row.is_private else Visibility.NAMELESS}
        Question.objects.filter(pk=row.pk).update(**changes)
        row.asker, row.visibility = None, str(changes["visibility"])
        steps.shown(row, counts=False)
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
