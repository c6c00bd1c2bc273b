"""A year as a page shows it: month grids, and the holidays in words. Pure."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rules import Days

# The holidays there are, so that they can be translated; a table's reasons are looked up among them.
NAMES = (_("元旦"), _("春节"), _("清明节"), _("劳动节"), _("端午节"), _("中秋节"), _("国庆节"))
WEEKS = calendar.Calendar(firstweekday=calendar.MONDAY)


@cache
def names() -> dict[str, object]:
    """The holidays by their Chinese names, which the tables use."""
    with translation.override("zh-hans"):
        return {str(name): name for name in NAMES}


@dataclass(frozen=True)
class Cell:
    """A day of a grid. `mark`: off or work where a table says so; `rest`: nobody works then, by table or weekend."""

    day: date
    mark: str
    reason: str
    rest: bool
    today: bool


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Cell | None]]


@dataclass(frozen=True)
class Holiday:
    """Days off of one reason in a row, and the days that are worked for them."""

    reasons: tuple[str, ...]
    first: date
    last: date
    count: int
    worked: list[date]

    @property
    def title(self) -> str:
        """The holidays' names, in the reader's language where they are known."""
        return gettext("、").join(str(names().get(name, name)) for name in self.reasons)


def months(year: int, days: Days, reasons: dict[date, str], today: date) -> list[Month]:
    """The twelve grids; None for the days of other months."""

    def cell(day: date, month: int) -> Cell | None:
        if day.month != month:
            return None
        mark = "off" if day in days.off else "work" if day in days.work else ""
        return Cell(day, mark, reasons.get(day, ""), not days.is_working(day), day == today)

    return [
        Month(date(year, month, 1), [[cell(day, month) for day in week] for week in WEEKS.monthdatescalendar(year, month)])
        for month in range(1, 13)
    ]


def holidays(year: int, days: Days, reasons: dict[date, str]) -> list[Holiday]:
    """Runs of days off that follow each other; a make-up day belongs to the nearest run of its reason."""
    runs: list[list[date]] = []
    for day in sorted(day for day in days.off if day.year == year):
        if runs and (day - runs[-1][-1]).days == 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    found = [
        Holiday(tuple(dict.fromkeys(reasons.get(day, "") for day in run)), run[0], run[-1], len(run), []) for run in runs
    ]
    for day in sorted(day for day in days.work if day.year == year):
        same = [holiday for holiday in found if reasons.get(day, "") in holiday.reasons]
        if same:
            min(same, key=lambda holiday: abs((holiday.first - day).days)).worked.append(day)
    return found
