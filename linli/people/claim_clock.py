"""By when a claim to a home is decided: three working days, unless the calendar, an app above, knows better.

`bring` lets that app say it, with holidays and the rules of each place; people itself knows weekends alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from linli.common import clock

from .rules import CLAIM_DAYS

Claims = Iterable[tuple[datetime, str]]  # when it was made, the path of its place


def weekdays_only(claims: Claims) -> list[date]:
    """The last day of each, Monday to Friday counted."""
    return [_last_day(at) for at, _path in claims]


def _last_day(at: datetime) -> date:
    day, left = clock.local_date(at), CLAIM_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


_due: Callable[[Claims], list[date]] = weekdays_only


def bring(due: Callable[[Claims], list[date]]) -> None:
    """Have another function say the last days."""
    global _due
    _due = due


def due_days(claims: Claims) -> list[date]:
    """The last day on which each claim is in time, in their order."""
    return _due(claims)


def due_day(at: datetime, path: str) -> date:
    """The same for one claim."""
    return _due([(at, path)])[0]
