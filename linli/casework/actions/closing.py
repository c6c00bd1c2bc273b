"""From the unit's reply to the end: reply, check, call back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import Actor

from .. import clocks, told
from ..models import CallAttempt, Case, Reply
from ..rules.words import ANSWER, CALLS_WITHIN, MOST_ATTEMPTS, REASON, STARS, Outcome, Result
from . import joint, steps, turns

REPLIES = (Result.SOLVED, Result.EXPLAINED, Result.UNREASONABLE)  # how a unit may say that it ended


@transaction.atomic
def reply_case(*, case: UUID, text: str, result: str, override: str = "", by: Actor, now: datetime) -> Case:
    """What was done, for the reporter; it reaches him when whoever stands over the unit has approved it.

    `override`: why it does not wait for the parts of others. Raises UserError (text, result, override).
    """
    row = turns.in_work(case, by)
    text = turns.said(text, _("写清办了什么、结果怎样"), "text", ANSWER)
    if result not in REPLIES:
        raise UserError(_("选一个结果"), field="result")
    changes = clocks.hold(row, clocks.WORKS, now=now)
    row = steps.step(row, "reply", by=by, now=now, changes=changes, inner=override.strip()[:REASON], result=result)
    clocks.stop(row, clocks.CONTACTS, now=now)
    assert row.unit_id is not None and by.person_id is not None
    Reply.objects.create(
        case=row, number=row.replies.count() + 1, body_id=row.unit_id, by_id=by.person_id, at=now, text=text, result=result,
    )  # fmt: skip
    judge = turns.over(row, clock.local_date(now))
    told.tell_body(row, judge, told.WANTED, now)
    steps.written(row, "reply", by, now)
    steps.shown(row, judge.pk if judge else None)
    return row


@transaction.atomic
def check_reply(*, case: UUID, approve: bool, why: str = "", by: Actor, now: datetime) -> Case:
    """By whoever stands over the unit: the reply goes to the reporter, or back to the unit with a reason (why).

    A part of a joint case ends with it. Raises NotAllowed for all others, UserError (why).
    """
    row = turns.as_over(case, by, now)
    held = (row.unit_id,)
    reply = row.replies.order_by("-number").first()
    if approve and reply is not None:
        changes = {"answered_at": now, "result": reply.result}
        row = steps.step(row, "approve", by=by, now=now, changes=changes, told=reply.text, result=reply.result)
        joint.answered(row, reply, by=by, now=now)
        if row.parent_id is not None:
            row = steps.step(row, "close", by=by, now=now, changes={"closed_at": now})
            _tell_lead(row, now)
    else:
        why = turns.said(why, _("写清差在哪，单位照着再办"), "why", REASON)
        changes = clocks.go_on(row, clocks.WORKS, now=now)
        row = steps.step(row, "reject", by=by, now=now, changes=changes, inner=why, to_id=row.unit_id)
        told.tell_body(row, row.unit, told.REJECTED, now)
    steps.written(row, "check_reply", by, now)
    steps.shown(row, *held)
    return row


def _tell_lead(part: Case, now: datetime) -> None:
    """The last part is done: the lead can answer."""
    whole = steps.lock(part.parent_id)  # type: ignore[arg-type]
    if not joint.open_parts(whole):
        told.tell_body(whole, whole.unit, told.DECIDED, now)


@transaction.atomic
def record_attempt(
    *, case: UUID, reached: bool, outcome: str = "", stars: int | None = None, text: str = "", by: Actor, now: datetime
) -> Case:
    """One call a day: what he said of it ends the case; nobody reached three times ends it as not contacted.

    Raises UserError (outcome, stars; also for a second call on one day, and where there is no number).
    """
    row = turns.at_desk(case, by)
    if not told.reachable(row):
        raise UserError(_("匿名反映，没有电话可打。他凭码评价，两周后自动办结"))
    day = clock.local_date(now)
    if row.calls.filter(round=row.round, day=day).exists():
        raise UserError(_("今天已经打过一次，换一天再打"))
    said = _rated(outcome, stars, text) if reached else {}
    row = steps.step(row, "attempt", by=by, now=now, changes={"attempts": row.attempts + 1})
    assert by.person_id is not None
    CallAttempt.objects.create(case=row, round=row.round, day=day, at=now, by_id=by.person_id, reached=reached)
    if reached:
        words = {"told": said["said"], "outcome": said["outcome"], "stars": said["stars"]}
        row = steps.step(row, "close", by=by, now=now, changes={"closed_at": now, "rated_at": now, **said}, **words)
    elif row.attempts >= MOST_ATTEMPTS:
        return close_unreached(case=case, by=by, now=now)
    steps.written(row, "call", by, now)
    steps.shown(row)
    return row


def _rated(outcome: str, stars: int | None, text: str) -> dict[str, Any]:
    if outcome not in Outcome.values:
        raise UserError(_("解决了没有，选一个"), field="outcome")
    if stars not in STARS:
        raise UserError(_("满意不满意，选 1 到 5 分"), field="stars")
    return {"outcome": outcome, "stars": stars, "said": " ".join(text.split())[:REASON]}


@transaction.atomic
def close_unreached(*, case: UUID, by: Actor | None, now: datetime) -> Case:
    """Nobody was reached: after three calls by the desk, or (`by` None) two weeks after the answer by itself.

    Raises UserError before that.
    """
    row = turns.at_desk(case, by)
    over = row.answered_at is not None and row.answered_at + CALLS_WITHIN <= now
    if row.attempts < MOST_ATTEMPTS and not over:
        raise UserError(_("要在不同的日子打满三次，才能按“联系不上”办结"))
    row = steps.step(row, "close", by=by, now=now, changes={"closed_at": now, "result": Result.UNREACHED}, result=Result.UNREACHED)
    steps.written(row, "close", by, now)
    steps.shown(row)
    return row
