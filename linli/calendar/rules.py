"""Working days and due dates. Pure: tables and times come in as arguments.

Sources: Civil Code art. 201 (the start day is not counted), art. 203 (a last day that is a holiday moves to the next
working day: a choice of the rule here, since offices count both ways), the State Council's yearly notices of days
off and make-up days (make-up days are working days).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from linli.common.clock import SHANGHAI, start_of
from linli.common.states import Row, StateTable, register

ONE_DAY = timedelta(days=1)
DEADLINE_KEY, SUBJECT = 60, 40  # lengths
MAX_AMOUNT = {"minute": 5_256_000, "hour": 87_600, "natural-day": 3_650, "working-day": 2_500}  # ten years of each


class Unit(StrEnum):
    MINUTE = "minute"
    HOUR = "hour"
    NATURAL_DAY = "natural-day"
    WORKING_DAY = "working-day"

    @property
    def is_days(self) -> bool:
        return self in (Unit.NATURAL_DAY, Unit.WORKING_DAY)


_STEP = {Unit.MINUTE: timedelta(minutes=1), Unit.HOUR: timedelta(hours=1)}


@dataclass(frozen=True)
class Days:
    """The loaded tables: days off, make-up working days, and the years they cover."""

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """By the table; where it is silent, Monday to Friday. Whether the year has a table is `covers`."""
        if day in self.work:
            return True
        return day not in self.off and day.weekday() < 5

    def covers(self, day: date) -> bool:
        return day.year in self.years

    def next_working(self, day: date) -> tuple[date, bool]:
        """The day itself or the first working day after it, and whether every day looked at has a table."""
        sure = self.covers(day)
        while not self.is_working(day):
            day += ONE_DAY
            sure = sure and self.covers(day)
        return day, sure


@dataclass(frozen=True)
class Period:
    """How long: an amount of a unit. `roll`: a last natural day that is no working day moves to the next one."""

    amount: int
    unit: Unit
    roll: bool = False

    def __post_init__(self) -> None:
        if not 0 < self.amount <= MAX_AMOUNT[self.unit]:
            raise ValueError(f"{self.amount} {self.unit}")


@dataclass(frozen=True)
class Due:
    """When something is due: `moment` is the first instant at which it is late (00:00 after a due day).

    `day` is the last day for periods in days, None for hours and minutes. `provisional`: a year without a table
    was touched, so the date may still change.
    """

    moment: datetime
    day: date | None
    provisional: bool

    def __str__(self) -> str:
        text = self.day.isoformat() if self.day else self.moment.astimezone(SHANGHAI).isoformat()
        return text + (" provisional" if self.provisional else "")


def start_moment(start: date | datetime) -> datetime:
    """A date alone begins at 00:00 in Shanghai; a moment without a zone is Shanghai's."""
    if not isinstance(start, datetime):
        return start_of(start)
    return start if start.tzinfo else start.replace(tzinfo=SHANGHAI)


def due(start: date | datetime, period: Period, days: Days) -> Due:
    """When a period that starts then ends."""
    begun = start_moment(start)
    if not period.unit.is_days:
        return Due((begun.astimezone(UTC) + period.amount * _STEP[period.unit]).astimezone(SHANGHAI), None, False)
    return _due_day(begun, period, 0, days)


def _due_day(begun: datetime, period: Period, extra: int, days: Days) -> Due:
    last, sure = _last_day(begun.astimezone(SHANGHAI).date(), period, period.amount + extra, days)
    return Due(end_of(last), last, not sure)


def end_of(day: date) -> datetime:
    """The first instant after a day in Shanghai."""
    return start_of(day + ONE_DAY)


def _last_day(day: date, period: Period, amount: int, days: Days) -> tuple[date, bool]:
    if period.unit == Unit.NATURAL_DAY:
        last = day + amount * ONE_DAY
        return days.next_working(last) if period.roll else (last, True)
    sure, left = True, amount
    while left:
        day += ONE_DAY
        sure = sure and days.covers(day)
        left -= days.is_working(day)
    return day, sure


def working_days_between(start: date, end: date, days: Days) -> int:
    """Working days after `start` up to and with `end`; negative where `end` lies before."""
    if end < start:
        return -working_days_between(end, start, days)
    return sum(days.is_working(start + n * ONE_DAY) for n in range(1, (end - start).days + 1))


