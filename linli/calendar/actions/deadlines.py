"""A clock from its start to its end. Every step is one transaction with its history row."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.bus import publish
from linli.common.errors import UserError
from linli.common.transitions import Step, transition
from linli.events.calendar import DeadlineMoved, DeadlinePassed

from .. import queries
from ..models import Deadline, DeadlineEvent, DeadlinePause, DeadlineRule
from ..rules import DEADLINE, Clock, Days, DeadlineState, Due, Pause, Period, start_moment


@transaction.atomic
def open_deadline(
    *,
    place: Area,
    key: str,
    subject_kind: str,
    subject_id: UUID | str,
    start: date | datetime,
    now: datetime,
    default: Period | None = None,
    pause_cap: int | None = None,
    by: audit.Actor | None = None,
) -> Deadline:
    """Start a clock under the rule that holds at the place now; `default` where no place above has one.

    `pause_cap` holds where that rule has none.

    The same open clock asked for twice is one. Raises LookupError without rule and default.
    """
    rule = queries.rule_for(place, key, now)
    if rule is None and default is None:
        raise LookupError(f"no rule for {key} at {place.path}")
    period = rule.period if rule else default
    assert period is not None
    begun = start_moment(start)
    due = Clock(begun, period).due(now, queries.days())
    new = Deadline(
        place=place, key=key, subject_kind=subject_kind, subject_id=str(subject_id), rule=rule, amount=period.amount,
        unit=period.unit, roll=period.roll, pause_cap=_cap(rule, pause_cap), started_at=begun,
        **_facts(due),
    )  # fmt: skip
    Deadline.objects.bulk_create([new], ignore_conflicts=True)
    live = Deadline.objects.exclude(state=DeadlineState.CLOSED)
    row = live.get(key=key, subject_kind=subject_kind, subject_id=str(subject_id))
    if row.pk == new.pk:
        _remember(row, "open", by=by, now=now)
    return row


def _cap(rule: DeadlineRule | None, default: int | None) -> int | None:
    return default if rule is None or rule.pause_cap is None else rule.pause_cap


def pause(*, deadline_id: UUID, now: datetime, by: audit.Actor | None = None) -> Deadline:
    """Stop the clock. Raises UnknownTransition where it does not run, UserError where it is late already."""
    with transaction.atomic():
        row = Deadline.objects.select_for_update().get(pk=deadline_id)
        clock = row.clock
        stopped = Clock(clock.start, clock.period, (*clock.pauses, Pause(now)), clock.cap)
        changes = _facts(stopped.at_the_latest(now, queries.days()))
        row = _move(deadline_id, "pause", by, now, changes)
        DeadlinePause.objects.create(deadline=row, since=now)
    return row


def resume(*, deadline_id: UUID, now: datetime, by: audit.Actor | None = None) -> Deadline:
    """Let the clock run on; its due moment has moved by what the pauses count, up to the rule's cap."""
    with transaction.atomic():
        row = Deadline.objects.select_for_update().get(pk=deadline_id)
        DeadlinePause.objects.filter(deadline=row, until=None).update(until=now)
        return _move(deadline_id, "resume", by, now, _facts(row.clock.due(now, queries.days())))


def close(*, deadline_id: UUID, now: datetime, by: audit.Actor | None = None) -> Deadline:
    """What it waited for is done. Whether in time: `passed_at` is None."""
    with transaction.atomic():
        DeadlinePause.objects.filter(deadline=deadline_id, until=None).update(until=now)
        due = Deadline.objects.select_for_update().get(pk=deadline_id)
        late = {"passed_at": due.due} if due.passed_at is None and due.due is not None and due.due <= now else {}
        return _move(deadline_id, "close", by, now, {"closed_at": now, **late})


def _facts(due: Due | None) -> dict[str, Any]:
    if due is None:
        return {"due": None, "day": None, "provisional": False}
    return {"due": due.moment, "day": due.day, "provisional": due.provisional}


def _move(pk: UUID, event: str, by: audit.Actor | None, now: datetime, changes: dict[str, Any]) -> Deadline:
    return transition(
        table=DEADLINE, rows=Deadline.objects.all(), pk=pk, event=event, by=by, now=now, changes=changes,
        history=lambda step: _remember(step.row, step.event, by=step.by, now=step.now),
    )  # fmt: skip


def _remember(row: Deadline, event: str, *, by: audit.Actor | None, now: datetime) -> None:
    person = by.person_id if by else None
    DeadlineEvent.objects.create(deadline=row, at=now, event=event, state=row.state, due=row.due, by_id=person)


@DEADLINE.guard("not_late")
def _not_late(step: Step[Deadline]) -> None:
    if step.row.due is not None and step.row.due <= step.now:
        raise UserError(_("期限已经过了，不能再暂停"))


@DEADLINE.effect("tell_passed")
def _tell_passed(step: Step[Deadline]) -> None:
    publish(_event(DeadlinePassed, step.row), now=step.now)


@DEADLINE.effect("tell_moved")
def _tell_moved(step: Step[Deadline]) -> None:
    publish(_event(DeadlineMoved, step.row), now=step.now)


def _event(kind: type, row: Deadline) -> Any:
    return kind(deadline_id=row.pk, subject_kind=row.subject_kind, subject_id=row.subject_id, key=row.key)


def recompute(rows: Iterable[Deadline], days: Days, now: datetime) -> int:
    """Count clocks anew after a table was loaded; how many have another due moment. In the caller's transaction."""
    moved = 0
    for row in rows:
        due = row.clock.at_the_latest(now, days)
        facts = _facts(due)
        if facts["due"] == row.due:
            if facts["provisional"] != row.provisional:
                Deadline.objects.filter(pk=row.pk).update(provisional=facts["provisional"])
            continue
        if row.state == DeadlineState.PASSED and (due is None or due.moment <= now):
            Deadline.objects.filter(pk=row.pk).update(**facts)  # late before and after
            moved += 1
            continue
        back = {"passed_at": None} if row.state == DeadlineState.PASSED else {}
        _move(row.pk, "move", None, now, {**facts, **back})
        moved += 1
    return moved

