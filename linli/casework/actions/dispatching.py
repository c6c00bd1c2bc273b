"""Who gets the work: dispatch by hand or by table, and what becomes of a return."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, Body

from .. import clocks, told
from ..models import Case
from ..permissions import C, body_of
from ..rules.states import CaseState
from ..rules.words import REASON, Task, Urgency
from . import steps, turns
from .tables import rule_of


@transaction.atomic
def dispatch_case(*, case: UUID, unit: UUID, why: str = "", by: Actor | None, now: datetime) -> Case:
    """Give the work to one unit of the place; of two dispatchers at once the second gets UnknownTransition.

    Raises UserError (unit) for who may not have it, and where the case goes along with the lead of its group.
    """
    row = turns.at_desk(case, by)
    body = turns.chosen(turns.units(row, clock.local_date(now)), unit, _("这个单位不管这里，选列出来的"))
    if row.group is not None and not row.is_lead:
        raise UserError(_("这件并在一组里，跟着领头的那件一起办。要单办，先移出这一组"))
    row = give(row, body, why.strip()[:REASON], by=by, now=now)
    steps.written(row, "dispatch", by, now)
    steps.shown(row)
    return row


def give(row: Case, body: Body, why: str, *, by: Actor | None, now: datetime) -> Case:
    """The step of a dispatch, with its clock and assignment. In the caller's transaction."""
    changes: dict[str, Any] = {"unit": body, "holder": None, "dispatched_at": now}
    row = steps.step(row, "dispatch", by=by, now=now, changes=changes, inner=why, to_id=body.pk)
    _begin_work(row, body, why, now)
    told.tell_reporter(row, told.GIVEN, now, office=body.name)
    told.tell_body(row, body, told.TO_SIGN, now)
    if row.parent_id is not None:
        steps.shown(row)
    return row


def _begin_work(row: Case, body: Body, why: str, now: datetime) -> None:
    clocks.stop(row, clocks.WORKS, now=now)
    due = clocks.open_clock(row, clocks.WORK[Urgency(row.urgency)], start=now, now=now).due
    steps.renew(row, unit_due=due)
    steps.assign(row, Task.WORK, body.pk, now=now, reason=why, due=due)


@transaction.atomic
def dispatch_by_table(*, case: UUID, now: datetime) -> Case | None:
    """Where the table of the place says so: accepted and given to its unit by itself. None where it does not."""
    row = steps.lock(case)
    if row.state not in (CaseState.SUBMITTED, CaseState.ACCEPTED) or row.against_id is not None or row.group_id is not None:
        return None
    rule = rule_of(row, now)
    among = {body.pk: body for body in turns.units(row, clock.local_date(now))}
    if rule is None or not rule.auto or rule.unit not in among:
        return None
    if row.state == CaseState.SUBMITTED:
        row = steps.step(row, "accept", by=None, now=now)
    row = give(row, among[rule.unit], "", by=None, now=now)
    steps.written(row, "dispatch", None, now)
    steps.shown(row)
    return row


@transaction.atomic
def judge_return(*, case: UUID, approve: bool, why: str, by: Actor, now: datetime) -> Case:
    """The first return: approved it is dispatched anew, else the same unit has it again. No clock of the reporter's moves.

    Raises UserError (why; also for a second return, which the level above adjudicates).
    """
    row = turns.at_desk(case, by)
    why = turns.said(why, _("写一句理由，单位看得到"), "why", REASON)
    unit = row.unit
    if approve:
        row = steps.step(row, "approve_return", by=by, now=now, changes={"unit": None, "holder": None, "unit_due": None}, inner=why)
        clocks.stop(row, clocks.WORKS, now=now)
        steps.end_assignment(row, Task.WORK, now)
    else:
        row = steps.step(row, "reject_return", by=by, now=now, inner=why, to_id=row.unit_id)
        told.tell_body(row, unit, told.TO_SIGN, now)
    steps.written(row, "judge_return", by, now)
    steps.shown(row, unit.pk if unit else None)
    return row


@transaction.atomic
def adjudicate_return(*, case: UUID, unit: UUID, why: str, by: Actor, now: datetime) -> Case:
    """The second return: the level above the desk names the unit, which has signed with that. There is no third.

    Raises NotAllowed for all others, UserError (unit, why).
    """
    row = steps.lock(case)
    day = clock.local_date(now)
    judge = turns.adjudicator(row, day)
    if judge is None or judge.pk == row.against_id or body_of(by, C.CASE_DISPATCH) != judge.pk:
        raise NotAllowed("level above")
    body = turns.chosen(turns.units(row, day), unit, _("这个单位不管这里，选列出来的"))
    why = turns.said(why, _("写清为什么由它办，这是最后的决定"), "why", REASON)
    before, same = row.unit_id, row.unit_id == body.pk
    head = turns.head_of(body, day)
    changes = {"unit": body, "holder": head, "signed_at": now}
    row = steps.step(row, "adjudicate", by=by, now=now, changes=changes, inner=why, to_id=body.pk)
    if not same:
        _begin_work(row, body, why, now)
    begin_contact(row, now)
    told.tell_body(row, body, told.ADJUDICATED, now)
    steps.written(row, "adjudicate", by, now)
    steps.shown(row, before, judge.pk)
    return row


def begin_contact(row: Case, now: datetime) -> None:
    """Who has signed speaks with the reporter; nobody is reached of an anonymous one, nor of a part."""
    if row.contacted_at is None and row.contact_due is None and row.parent_id is None and told.reachable(row):
        steps.renew(row, contact_due=clocks.open_clock(row, clocks.CONTACT, start=now, now=now).due)
