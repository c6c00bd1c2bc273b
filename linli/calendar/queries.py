"""Reads: the loaded tables as one set of days, the rule that holds at a place, the clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

from django.db.models import Count, QuerySet

from linli.areas.api import Area
from linli.common import clock

from .models import DayRow, DayTable, Deadline, DeadlineRule
from .rules import Days, DeadlineState, merge
from .tables import PACKAGED, packaged

LIVE = (DeadlineState.RUNNING, DeadlineState.PAUSED)


def days() -> Days:
    """All tables together: those that were loaded, and the packaged ones of years that nobody loaded. One small query."""
    return _merged(tuple(DayTable.objects.order_by("year").values_list("year", "digest")))


@lru_cache(maxsize=4)
def _merged(loaded: tuple[tuple[int, str], ...]) -> Days:
    years = {year for year, _digest in loaded}
    rows: dict[int, list[tuple[date, str]]] = {year: [] for year in years}
    if years:
        for year, day, kind in DayRow.objects.filter(table__in=years).values_list("table_id", "date", "kind"):
            rows[year].append((day, kind))
    rows |= {year: table.pairs for year, table in packaged().items() if year not in years}
    return merge(rows.items())


def reasons(year: int) -> dict[date, str]:
    """Why the days of a year are off or made up."""
    if DayTable.objects.filter(pk=year).exists():
        own = list(DayRow.objects.filter(table=year).values_list("date", "reason"))
    else:
        table = packaged().get(year)
        own = [(line.day, line.reason) for line in table.lines] if table else []
    beside = DayRow.objects.filter(date__year=year).exclude(table=year).order_by("table")
    return dict(own) | {day: reason for day, reason in beside.values_list("date", "reason") if day.year == year}


def table_of(year: int) -> DayTable | None:
    return DayTable.objects.filter(pk=year).first()


def rule_for(place: Area, key: str, now: datetime) -> DeadlineRule | None:
    """The newest version in force of the nearest place that has the rule: the place itself, or its ancestors."""
    rows = DeadlineRule.objects.filter(
        place__in=[*place.ancestor_ids, place.pk], key=key, valid_from__lte=clock.local_date(now)
    ).select_related("place")
    return max(rows, key=lambda rule: (rule.place.level, rule.version), default=None)


def due_rows(now: datetime) -> QuerySet[Deadline]:
    """The clocks whose time is over and that nobody has noted yet, the longest over first."""
    return Deadline.objects.filter(state__in=LIVE, due__lte=now).order_by("due", "id")


def deadlines_of(subject_kind: str, subject_id: UUID | str) -> QuerySet[Deadline]:
    """All clocks of a thing, also closed ones, the first first."""
    rows = Deadline.objects.filter(subject_kind=subject_kind, subject_id=str(subject_id))
    return rows.prefetch_related("pauses").order_by("started_at", "id")


@dataclass(frozen=True)
class TableFacts:
    """A year that has a table: how many days it names, whence it came, and when it was loaded (None: not yet)."""

    year: int
    days: int
    source: str
    loaded_at: datetime | None


def tables() -> list[TableFacts]:
    """The years that have a table, in order."""
    rows = DayTable.objects.annotate(days=Count("rows"))
    found = {row.year: TableFacts(row.year, row.days, row.source, row.loaded_at) for row in rows}
    for year, table in packaged().items():
        found.setdefault(year, TableFacts(year, len(table.lines), PACKAGED, None))
    return [found[year] for year in sorted(found)]
