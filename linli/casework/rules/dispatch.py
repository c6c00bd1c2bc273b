"""Small decision tables of dispatch: the first row that fits says who gets it. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from .alarms import in_work_hours

MOST_ROWS = 60
TRIED_DAYS = 30


class Hours(StrEnum):
    ANY = ""
    WORK = "work"
    OFF = "off"


@dataclass(frozen=True)
class Rule:
    """A theme, a place and hours, each empty for all of them; `auto`: dispatched without being asked."""

    unit: UUID
    theme: str = ""
    place: int | None = None
    hours: Hours = Hours.ANY
    auto: bool = False

    def fits(self, facts: Facts) -> bool:
        return (
            self.theme in ("", facts.theme)
            and (self.place is None or self.place in facts.places)
            and self.hours in (Hours.ANY, facts.hours)
        )

    def as_row(self) -> dict[str, Any]:
        return {
            "unit": str(self.unit), "theme": self.theme, "place": self.place, "hours": str(self.hours), "auto": self.auto,
        }  # fmt: skip


@dataclass(frozen=True)
class Facts:
    """What a case is about, the keys of its place and of all above it, and whether people were at work when it came."""

    theme: str
    places: Collection[int]
    hours: Hours


def facts(theme: str, places: Collection[int], at: datetime, *, working_day: bool) -> Facts:
    return Facts(theme, places, Hours.WORK if in_work_hours(at, working_day=working_day) else Hours.OFF)


def first(rules: Iterable[Rule], case: Facts) -> Rule | None:
    return next((rule for rule in rules if rule.fits(case)), None)


def read(rows: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """Rows as they are stored. Raises KeyError and ValueError for what is no row."""
    return [
        Rule(UUID(row["unit"]), row["theme"], row["place"], Hours(row["hours"]), bool(row["auto"])) for row in rows
    ]


def hidden(rules: list[Rule]) -> list[int]:
    """Which rows never get a turn, counted from 1, because one above them takes all that fits them."""
    return [
        at + 1
        for at, rule in enumerate(rules)
        if any(
            above.theme in ("", rule.theme) and above.place in (None, rule.place) and above.hours in (Hours.ANY, rule.hours)
            for above in rules[:at]
        )
    ]
