"""Opening hours: read as offices write them, and whether it is open at a moment. Pure: the time and the days come in.

A week is seven tuples of spans in minutes since midnight, Monday first; a span that ends after midnight ends beyond
1,440. `周一至周五 8:30—12:00，13:30—17:00；周六 9:00—11:30` reads into it and is written from it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI, local_date, start_of
from linli.common.errors import UserError
from linli.common.text import clean

from .rules import Days

Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]
DAY = 1440
NEVER: Week = ((),) * 7
LOOK = 16  # days ahead: the longest holiday with the weekends around it
MOST_TYPED = 300
WEEKDAYS = "一二三四五六日"


class Holidays(models.TextChoices):
    """What the State Council's days off and make-up days mean here."""

    OFFICIAL = "official", _("按国家放假和调休")
    CLOSED = "closed", _("放假休息，调休不变")
    OPEN = "open", _("节假日照常")


@dataclass(frozen=True)
class Hours:
    """Unknown where nothing is said."""

    week: Week = NEVER
    holidays: Holidays = Holidays.OFFICIAL
    always: bool = False

    @property
    def known(self) -> bool:
        return self.always or any(self.week)

    def on(self, day: date, days: Days) -> tuple[Span, ...]:
        """The spans that begin on a day by the real calendar."""
        if self.always:
            return ((0, DAY),)
        if self.holidays != Holidays.OPEN and day in days.off:
            return ()
        if self.holidays == Holidays.OFFICIAL and day in days.work:
            return next((spans for spans in self.week[:5] if spans), ())
        return self.week[day.weekday()]


def make_hours(week: Week, holidays: Holidays = Holidays.OFFICIAL) -> Hours:
    """Sorted; round the clock on all days is `always`. Raises UserError (hours) where spans overlap."""
    tidy = tuple(tuple(sorted(set(spans))) for spans in week)
    if all(spans == ((0, DAY),) for spans in tidy):
        return Hours(NEVER, Holidays.OPEN, always=True)
    for spans in tidy:
        if any(first[1] > second[0] for first, second in pairwise(spans)):
            raise UserError(_("同一天的两段时间重叠了，请分开写"), field="hours")
    return Hours(tidy, holidays)


# Reading and writing

_TIME = r"(?:次日)?(\d{1,2})(?::(\d{2})|点(半|\d{1,2}分?)?)"
_SPAN = re.compile(rf"{_TIME}\s*(?:[-—–−~～]+|至|到)\s*{_TIME}")
_ALL_DAY = re.compile(r"24\s*小时|全天")
_SHUT = re.compile(r"(休息?|不开门?|关门)$")
_DAY = rf"(?:周|星期|礼拜)([{WEEKDAYS}天])"
_RANGE = re.compile(rf"{_DAY}\s*(?:[-—–−~～]+|至|到)\s*(?:周|星期|礼拜)?([{WEEKDAYS}天])")
_ONE = re.compile(_DAY)
_NAMED = {"每天": range(7), "每日": range(7), "天天": range(7), "工作日": range(5), "周末": range(5, 7), "双休日": range(5, 7)}


def read_hours(text: str, holidays: Holidays = Holidays.OFFICIAL) -> Hours:
    """Raises UserError (hours) that quotes the part that is not understood."""
    plain = unicodedata.normalize("NFKC", clean(text)).strip()
    if len(plain) > MOST_TYPED:
        raise UserError(_("开门时间太长了，特别的情况写进备注"), field="hours")
    week: list[tuple[Span, ...]] = [()] * 7
    for part in filter(None, (one.strip(" ,、") for one in re.split(r"[;。\n]+", plain))):
        days, rest = _days(part)
        for day in days:
            week[day] = _spans(rest, part)
    return make_hours(tuple(week), holidays)


def _days(part: str) -> tuple[list[int], str]:
    """The days that a part begins with (all where it names none), and the rest."""
    found: list[int] = []
    while True:
        part = part.lstrip(" ,、和及")
        named = next((name for name in _NAMED if part.startswith(name)), "")
        if named:
            found += _NAMED[named]
            part = part[len(named) :]
        elif match := _RANGE.match(part):
            first, last = (_index(mark) for mark in match.groups())
            found += [(first + n) % 7 for n in range((last - first) % 7 + 1)]
            part = part[match.end() :]
        elif match := _ONE.match(part):
            found.append(_index(match[1]))
            part = part[match.end() :]
        else:
            return found or list(range(7)), part.lstrip(" :")


def _index(mark: str) -> int:
    return WEEKDAYS.index("日" if mark == "天" else mark)


