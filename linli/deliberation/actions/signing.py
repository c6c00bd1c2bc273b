"""Ask the same: one signature a person, counted under the question's lock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor

from ..models import Question, Signature
from ..permissions import may_sign
from ..rules import QuestionState
from . import steps
from .asking import put


@transaction.atomic
def sign_question(*, question: UUID, by: Actor, now: datetime) -> Question:
    """Sign once; a second time changes nothing. The last one needed puts a joint question.

    Raises UserError for a question that is closed or not of the signer's place, NotAllowed for what he cannot see.
    """
    row = steps.lock(question)
    person = by.principal
    if not row.is_public or person is None or by.acting is not None:
        raise NotAllowed("sign")
    if Signature.objects.filter(question=row, person=person).exists():
        return row
    if row.state == QuestionState.CLOSED:
        raise UserError(_("这个问题已经结束，不用再联署"))
    if not may_sign(by, row):
        raise UserError(format_lazy(_("这是{place}的问题，先在那里认好住处才能联署"), place=row.place.name))
    Signature.objects.create(
        question=row, person=person, by_id=by.person_id if by.person_id != person.pk else None, at=now
    )
    Question.objects.filter(pk=row.pk).update(signed=F("signed") + 1)
    row.signed += 1
    if row.is_gathering and row.signed >= row.needed:
        return put(row, by=None, now=now)
    steps.shown(row, counts=row.is_gathering)
    return row
