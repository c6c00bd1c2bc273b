"""One step of a case: locked, moved, its clocks set, written into its history, shown. What all verbs share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.common import audit, bus, clock
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.transitions import Step, transition
from linli.events.casework import (
    CaseAnswered,
    CaseClosed,
    CaseDispatched,
    CaseRefused,
    CaseReopened,
    CaseSubmitted,
)
from linli.people.api import Actor
from linli.sites.api import noun_tag, place_tag

from .. import clocks
from ..models import Assignment, Case, CaseStep
from ..rules import alarms
from ..rules.states import CASE, CaseState
from ..rules.words import (
    LONGEST_SUSPENSION,
    MOST_APPEALS,
    MOST_ATTEMPTS,
    MOST_EXTENSIONS,
    MOST_REOPENS,
    MOST_RETURNS,
    REOPEN_WITHIN,
    Task,
)

_RELATED = ("place", "desk", "unit", "group")


def lock(pk: UUID) -> Case:
    """The case, held until the transaction ends. Raises Case.DoesNotExist."""
    return Case.objects.select_for_update(of=("self",)).select_related(*_RELATED).get(pk=pk)


def step(case: Case, event: str, *, by: Actor | None, now: datetime, changes: dict[str, Any] | None = None, **said: Any) -> Case:
    """Carry out one event of the table with its history row; `said` are columns of that row (told, inner, to_id, due …).

    The stage's clock follows the state. Raises UnknownTransition and what the row's guard raises.
    """
    row = transition(
        table=CASE, rows=Case.objects.select_related(*_RELATED), pk=case.pk, event=event, by=by, now=now, said=said,
        changes={"changed_at": now, **(changes or {})}, history=_remember,
    )  # fmt: skip
    if row.state != case.state:
        _turn_stage(row, now)
    return row


def _remember(done: Step[Case]) -> None:
    note(done.row, done.event, done.by, done.now, **done.said)


def note(case: Case, event: str, by: Actor | None, now: datetime, **said: Any) -> CaseStep:
    """A row of the history. A resident is not named in it; of a body, who signed is on record."""
    acting = by.acting if by is not None else None
    person, post = (by.person_id, acting.id) if by is not None and acting is not None else (None, None)
    if acting is not None:
        said.setdefault("body_id", acting.body_id)
    return CaseStep.objects.create(
        case=case, at=now, event=event, state=case.state, round=case.round, by_id=person, post_id=post, **said
    )


def _turn_stage(case: Case, now: datetime) -> None:
    """The old stage's clock ends and the new one's begins."""
    clocks.stop(case, *{kind.key for kind in clocks.STAGE.values()}, now=now)
    kind = clocks.stage_kind(case)
    case.stage_due = clocks.open_clock(case, kind, start=now, now=now).due if kind else None
    renew(case, stage_due=case.stage_due)


def renew(case: Case, **changes: Any) -> None:
    """Change columns of the case beside its state."""
    Case.objects.filter(pk=case.pk).update(**changes)
    for name, value in changes.items():
        setattr(case, name, value)


def assign(case: Case, task: Task, body_id: UUID, *, now: datetime, reason: str = "", due: datetime | None = None) -> Assignment:
    """A new row; the one before it ends and stays."""
    last = Assignment.objects.filter(case=case, task=task, ended_at=None)
    source = last.values_list("body", flat=True).first()
    if task != Task.JOINT:
        last.update(ended_at=now)
    return Assignment.objects.create(case=case, task=task, source_id=source, body_id=body_id, reason=reason, due=due, at=now)


def end_assignment(case: Case, task: Task, now: datetime) -> None:
    Assignment.objects.filter(case=case, task=task, ended_at=None).update(ended_at=now)


def written(case: Case, action: str, by: Actor | None, now: datetime) -> None:
    """The audit's row; nothing personal in it, and of a secret case not whom it is about."""
    audit.record(actor=by, action=f"case.{action}", subject=case, about=case.reporter_id, place=case.place, now=now)