def _spans(rest: str, part: str) -> tuple[Span, ...]:
    if _ALL_DAY.fullmatch(rest):
        return ((0, DAY),)
    if _SHUT.fullmatch(rest):
        return ()
    spans = [_span(match, part) for match in _SPAN.finditer(rest)]
    if not spans or _SPAN.sub("", rest).strip(" ,、和及"):
        raise _not_understood(part)
    return tuple(spans)


def _span(match: re.Match[str], part: str) -> Span:
    start, end = _minutes(match[1], match[2], match[3], part), _minutes(match[4], match[5], match[6], part)
    return start, end if end > start else end + DAY


def _minutes(hour: str, minute: str | None, spoken: str | None, part: str) -> int:
    minutes = 30 if spoken == "半" else int((minute or spoken or "0").rstrip("分"))
    total = int(hour) * 60 + minutes
    if minutes > 59 or total > DAY:
        raise _not_understood(part)
    return total


def _not_understood(part: str) -> UserError:
    return UserError(
        format_lazy(_("“{part}”没看懂，请写成：周一至周五 8:30—12:00，13:30—17:00；周六 9:00—11:30"), part=part[:40]), field="hours"
    )


def clock_text(minutes: int) -> str:
    """`8:30`; 24:00 at the end of a day."""
    shown = minutes if minutes <= DAY else minutes - DAY
    return f"{shown // 60}:{shown % 60:02d}"


def spans_text(spans: tuple[Span, ...], between: str = "，") -> str:
    return between.join(f"{clock_text(start)}—{clock_text(end)}" for start, end in spans)


def write_hours(hours: Hours) -> str:
    """As `read_hours` reads it; the holidays are not in it."""
    names = [f"周{mark}" for mark in WEEKDAYS]
    return hours_text(hours, names, every="每天", to="至", always="24 小时", between="，", ends="；")


def hours_text(hours: Hours, names: list[Any], *, every: Any, to: Any, always: Any, between: str, ends: str) -> str:
    """In these words: runs of equal days together."""
    if hours.always:
        return str(always)
    runs: list[list[int]] = []
    for day, spans in enumerate(hours.week):
        if runs and hours.week[runs[-1][0]] == spans:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        spans = hours.week[run[0]]
        if spans:
            first, last = names[run[0]], names[run[-1]]
            days = every if len(run) == 7 else first if len(run) == 1 else f"{first}{between if len(run) == 2 else to}{last}"
            parts.append(f"{days} {spans_text(spans, between)}")
    return ends.join(parts)


# Keeping


def as_json(hours: Hours) -> dict[str, Any]:
    if hours.always:
        return {"always": True}
    return {"week": [[list(span) for span in spans] for spans in hours.week], "holidays": hours.holidays.value} if hours.known else {}


def from_json(kept: dict[str, Any]) -> Hours:
    if kept.get("always"):
        return Hours(NEVER, Holidays.OPEN, always=True)
    if "week" not in kept:
        return Hours()
    week = tuple(tuple((int(start), int(end)) for start, end in spans) for spans in kept["week"])
    return Hours(week, Holidays(kept["holidays"]))


# Now


class Open(StrEnum):
    ALWAYS = "always"
    OPEN = "open"
    SHUT = "shut"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Status:
    """`change`: when it next opens or shuts; None where nothing is known of that."""

    kind: Open
    change: datetime | None = None


def status_at(hours: Hours, moment: datetime, days: Days) -> Status:
    """Whether it is open at the moment, and until when that holds."""
    if hours.always:
        return Status(Open.ALWAYS)
    if not hours.known:
        return Status(Open.UNKNOWN)
    horizon = start_of(local_date(moment)) + timedelta(days=LOOK - 1)
    for start, end in _openings(hours, moment, days):
        if moment < start:
            return Status(Open.SHUT, start)
        if moment < end:
            return Status(Open.OPEN, end) if end < horizon else Status(Open.ALWAYS)
    return Status(Open.SHUT)


def _openings(hours: Hours, moment: datetime, days: Days) -> Iterator[tuple[datetime, datetime]]:
    """From yesterday on; what follows without a gap is one."""
    today = moment.astimezone(SHANGHAI).date()
    held: tuple[datetime, datetime] | None = None
    for n in range(-1, LOOK):
        midnight = start_of(today + timedelta(days=n))
        for first, last in hours.on(today + timedelta(days=n), days):
            start, end = midnight + timedelta(minutes=first), midnight + timedelta(minutes=last)
            if held and start <= held[1]:
                held = held[0], max(held[1], end)
                continue
            if held:
                yield held
            held = start, end
    if held:
        yield held
