"""What an office does with a question before its answer: transfer, pause and go on, say how far it is, name who sees to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar import api as calendar
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, Body, Post

from .. import told
from ..models import Duty, Question
from ..offices import head_of, posts_of, serves
from ..permissions import looks_after, owes
from . import steps


def _owed(question: UUID, by: Actor) -> tuple[Question, Duty]:
    """The locked question and its duty, for who works in the office that owes it. Raises NotAllowed for all others."""
    row = steps.lock(question)
    duty = (
        Duty.objects.select_related("office", "above", "post__person")
        .filter(question=row, current=True)
        .first()
    )
    if duty is None or not owes(by, duty):
        raise NotAllowed("office")
    return row, duty


def _reason(text: str, message: object, field: str) -> str:
    found = clean(text).replace("\r\n", "\n")
    if not found:
        raise UserError(message, field=field)
    return found


@transaction.atomic
def transfer_question(*, question: UUID, to: UUID, why: str, by: Actor, now: datetime) -> Question:
    """To another office of the place; the clock that began with the first goes on, its pauses end.

    Raises UserError (to, why) for an office that does not serve the place, UnknownTransition where it is answered.
    """
    row, duty = _owed(question, by)
    day = clock.local_date(now)
    office = Body.objects.filter(pk=to).first()
    if office is None or office.pk == duty.office_id:
        raise UserError(_("选一个别的单位"), field="to")
    if not serves(office, row.place, day):
        raise UserError(
            format_lazy(_("{office}不管{place}，不能转过去"), office=office.name, place=row.place.name),
            field="to",
        )
    if row.asker_body_id == office.pk:
        raise UserError(_("这就是提问的单位，不能转回去"), field="to")
    why = _reason(why, _("写一句为什么转，居民看得到"), "why")
    row = steps.step(row, "transfer", by=by, now=now, to_id=office.pk, text=why, round=duty.round)
    changes = {"office": office, "post": head_of(office, day), "transfers": duty.transfers + 1}
    steps.renew_duty(row, **changes)
    if duty.paused_at is not None:
        _go_on(row, duty, now)
    fresh = steps.current_duty(row)
    told.tell_transferred(row, fresh, now)
    steps.written(row, "transfer", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def pause_question(*, question: UUID, why: str, by: Actor, now: datetime) -> Question:
    """Stop the clock with a reason that everybody reads; beyond the cap of the rule it runs on by itself.

    Raises UserError (why) without a reason, where it stands still already and where it is late.
    """
    row, duty = _owed(question, by)
    why = _reason(why, _("写一句为什么停表，居民看得到"), "why")
    row = steps.step(row, "pause", by=by, now=now, text=why, round=duty.round)
    assert duty.clock is not None
    latest = calendar.pause(deadline_id=duty.clock, now=now, by=by)
    steps.renew_duty(row, paused_at=now, due=latest.due, due_day=latest.day, next_due=latest.due)
    steps.note(row, "move", None, now, round=duty.round, due=latest.due, due_day=latest.day)
    told.tell_paused(row, steps.current_duty(row), why, now)
    steps.written(row, "pause", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def resume_question(*, question: UUID, by: Actor | None, now: datetime) -> Question:
    """Let the clock run on. Raises UserError where it does, NotAllowed for other offices; `by` None is the system."""
    row, duty = _owed(question, by) if by is not None else (steps.lock(question), None)
    duty = duty or steps.current_duty(row)
    if duty.paused_at is None:
        raise UserError(_("现在没有停表"))
    row = steps.step(row, "resume", by=by, now=now, round=duty.round)
    _go_on(row, duty, now)
    if by is not None:
        steps.written(row, "resume", by, now)
    steps.shown(row)
    return row


def _go_on(row: Question, duty: Duty, now: datetime) -> None:
    assert duty.clock is not None
    running = calendar.resume(deadline_id=duty.clock, now=now)
    steps.renew_duty(row, paused_at=None, due=running.due, due_day=running.day, next_due=running.due)
    steps.note(row, "move", None, now, round=duty.round, due=running.due, due_day=running.day)


@transaction.atomic
def say_progress(*, question: UUID, text: str, by: Actor, now: datetime) -> Question:
    """How far it is, or what the office above asks for; everybody reads it, and it is no answer: the clock runs on."""
    row = steps.lock(question)
    duty = Duty.objects.filter(question=row, current=True).first()
    if duty is None or not (owes(by, duty) or looks_after(by, duty)):
        raise NotAllowed("office")
    text = _reason(text, _("写一句进展"), "progress")
    row = steps.step(row, "note", by=by, now=now, text=text, round=duty.round)
    steps.written(row, "note", by, now)
    steps.shown(row, counts=False)
    return row


@transaction.atomic
def assign_question(*, question: UUID, post: UUID, by: Actor, now: datetime) -> Question:
    """Name who in the office answers for it. Raises UserError (post) for somebody who is not in post there."""
    row, duty = _owed(question, by)
    found = next((one for one in posts_of(duty.office, clock.local_date(now)) if one.pk == post), None)
    if found is None:
        raise UserError(_("选一位在岗的同事"), field="post")
    if found.pk == duty.post_id:
        return row
    row = steps.step(row, "assign", by=by, now=now, round=duty.round, text=named(found))
    steps.renew_duty(row, post=found)
    if found.person_id != by.person_id:
        told.tell_assigned(row, steps.current_duty(row), now)
    steps.written(row, "assign", by, now)
    steps.shown(row, counts=False)
    return row


def named(post: Post) -> str:
    """`唐惠民，项目经理`: of an office, the name stands on public pages."""
    return f"{post.person.display_name}·{post.title}"
