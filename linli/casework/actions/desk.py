"""What the desk does with a case before anybody works on it: accept, refuse, ask, answer, hand on, classify."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import close
from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import Actor

from .. import clocks, told
from ..models import Case, Reply
from ..rules.states import CaseState
from ..rules.words import ANSWER, REASON, CaseKind, Result, Task, Urgency
from ..themes import themes
from . import joint, steps, turns


@transaction.atomic
def accept_case(*, case: UUID, by: Actor | None, now: datetime) -> Case:
    """Take it on. Raises NotAllowed for who is not at its desk, UnknownTransition where somebody was faster."""
    row = turns.at_desk(case, by)
    row = steps.step(row, "accept", by=by, now=now)
    told.tell_reporter(row, told.ACCEPTED, now)
    steps.written(row, "accept", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def refuse_case(*, case: UUID, why: str, elsewhere: str, by: Actor, now: datetime) -> Case:
    """Not ours: with the reason, and where to turn instead. Raises UserError (why, elsewhere)."""
    row = turns.at_desk(case, by)
    why = turns.said(why, _("写一句为什么不归这里管"), "why", REASON)
    elsewhere = turns.said(elsewhere, _("写清该找谁、电话多少"), "elsewhere", REASON)
    row = steps.step(row, "refuse", by=by, now=now, changes={"closed_at": now}, told=f"{why}\n{elsewhere}")
    clocks.stop(row, now=now)
    told.tell_reporter(row, told.REFUSED, now)
    steps.written(row, "refuse", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def ask_more(*, case: UUID, text: str, by: Actor, now: datetime) -> Case:
    """Ask the reporter for what is missing, before it is accepted (the desk) or while it is worked on (the unit). His
    clock and the unit's stand still until he answers or the time for it is over. Raises UserError (text)."""
    row = steps.lock(case)
    row = turns.in_work(case, by) if row.state == CaseState.SIGNED else turns.at_desk(case, by)
    text = turns.said(text, _("写清要他补充什么、怎么配合"), "text", REASON)
    row = steps.step(row, "ask_more", by=by, now=now, changes=clocks.hold(row, now=now), told=text)
    told.tell_reporter(row, told.ASKED, now, **told.by_day(row.stage_due))
    steps.written(row, "ask", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def answer_now(*, case: UUID, text: str, by: Actor, now: datetime) -> Case:
    """The desk knows the answer itself. Raises UserError (text)."""
    row = turns.at_desk(case, by)
    text = turns.said(text, _("写下答复"), "text", ANSWER)
    changes = {"answered_at": now, "result": Result.EXPLAINED}
    row = steps.step(row, "answer_now", by=by, now=now, changes=changes, told=text, result=Result.EXPLAINED)
    assert row.desk_id is not None and by.person_id is not None
    reply = Reply.objects.create(
        case=row, number=row.replies.count() + 1, body_id=row.desk_id, by_id=by.person_id, at=now, text=text, result=Result.EXPLAINED,
    )  # fmt: skip
    joint.answered(row, reply, by=by, now=now)
    steps.written(row, "answer", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def transfer_case(*, case: UUID, to: UUID, why: str, by: Actor, now: datetime) -> Case:
    """To the desk of another level; a new row of assignment, and every clock runs on. Raises UserError (to, why)."""
    row = turns.at_desk(case, by)
    body = turns.chosen(turns.desks(row, clock.local_date(now)), to, _("选一个管这里的受理单位"), "to")
    why = turns.said(why, _("写一句为什么转，反映的人看得到"), "why", REASON)
    before = row.desk_id
    changes = {"desk": body, "transfers": row.transfers + 1}
    row = steps.step(row, "transfer", by=by, now=now, changes=changes, told=why, to_id=body.pk)
    steps.assign(row, Task.DESK, body.pk, now=now, reason=why, due=row.due)
    told.tell_body(row, body, told.AT_DESK, now)
    steps.written(row, "transfer", by, now)
    steps.shown(row, before)
    return row


@transaction.atomic
def set_kind_theme_urgency(*, case: UUID, kind: str, theme: str, urgency: str, by: Actor, now: datetime) -> Case:
    """Put right what it is. More urgent brings the promised date forward; nothing ever moves it back.

    Raises UserError (kind, theme, urgency) for what does not exist.
    """
    row = turns.at_desk(case, by)
    for field, value, known in (("kind", kind, CaseKind.values), ("theme", theme, [*themes()]), ("urgency", urgency, Urgency.values)):
        if value not in known:
            raise UserError(_("选一个列出来的"), field=field)
    if (kind, theme, urgency) == (row.kind, row.theme, row.urgency):
        return row
    promised: dict[str, object] = {}
    changes: dict[str, object] = {"kind": kind, "theme": theme, "urgency": urgency}
    if urgency != row.urgency and row.due is not None:
        promised = _sooner(row, Urgency(urgency), now)
    reason = format_lazy(_("改为“{urgency}”"), urgency=Urgency(urgency).label) if promised else ""
    row = steps.step(row, "classify", by=by, now=now, changes={**changes, **promised}, told=str(reason), **promised)
    steps.written(row, "classify", by, now)
    steps.shown(row)
    return row


def _sooner(row: Case, urgency: Urgency, now: datetime) -> dict[str, object]:
    """The reporter's clock under the rule of the new urgency, begun now, if it ends before the one that runs."""
    assert row.due is not None
    old = clocks.running(row, clocks.ANSWERS)
    kind = clocks.ANSWER[urgency]
    if any(one.key == kind.key for one in old):
        return {}
    new = clocks.open_clock(row, kind, start=now, now=now)
    assert new.due is not None
    late = [new] if new.due >= row.due else old
    for one in late:
        close(deadline_id=one.pk, now=now)
    return {} if new in late else {"due": new.due, "due_day": new.day}
