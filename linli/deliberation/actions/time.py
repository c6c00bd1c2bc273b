"""What time alone does: what is overdue goes up one level, what is settled is closed, what finds no signatures lapses."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.calendar.api import Deadline
from linli.common import clock

from .. import told
from ..clocks import open_clock
from ..models import Duty, Question
from ..offices import next_above
from ..rules import GATHERS, OWED, QUESTION, SETTLES, QuestionState
from . import steps
from .asking import drop_clock

BATCH = 200


@transaction.atomic
def escalate_overdue(*, deadline: UUID, now: datetime) -> Question | None:
    """The clock ran out: the office one level above whoever had it looks after the question from now on, under a clock
    of its own. None where the answer came meanwhile, where it was told of this before, and at the district."""
    found = Duty.objects.filter(clock=deadline).values_list("question", flat=True).first()
    if found is None:
        return None
    row = steps.lock(found)
    duty = steps.current_duty(row)
    if duty.clock != deadline or not duty.is_open or row.state not in OWED:
        return None
    if duty.next_due is None or duty.next_due > now:
        return None  # a table of days moved it on meanwhile
    last = duty.above or duty.office
    above = next_above(last.kind, row.place, clock.local_date(now))
    if above is None:
        steps.renew_duty(row, clock=None, next_due=None, paused_at=None)
        drop_clock(duty, now)
        steps.shown(row)
        return row
    drop_clock(duty, now)
    fresh = open_clock(question=row.pk, place=row.place, body_kind=above.kind, start=now, now=now)
    row = steps.step(row, "escalate", by=None, now=now, to_id=above.pk, due_day=fresh.day, round=duty.round)
    steps.renew_duty(row, above=above, clock=fresh.pk, next_due=fresh.due, paused_at=None)
    told.tell_overdue(row, steps.current_duty(row), now)
    steps.shown(row)
    return row


@transaction.atomic
def follow_clock(*, deadline: UUID, now: datetime) -> Question | None:
    """A table of working days moved the date: the question follows, and its history says so."""
    found = Duty.objects.filter(clock=deadline).values_list("question", flat=True).first()
    running = Deadline.objects.filter(pk=deadline).first()
    if found is None or running is None or running.due is None:
        return None
    row = steps.lock(found)
    duty = steps.current_duty(row)
    if duty.clock != deadline or not duty.is_open or duty.next_due == running.due:
        return None
    own: dict[str, Any] = {} if duty.above_id else {"due": running.due, "due_day": running.day}
    row = steps.step(row, "move", by=None, now=now, round=duty.round, **own)
    steps.renew_duty(row, next_due=running.due, **own)
    steps.shown(row)
    return row


def close_settled(*, now: datetime) -> int:
    """Answers that nobody contested in two weeks; how many."""
    rows = Question.objects.filter(
        state__in=(QuestionState.ANSWERED, QuestionState.ACCEPTED), answered_at__lte=now - SETTLES
    )
    return sum(_end(pk, "close", now) for pk in list(rows.values_list("pk", flat=True)[:BATCH]))


def lapse_gathering(*, now: datetime) -> int:
    """Joint questions that did not find enough signatures; how many."""
    rows = Question.objects.filter(state=QuestionState.ASKED, asked_at__lte=now - GATHERS)
    return sum(_end(pk, "lapse", now) for pk in list(rows.values_list("pk", flat=True)[:BATCH]))


@transaction.atomic
def _end(pk: UUID, event: str, now: datetime) -> bool:
    row = steps.lock(pk)
    if event == "close" and (row.answered_at is None or row.answered_at > now - SETTLES):
        return False
    if event not in QUESTION.events(row.state):
        return False
    row = steps.step(row, event, by=None, now=now)
    if event == "lapse":
        told.tell_lapsed(row, now)
    steps.shown(row)
    return True