def shown(case: Case, *also: UUID | None) -> None:
    """Pages follow. The last line of a verb. Desks poll `live:cases:<body>`, `also` those that had it before; public
    pages only where it is public. An alarm falls at once with its clock; time alone raises it (`actions.time`)."""
    spans = clocks.spans(case) if case.is_open else []
    alarm = min(case.alarm, alarms.level(spans, case.changed_at))
    renew(case, alarm=alarm, alarm_at=alarms.rises(spans, alarm))
    Case.objects.filter(pk=case.pk).update(version=F("version") + 1)
    tags = [f"live:cases:{body}" for body in {case.desk_id, case.unit_id, *also} if body is not None]
    if case.visibility == "public":
        keys = [*case.place.ancestor_ids, case.place_id]
        tags += ["cases", *(tag for pk in keys for tag in (place_tag(pk), noun_tag("cases", pk)))]
    bump(f"case:{case.pk}", *tags)


@CASE.guard("may_appeal")
def _may_appeal(done: Step[Case]) -> None:
    if done.row.appeals >= MOST_APPEALS:
        raise UserError(_("不予受理只能申诉一次，您已经申诉过了"))


@CASE.guard("may_return")
def _may_return(done: Step[Case]) -> None:
    if done.row.returns >= MOST_RETURNS:
        raise UserError(_("已经退过两次，不能再退，请办理"))
    if done.row.stage_due is not None and done.row.stage_due <= done.now:
        raise UserError(_("签收时限已过，不能退单"))


@CASE.guard("first_return")
def _first_return(done: Step[Case]) -> None:
    if done.row.returns > 1:
        raise UserError(_("第二次退单由上一级裁定，受理台不能再审"))


@CASE.guard("second_return")
def _second_return(done: Step[Case]) -> None:
    if done.row.returns != MOST_RETURNS:
        raise UserError(_("第一次退单由受理台审，不用裁定"))


@CASE.guard("may_suspend")
def _may_suspend(done: Step[Case]) -> None:
    day = done.said.get("review_on")
    if day is None or not clock.local_date(done.now) < day <= clock.local_date(done.now + LONGEST_SUSPENSION):
        raise UserError(_("挂账要写复查的日子，从明天起，最长半年"), field="review_on")


@CASE.guard("may_reply")
def _may_reply(done: Step[Case]) -> None:
    if done.row.children.exclude(state__in=(CaseState.CLOSED, CaseState.ARCHIVED)).exists() and not done.said.get("inner"):
        raise UserError(_("协办单位还没都答复；要先回复，请写明为什么"), field="override")


@CASE.guard("may_extend")
def _may_extend(done: Step[Case]) -> None:
    if done.row.extensions >= MOST_EXTENSIONS:
        raise UserError(_("只能延期一次，已经延过了"))
    if done.row.unit_due is None or done.row.unit_due <= done.now:
        raise UserError(_("已经到期，不能再延期"))


@CASE.guard("may_attempt")
def _may_attempt(done: Step[Case]) -> None:
    if done.row.attempts >= MOST_ATTEMPTS:
        raise UserError(_("已经回访过三次了"))


@CASE.guard("may_reopen")
def _may_reopen(done: Step[Case]) -> None:
    by_reporter = done.by is None or done.by.acting is None
    if by_reporter and done.row.reopens >= MOST_REOPENS:
        raise UserError(_("只能要求重办一次，您已经要求过了"))
    if by_reporter and done.row.closed_at is not None and done.row.closed_at + REOPEN_WITHIN < done.now:
        raise UserError(_("办结超过 14 天了，请重新反映"))


_FACTS: dict[str, Any] = {
    "submit": CaseSubmitted, "refuse": CaseRefused, "dispatch": CaseDispatched, "reopen": CaseReopened,
}  # fmt: skip


@CASE.effect("announce")
def announce(done: Step[Case]) -> None:
    """Tell the other apps: ids alone, and of whom nothing. A part of a joint case is nobody's report."""
    if done.row.parent_id is not None:
        return
    kind = _FACTS.get(done.event) or (CaseClosed if done.after == CaseState.CLOSED else CaseAnswered)
    bus.publish(kind(case_id=done.row.pk, place_id=done.row.place_id), now=done.now)
