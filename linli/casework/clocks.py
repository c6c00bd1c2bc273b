"""The three clocks of a case: the reporter's, the unit's and the stage's, by the deadline table of its place.

The packaged figures follow practice (DB11/T 2021-2022: dispatch of emergencies within 1 hour, ordinary cases within 24;
answers within 2 hours, 24 hours, 7 and 15 days); a place sets its own, and a case keeps what it opened under.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.calendar.api import (
    Deadline,
    DeadlineState,
    Period,
    RuleKind,
    Unit,
    close,
    open_deadline,
    pause,
    register_rule,
    register_subject,
    resume,
)
from linli.common import clock

from .models import Case
from .rules.states import CaseState
from .rules.words import Urgency

SUBJECT = "case"
ANSWERS, WORKS, CONTACTS = "case.answer.", "case.work.", "case.contact"  # how the keys of the clocks begin
H, D, W = Unit.HOUR, Unit.NATURAL_DAY, Unit.WORKING_DAY
U, S = Urgency, CaseState


def _kind(key: str, label: object, starts: object, amount: int, unit: Unit) -> RuleKind:
    return register_rule(RuleKind(key, label, starts, Period(amount, unit)))


_SENT, _GIVEN = _("反映提交"), _("派单")
# Until the reporter has an answer.
ANSWER = {
    U.EMERGENCY: _kind("case.answer.emergency", _("有危险的事答复"), _SENT, 2, H),
    U.URGENT: _kind("case.answer.urgent", _("急事答复"), _SENT, 24, H),
    U.ORDINARY: _kind("case.answer.ordinary", _("一般事项答复"), _SENT, 7, D),
    U.LONG: _kind("case.answer.long", _("复杂事项答复"), _SENT, 15, D),
}
# Until the unit has replied.
WORK = {
    U.EMERGENCY: _kind("case.work.emergency", _("有危险的事办理"), _GIVEN, 1, H),
    U.URGENT: _kind("case.work.urgent", _("急事办理"), _GIVEN, 12, H),
    U.ORDINARY: _kind("case.work.ordinary", _("一般事项办理"), _GIVEN, 3, W),
    U.LONG: _kind("case.work.long", _("复杂事项办理"), _GIVEN, 8, W),
}
# Until whoever has the turn has taken the next step.
ACCEPT = _kind("case.accept", _("受理"), _SENT, 1, W)
ACCEPT_NOW = _kind("case.accept.emergency", _("有危险的事受理"), _SENT, 15, Unit.MINUTE)
DISPATCH = _kind("case.dispatch", _("派单"), _("受理"), 24, H)
DISPATCH_NOW = _kind("case.dispatch.emergency", _("有危险的事派单"), _("受理"), 1, H)
SIGN = _kind("case.sign", _("签收"), _GIVEN, 4, H)
SIGN_NOW = _kind("case.sign.emergency", _("有危险的事签收"), _GIVEN, 30, Unit.MINUTE)
JUDGE = _kind("case.judge", _("审核退单"), _("退单"), 1, W)
WAIT = _kind("case.wait", _("等反映人补充"), _("请他补充"), 5, D)
CHECK = _kind("case.check", _("审核回复"), _("单位回复"), 1, W)
CALL = _kind("case.call", _("回访"), _("答复"), 3, W)
CONTACT = _kind("case.contact", _("联系反映人"), _("签收"), 24, H)
STAGE: dict[str, RuleKind] = {
    S.SUBMITTED: ACCEPT, S.ASKED: WAIT, S.ACCEPTED: DISPATCH, S.DISPATCHED: SIGN, S.RETURNING: JUDGE, S.WAITING: WAIT,
    S.REPLIED: CHECK, S.CALL_BACK: CALL,
}  # fmt: skip
_NOW = {ACCEPT.key: ACCEPT_NOW, DISPATCH.key: DISPATCH_NOW, SIGN.key: SIGN_NOW}


def stage_kind(case: Case) -> RuleKind | None:
    """The rule of the state in which the case is; None where no stage's clock runs (being done, suspended, ended)."""
    kind = STAGE.get(case.state)
    if kind is not None and case.urgency == Urgency.EMERGENCY:
        return _NOW.get(kind.key, kind)
    return kind


def open_clock(case: Case, kind: RuleKind, *, start: datetime, now: datetime) -> Deadline:
    """The clock of this kind, under the version of the rule that holds at the place now; open already: the same."""
    return open_deadline(
        place=case.place, key=kind.key, subject_kind=SUBJECT, subject_id=case.pk, start=start, now=now, default=kind.default,
    )  # fmt: skip


def running(case: Case, *prefixes: str) -> list[Deadline]:
    """The clocks of the case that are not closed, of these kinds (`case.answer`, …) or all."""
    rows = Deadline.objects.filter(subject_kind=SUBJECT, subject_id=str(case.pk)).exclude(state=DeadlineState.CLOSED)
    return [row for row in rows if not prefixes or row.key.startswith(prefixes)]


def stop(case: Case, *prefixes: str, now: datetime) -> None:
    """What these clocks waited for is done."""
    for row in running(case, *prefixes):
        close(deadline_id=row.pk, now=now)


def hold(case: Case, *prefixes: str, now: datetime) -> dict[str, Any]:
    """The reporter's turn: his clock and the unit's stop (or those named), unless they are late already: a late clock
    runs on. Returns changed columns."""

    def stopped(row: Deadline) -> Deadline:
        in_time = row.state == DeadlineState.RUNNING and (row.due is None or row.due > now)
        return pause(deadline_id=row.pk, now=now) if in_time else row

    return _each(case, prefixes, stopped)


def go_on(case: Case, *prefixes: str, now: datetime) -> dict[str, Any]:
    """He answered, or did not in time: both clocks (or those named) run on. Returns changed columns."""
    return _each(case, prefixes, lambda row: resume(deadline_id=row.pk, now=now) if row.state == DeadlineState.PAUSED else row)


def extend(case: Case, prefix: str, until: date, *, now: datetime) -> Deadline:
    """Another clock takes over, to the end of the day `until`; what the old one held stays on record."""
    stop(case, prefix, now=now)
    period = Period((until - clock.local_date(now)).days, D)
    return open_deadline(
        place=case.place, key=f"{prefix}extended", subject_kind=SUBJECT, subject_id=case.pk, start=now, now=now, default=period,
    )  # fmt: skip


def spans(case: Case) -> list[tuple[datetime, datetime]]:
    """From when to when the clocks run that somebody of ours has to meet; in a group only the lead waits for dispatch."""
    keys = [ANSWERS, WORKS, ACCEPT.key, SIGN.key, JUDGE.key, CHECK.key]
    if case.group is None or case.is_lead:
        keys.append(DISPATCH.key)
    return [
        (row.started_at, row.due) for row in running(case, *keys) if row.due is not None and row.state != DeadlineState.PAUSED
    ]


def _each(case: Case, prefixes: tuple[str, ...], work: Callable[[Deadline], Deadline]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for row in running(case, *(prefixes or (ANSWERS, WORKS))):
        done = work(row)
        if row.key.startswith(ANSWERS):
            changed |= {"due": done.due, "due_day": done.day}
        else:
            changed["unit_due"] = done.due
    return changed


def _concerned(key: str) -> Iterable[UUID]:
    """The reporter, where he is named, and who answers for the work: the message of a moved date goes to them."""
    found = Case.objects.filter(pk=UUID(key)).values_list("reporter", "holder__person").first() or ()
    return [one for one in found if one is not None]


register_subject(SUBJECT, _concerned)
