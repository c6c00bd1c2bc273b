"""How far clocks are: 50 % remind, 80 % yellow, 100 % red, half as long again supervised. Pure, in whole microseconds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from linli.common.clock import SHANGHAI

from .words import Alarm

Span = tuple[datetime, datetime]  # when a clock began, and when it is due
STEPS = tuple(alarm for alarm in Alarm if alarm)
WORK_FROM, WORK_TO = time(8, 30), time(17, 30)


def reached(span: Span, step: int) -> datetime:
    """When the clock has come this far, in per cent."""
    start, due = span
    return start + (due - start) * step // 100


def level(spans: Iterable[Span], at: datetime) -> Alarm:
    """The highest step that one of the clocks has reached."""
    return max((step for span in spans for step in STEPS if reached(span, step) <= at), default=Alarm.NONE)


def rises(spans: Iterable[Span], above: int) -> datetime | None:
    """When one of the clocks comes to a step higher than this; None where there is none."""
    return min((reached(span, step) for span in spans for step in STEPS if step > above), default=None)


def in_work_hours(now: datetime, *, working_day: bool) -> bool:
    """Reminders come when somebody is there to act on them."""
    return working_day and WORK_FROM <= now.astimezone(SHANGHAI).time() < WORK_TO

