"""Several bodies and several reporters: parts of a joint case, and alike cases that the lead's answer answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import digits_code, uuid7
from linli.people.api import Actor, Body

from .. import clocks, told
from ..models import Case, CaseGroup, Reply
from ..rules.states import CASE, CaseState
from ..rules.words import CODE_LENGTH, REASON, Result, Task
from . import steps, turns
from .dispatching import give

_COPIED = (
    "kind", "theme", "urgency", "channel", "place", "spot", "spot_text", "latitude", "longitude", "title", "text", "secrecy", "against", "desk",
)  # fmt: skip


@transaction.atomic
def split_case(*, case: UUID, lead: UUID, parts: Sequence[UUID], why: str, by: Actor, now: datetime) -> Case:
    """One body leads and answers the reporter; each other one gets a case of its own, that is done before the lead's.

    Raises UserError (unit, parts, why).
    """
    row = turns.at_desk(case, by)
    among = turns.units(row, clock.local_date(now))
    first = turns.chosen(among, lead, _("选主办单位"))
    others = [turns.chosen(among, key, _("选管这里的单位"), "parts") for key in dict.fromkeys(parts) if key != first.pk]
    if not others:
        raise UserError(_("至少选一个协办单位；只有一个单位就直接派单"), field="parts")
    if row.parent_id is not None:
        raise UserError(_("协办的部分不能再拆"))
    why = turns.said(why, _("写清各单位分别做什么"), "why", REASON)
    row = give(row, first, why, by=by, now=now)
    for body in others:
        _part(row, body, why, by, now)
    steps.written(row, "split", by, now)
    steps.shown(row)
    return row


def _part(row: Case, body: Body, why: str, by: Actor, now: datetime) -> None:
    """A body's own part: without a reporter, so that nobody is told twice and nothing is counted twice."""
    facts = {name: getattr(row, name) for name in _COPIED}
    part = Case.objects.create(
        key=str(uuid7()), code=digits_code(CODE_LENGTH), parent=row, made_at=now, changed_at=now, submitted_at=now, **facts
    )
    part = steps.step(part, "part", by=by, now=now, inner=why)
    steps.assign(part, Task.DESK, part.desk_id, now=now)  # type: ignore[arg-type]
    steps.assign(row, Task.JOINT, body.pk, now=now, reason=why, due=row.unit_due)
    give(part, body, why, by=by, now=now)


def open_parts(row: Case) -> list[Case]:
    """Parts that are not done."""
    ended = (CaseState.CLOSED, CaseState.ARCHIVED)
    return list(row.children.exclude(state__in=ended).order_by("pk"))


def answered(row: Case, reply: Reply, *, by: Actor | None, now: datetime) -> None:
    """The answer goes to the reporter, and to those of alike cases. In the caller's transaction."""
    clocks.stop(row, clocks.ANSWERS, clocks.WORKS, clocks.CONTACTS, now=now)
    told.tell_reporter(row, told.ANSWERED, now)
    if row.is_lead:
        _follow(row, reply, by, now)


def _follow(lead: Case, reply: Reply, by: Actor | None, now: datetime) -> None:
    """Each keeps his case, clock and rating. Who complains of the body that answered waits for an answer of another."""
    waiting = Case.objects.filter(group=lead.group, state__in=(CaseState.SUBMITTED, CaseState.ACCEPTED)).exclude(pk=lead.pk)
    for pk in list(waiting.order_by("pk").values_list("pk", flat=True)):
        row = steps.lock(pk)
        if row.against_id == reply.body_id:
            continue
        if row.state == CaseState.SUBMITTED:
            row = steps.step(row, "accept", by=by, now=now)
        changes = {"answered_at": now, "result": reply.result, "unit_id": lead.unit_id}
        row = steps.step(row, "follow", by=by, now=now, changes=changes, told=reply.text, result=reply.result)
        Reply.objects.create(
            case=row, number=row.replies.count() + 1, body_id=reply.body_id, by_id=reply.by_id, at=now, text=reply.text, result=reply.result,
        )  # fmt: skip
        clocks.stop(row, clocks.ANSWERS, now=now)
        told.tell_reporter(row, told.ANSWERED, now)
        steps.shown(row)


@transaction.atomic
def settle_ended(*, case: UUID, now: datetime) -> None:
    """A case came to its end: its parts end with it, and of alike cases the oldest takes the lead. Told twice, done once."""
    row = steps.lock(case)
    if row.state not in (CaseState.CLOSED, CaseState.REFUSED, CaseState.ARCHIVED):
        return  # reopened meanwhile
    if row.result == Result.WITHDRAWN:
        for part in open_parts(row):
            end_part(part, now)
    if row.is_lead and row.answered_at is None:
        _pass_lead(row, now)


def end_part(part: Case, now: datetime) -> None:
    """What the whole no longer needs."""
    held = (part.unit_id,)
    for event in ("withdraw",) if "withdraw" in CASE.events(part.state) else ("approve", "close"):
        changes = {"closed_at": now, "result": Result.WITHDRAWN}
        part = steps.step(steps.lock(part.pk), event, by=None, now=now, changes=changes, inner=str(_("主办的那件撤回了")))
    clocks.stop(part, now=now)
    steps.shown(part, *held)


def _pass_lead(row: Case, now: datetime) -> None:
    group: CaseGroup = row.group  # type: ignore[assignment]
    waiting = group.cases.filter(state__in=(CaseState.SUBMITTED, CaseState.ACCEPTED)).exclude(pk=row.pk)
    heir = waiting.order_by("submitted_at", "pk").first()
    if heir is None:
        return
    CaseGroup.objects.filter(pk=group.pk).update(lead=heir)
    heir = steps.step(heir, "group", by=None, now=now, inner=str(_("领头的那件结束了，由这件领办")))
    steps.shown(heir)
