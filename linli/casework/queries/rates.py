"""The three rates of a place or a body in a month, and the list behind each number: dates and the end of a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cmp_to_key
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from linli.areas.api import Area
from linli.people.api import Body

from ..models import Case
from ..rules.rates import LEFT_OUT, SATISFIED, Part, Rate, Share, bounds
from ..rules.states import CaseState
from ..rules.words import Outcome, Result

_ENDED = (CaseState.CLOSED, CaseState.ARCHIVED)
_IN_TIME = Q(spoken__lt=F("until"))
_LEFT_OUT = Q(state=CaseState.REFUSED) | Q(result__in=LEFT_OUT)
_OF: dict[Rate, tuple[Q, Q]] = {  # all that count, and those of them that are counted
    Rate.RESPONSE: (Q(), _IN_TIME),
    Rate.SOLVED: (~Q(outcome=""), Q(outcome=Outcome.YES)),
    Rate.SATISFIED: (Q(stars__isnull=False), Q(stars__gte=SATISFIED)),
}


@dataclass(frozen=True)
class Rates:
    """Of a body, or of a place as a whole (`body` None)."""

    body: Body | None
    shares: dict[Rate, Share]
    unreached: int
    left_out: int

    @property
    def solved(self) -> Share:
        return self.shares[Rate.SOLVED]


def closed_in(month: date, *, place: Area | None = None, body: Body | None = None) -> QuerySet[Case]:
    """All cases that were closed or refused in the month, of the body that answered, or of the place and below."""
    since, until = bounds(month)
    ended = Q(state__in=_ENDED, closed_at__gte=since, closed_at__lt=until) | Q(state=CaseState.REFUSED, changed_at__gte=since, changed_at__lt=until)
    rows = Case.objects.filter(ended, parent=None, code__isnull=False)
    if place is not None:
        rows = rows.filter(place__path__under=place.path)
    if body is not None:
        rows = rows.filter(Q(unit=body) | Q(unit=None, desk=body))
    return rows.annotate(
        answerer=Coalesce("unit", "desk"), spoken=Coalesce("contacted_at", "answered_at"), until=Coalesce("contact_due", "due")
    )


def behind(rows: QuerySet[Case], rate: Rate, part: Part) -> QuerySet[Case]:
    """The list of a number, in the order of closing."""
    return rows.filter(_condition(rate, part)).order_by("closed_at", "pk")


def _condition(rate: Rate, part: Part) -> Q:
    """The one rule: for the lists and for the numbers over them."""
    if part == Part.LEFT_OUT:
        return _LEFT_OUT
    if part == Part.UNREACHED:
        return ~_LEFT_OUT & Q(result=Result.UNREACHED)
    every, counted = _OF[rate]
    return ~_LEFT_OUT & every & counted if part == Part.YES else ~_LEFT_OUT & every


_SUMS: dict[str, Any] = {
    **{f"{rate}_{part}": Count("pk", filter=_condition(rate, part)) for rate in Rate for part in (Part.YES, Part.ALL)},
    "unreached": Count("pk", filter=_condition(Rate.RESPONSE, Part.UNREACHED)),
    "left_out": Count("pk", filter=_condition(Rate.RESPONSE, Part.LEFT_OUT)),
}


def rates_of(rows: QuerySet[Case]) -> Rates:
    """Of all of them together, by one statement."""
    return _rates(None, rows.aggregate(**_SUMS))


def by_body(rows: QuerySet[Case]) -> list[Rates]:
    """Each body that answered, the one that solved the largest share first; two statements."""
    sums = {row["answerer"]: row for row in rows.values("answerer").order_by().annotate(**_SUMS)}  # type: ignore[misc]
    bodies = Body.objects.filter(pk__in=sums).order_by("name", "pk")
    return sorted((_rates(body, sums[body.pk]) for body in bodies), key=cmp_to_key(_by_solved))


def _by_solved(one: Rates, other: Rates) -> int:
    return 1 if one.solved.is_less(other.solved) else -1 if other.solved.is_less(one.solved) else 0


def _rates(body: Body | None, sums: dict[str, int]) -> Rates:
    shares = {rate: Share(sums[f"{rate}_yes"], sums[f"{rate}_all"]) for rate in Rate}
    return Rates(body, shares, sums["unreached"], sums["left_out"])