@dataclass(frozen=True)
class Pause:
    """From a moment until another; None while it lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Clock:
    """A running deadline: when it began, how long, what it paused for, and how long it may pause in all.

    A pause in units of days moves the due date by the days it touched that would have counted (working or natural);
    in hours and minutes by its exact length. Beyond `cap` (an amount of the same unit) a pause no longer counts.
    """

    start: datetime
    period: Period
    pauses: tuple[Pause, ...] = field(default_factory=tuple)
    cap: int | None = None

    def paused(self, now: datetime, days: Days) -> int:
        """How much pause counts at `now`: seconds for hours and minutes, else days; never beyond the cap."""
        total = sum(self._length(pause, now, days) for pause in self.pauses)
        return total if self.cap is None else min(total, self.most)

    @property
    def most(self) -> int:
        """The cap as `paused` counts; 0 without one."""
        cap = self.cap or 0
        return cap if self.period.unit.is_days else cap * (_STEP[self.period.unit] // timedelta(seconds=1))

    def _length(self, pause: Pause, now: datetime, days: Days) -> int:
        until = min(pause.until or now, now)
        if until <= pause.since:
            return 0
        if not self.period.unit.is_days:
            return (until - pause.since) // timedelta(seconds=1)
        first, last = (moment.astimezone(SHANGHAI).date() for moment in (pause.since, until))
        if self.period.unit == Unit.NATURAL_DAY:
            return (last - first).days
        return working_days_between(first, last, days)

    def due(self, now: datetime, days: Days) -> Due:
        """When it is due as things stand at `now`; while it is paused this moves on, up to the cap."""
        return self._after(self.paused(now, days), days)

    def at_the_latest(self, now: datetime, days: Days) -> Due | None:
        """When it passes if it stays as it is: None while a pause lasts that nothing caps."""
        if all(pause.until is not None for pause in self.pauses):
            return self.due(now, days)
        return None if self.cap is None else self._after(self.most, days)

    def _after(self, extra: int, days: Days) -> Due:
        if self.period.unit.is_days:
            return _due_day(self.start, self.period, extra, days)
        plain = due(self.start, self.period, days)
        return Due(plain.moment + timedelta(seconds=extra), None, False)

    def is_late(self, now: datetime, days: Days) -> bool:
        return now >= self.due(now, days).moment


def merge(tables: Iterable[tuple[int, Iterable[tuple[date, str]]]]) -> Days:
    """Tables as (year, rows of (date, "off" | "work")) into one. Of two that name a day the later year's counts."""
    said: dict[date, str] = {}
    years = set()
    for year, rows in sorted(tables, key=lambda table: table[0]):
        years.add(year)
        said.update(rows)
    of = {kind: frozenset(day for day, what in said.items() if what == kind) for kind in ("off", "work")}
    return Days(of["off"], of["work"], frozenset(years))


class DeadlineState(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    PASSED = "passed"
    CLOSED = "closed"


S = DeadlineState
DEADLINE = register(
    StateTable(
        "deadline",
        S.RUNNING,
        [
            Row(S.RUNNING, "pause", S.PAUSED, "its app", "not_late"),
            Row(S.PAUSED, "resume", S.RUNNING, "its app"),
            Row(S.RUNNING, "pass", S.PASSED, "time", effects=("tell_passed",)),
            Row(S.PAUSED, "pass", S.PASSED, "time: the pauses reached their cap", effects=("tell_passed",)),
            Row(S.RUNNING, "move", S.RUNNING, "a table of days", effects=("tell_moved",)),
            Row(S.PAUSED, "move", S.PAUSED, "a table of days", effects=("tell_moved",)),
            Row(S.PASSED, "move", S.RUNNING, "a table of days", effects=("tell_moved",)),
            Row(S.RUNNING, "close", S.CLOSED, "its app"),
            Row(S.PAUSED, "close", S.CLOSED, "its app"),
            Row(S.PASSED, "close", S.CLOSED, "its app"),
        ],
        final=[S.CLOSED],
        states=S,
        says="A running clock of another app's matter. Whether it was late is `passed_at`, never typed.",
    )
)
