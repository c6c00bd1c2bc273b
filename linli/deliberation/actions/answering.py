"""The answer of an office, and what the asker says of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor

from .. import told
from ..models import Answer, Duty, Question
from ..offices import next_above
from ..permissions import is_askers, looks_after, owes
from ..rules import OWED, QuestionState, Solved
from . import steps
from .asking import drop_clock, open_duty


@transaction.atomic
def answer_question(*, question: UUID, text: str, by: Actor, now: datetime) -> Answer:
    """Answer in the name of the office that acts: the one that owes it, or the one above that looks after it.

    Of two at once one succeeds and the other gets UnknownTransition. Raises UserError (text) for an empty answer,
    NotAllowed for all other offices.
    """
    row = steps.lock(question)
    duty = Duty.objects.select_related("office", "above").filter(question=row, current=True).first()
    if duty is None or not (owes(by, duty) or looks_after(by, duty)):
        raise NotAllowed("office")
    text = clean(text).replace("\r\n", "\n")
    if not text and row.state in OWED:
        raise UserError(_("答复还没写"), field="text")
    assert by.acting is not None and by.person_id is not None
    row = steps.step(
        row,
        "answer",
        by=by,
        now=now,
        changes={"answered_at": now},
        round=duty.round,
        body_id=by.acting.body_id,
    )
    answer = Answer.objects.create(
        question=row,
        round=duty.round,
        office_id=by.acting.body_id,
        by_id=by.person_id,
        post_id=by.post_id,
        at=now,
        text=text,
    )
    drop_clock(duty, now)
    steps.renew_duty(row, answered_at=now, clock=None, next_due=None, paused_at=None)
    told.tell_answered(row, answer, now)
    steps.written(row, "answer", by, now)
    steps.shown(row)
    return answer


def _askers(question: UUID, by: Actor) -> tuple[Question, Duty]:
    row = steps.lock(question)
    if not is_askers(by, row):
        raise NotAllowed("asker")
    duty = Duty.objects.select_related("office", "above").filter(question=row, current=True).first()
    if duty is None or duty.answered_at is None:
        raise UserError(_("还没有答复，等答复了再评"))
    return row, duty


@transaction.atomic
def rate_answer(*, question: UUID, solved: str, stars: int, by: Actor, now: datetime) -> Question:
    """Once for each answer: whether it solved the matter, and 1 to 5.

    Raises UserError (solved, stars) for odd values and for a second rating, NotAllowed for anybody but the asker.
    """
    row, duty = _askers(question, by)
    if duty.rated_at is not None:
        raise UserError(_("这次答复您已经评过了"))
    if row.state == QuestionState.CLOSED:
        raise UserError(_("答复已经过了两周，问题结束了，不能再评"))
    if solved not in Solved.values:
        raise UserError(_("选一个：解决了、解决了一部分，还是没解决"), field="solved")
    if stars not in range(1, 6):
        raise UserError(_("分数从 1 到 5"), field="stars")
    event = "rate" if solved == Solved.NO else "accept"
    row = steps.step(row, event, by=by, now=now, solved=solved, stars=stars, round=duty.round)
    steps.renew_duty(row, solved=solved, stars=stars, rated_at=now)
    steps.written(row, "rate", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def contest_answer(*, question: UUID, why: str, by: Actor, now: datetime) -> Question:
    """Once, with reasons: the office one level up owes a new answer; where there is none, the same one.

    Raises UserError (why) without a reason, a second time and for a question that is closed.
    """
    row, duty = _askers(question, by)
    if row.contested_at is not None:
        raise UserError(_("异议只能提一次，您已经提过了"))
    if row.state not in (QuestionState.ANSWERED,):
        raise UserError(_("已经认可或结束的答复，不能再提异议"))
    why = clean(why).replace("\r\n", "\n")
    if not why:
        raise UserError(_("写一句哪里没答清楚"), field="why")
    answered = row.answers.get(round=duty.round)
    above = next_above(answered.office.kind, row.place, clock.local_date(now))
    office = above or duty.office
    fresh = open_duty(row, office, duty.round + 1, now)
    row = steps.step(
        row, "contest", by=by, now=now, changes={"contested_at": now, "answered_at": None}, text=why, to_id=office.pk,
        due=fresh.due, due_day=fresh.due_day, round=fresh.round,
    )  # fmt: skip
    told.tell_contested(row, fresh, now)
    steps.written(row, "contest", by, now)
    steps.shown(row)
    return row
