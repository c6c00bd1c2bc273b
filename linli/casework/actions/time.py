"""What time alone does. Each by a query of what is due now, so that a missed run loses nothing and a second one does nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from linli.calendar.api import Deadline, DeadlineState, days
from linli.common import clock
from linli.people.api import Body

from .. import clocks, told
from ..models import Case, Identity
from ..rules import alarms
from ..rules.states import OPEN, CaseState
from ..rules.words import ARCHIVED_AFTER, CALLS_WITHIN, DRAFTS_LIVE, Alarm, Urgency
from . import steps, turns
from .closing import close_unreached
from .dispatching import begin_contact
from .work import resume_case

BATCH = 200
_COLUMN = {clocks.ANSWERS: "due", clocks.WORKS: "unit_due", clocks.CONTACTS: "contact_due"}


@transaction.atomic
def pass_clock(*, deadline: UUID, now: datetime) -> Case | None:
    """A stage's time is over: signed by itself, or on without the reporter. None where somebody did it meanwhile."""
    passed = Deadline.objects.filter(pk=deadline).exclude(state=DeadlineState.CLOSED).first()
    if passed is None or passed.due is None or passed.due > now:
        return None
    row = steps.lock(UUID(passed.subject_id))
    if passed.key.startswith(clocks.SIGN.key) and row.state == CaseState.DISPATCHED:
        return _auto_sign(row, now)
    if passed.key == clocks.WAIT.key and row.state in (CaseState.ASKED, CaseState.WAITING):
        row = steps.step(row, "lapse", by=None, now=now, changes=clocks.go_on(row, now=now))
        told.tell_body(row, row.unit if row.state == CaseState.SIGNED else row.desk, told.ANSWER_CAME, now)
    steps.shown(row)
    return row


def _auto_sign(row: Case, now: datetime) -> Case:
    head = turns.head_of(row.unit, clock.local_date(now)) if row.unit is not None else None
    changes = {"signed_at": now, "holder": row.holder or head}
    row = steps.step(row, "auto_sign", by=None, now=now, changes=changes)
    begin_contact(row, now)
    told.tell_body(row, row.unit, told.HELD, now)
    steps.shown(row)
    return row


@transaction.atomic
def follow_clock(*, deadline: UUID, now: datetime) -> Case | None:
    """A table of days moved a date: the case follows; where it is the reporter's, his history says why."""
    moved = Deadline.objects.filter(pk=deadline).exclude(state=DeadlineState.CLOSED).first()
    if moved is None or moved.due is None:
        return None
    row = steps.lock(UUID(moved.subject_id))
    column = next((name for prefix, name in _COLUMN.items() if moved.key.startswith(prefix)), "stage_due")
    if getattr(row, column) == moved.due:
        return None
    changes: dict[str, Any] = {column: moved.due}
    if column == "due":
        changes["due_day"] = moved.day
    if column == "due" and row.state in OPEN:
        said = {"told": _("放假调休的安排出来了，日子跟着改"), "due": moved.due, "due_day": moved.day}
        row = steps.step(row, "move", by=None, now=now, changes=changes, **said)
    else:
        steps.renew(row, changed_at=now, **changes)
    steps.shown(row)
    return row


def resume_reviewed(*, now: datetime) -> int:
    """Suspended cases whose day of review has come; how many."""
    rows = Case.objects.filter(state=CaseState.SUSPENDED, review_on__lte=clock.local_date(now))
    return _each(rows, lambda pk: resume_case(case=pk, by=None, now=now))


def close_uncalled(*, now: datetime) -> int:
    """Answered two weeks ago, and nobody said what he thinks of it; how many."""
    rows = Case.objects.filter(state=CaseState.CALL_BACK, answered_at__lte=now - CALLS_WITHIN)
    return _each(rows, lambda pk: close_unreached(case=pk, by=None, now=now))


def expire_drafts(*, now: datetime) -> int:
    """What nobody sent within a week; how many."""
    rows = Case.objects.filter(state=CaseState.DRAFT, made_at__lte=now - DRAFTS_LIVE)
    return _each(rows, lambda pk: _archive(pk, "expire", now))


def archive_old(*, now: datetime) -> int:
    """What ended half a year ago; how many. Who reported it is forgotten, except by his own copy of it."""
    rows = Case.objects.filter(state__in=(CaseState.CLOSED, CaseState.REFUSED), closed_at__lte=now - ARCHIVED_AFTER)
    return _each(rows, lambda pk: _archive(pk, "archive", now))


def _archive(pk: UUID, event: str, now: datetime) -> None:
    row = steps.step(steps.lock(pk), event, by=None, now=now, changes={"passphrase": ""})
    Identity.objects.filter(case=row).delete()
    clocks.stop(row, now=now)
    steps.shown(row)


def raise_alarms(*, now: datetime) -> int:
    """Remind, warn, call the leader, have it supervised; how many. Emergencies at any hour, all else while people work."""
    rows = Case.objects.filter(state__in=OPEN, alarm_at__lte=now)
    if not alarms.in_work_hours(now, working_day=days().is_working(clock.local_date(now))):
        rows = rows.filter(urgency=Urgency.EMERGENCY)
    return _each(rows.order_by("alarm_at"), lambda pk: _raise(pk, now))


def _raise(pk: UUID, now: datetime) -> None:
    row = steps.lock(pk)
    level = alarms.level(clocks.spans(row), now) if row.is_open else Alarm.NONE
    if level > row.alarm:
        row = steps.step(row, "alarm", by=None, now=now, changes={"alarm": level}, inner=str(Alarm(level).label))
        _sound(row, level, now)
    steps.shown(row)


_SAID = {Alarm.REMINDED: told.REMINDED, Alarm.YELLOW: told.YELLOW, Alarm.RED: told.RED, Alarm.SUPERVISED: told.SUPERVISED}


def _sound(row: Case, level: int, now: datetime) -> None:
    """Whoever has the turn; from 100 % on also who stands over him, beyond that the level above the desk."""
    day = clock.local_date(now)
    turn = row.unit if row.unit is not None and row.state in (CaseState.DISPATCHED, CaseState.SIGNED, CaseState.SUSPENDED) else row.desk
    bodies: list[Body | None] = [turn]
    if level >= Alarm.RED:
        bodies.append(turns.over(row, day))
    if level >= Alarm.SUPERVISED:
        bodies.append(turns.adjudicator(row, day))
    for body in {body.pk: body for body in bodies if body is not None}.values():
        told.tell_body(row, body, _SAID[Alarm(level)], now)


def _each(rows: Any, work: Callable[[UUID], object]) -> int:
    """Each in a transaction of its own; what somebody changed meanwhile is left to him."""
    done = 0
    for pk in list(rows.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            if rows.filter(pk=pk).exists():
                work(pk)
                done += 1
    return done
