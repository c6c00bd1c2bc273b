"""What is said in public of how an office answers, and the same computed anew from the history alone.

A duty counts where it began in the last 90 days. *Decided*: answered, or its due date has passed; *late* of those: answered
after it, or not yet. Times are whole minutes from the question to the answer; shares are integers over integers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from linli.areas.api import Area
from linli.people.api import Body

from ..models import Duty, Question, QuestionStep
from ..rules import COUNTED, Done, Solved, per_mille, twice_median


@dataclass(frozen=True)
class Case:
    """One duty as the figures see it."""

    office: UUID
    started: datetime
    due: datetime
    answered: datetime | None
    solved: str = ""
    stars: int | None = None

    @property
    def minutes(self) -> int | None:
        return None if self.answered is None else int((self.answered - self.started).total_seconds()) // 60

    def is_decided(self, now: datetime) -> bool:
        return self.answered is not None or self.due <= now

    def is_late(self, now: datetime) -> bool:
        return self.due <= (self.answered or now)


@dataclass(frozen=True)
class Figures:
    """Of an office: numerators and denominators. `twice_median`: of the minutes to the answer, doubled."""

    received: int = 0
    answered: int = 0
    decided: int = 0
    late: int = 0
    open_late: int = 0
    rated: int = 0
    stars: int = 0
    solved: dict[str, int] = field(default_factory=dict)
    twice_median: int | None = None

    @property
    def late_mille(self) -> int | None:
        return per_mille(self.late, self.decided)

    @property
    def stars_tenths(self) -> int | None:
        """The mean of the stars in tenths, half up."""
        return (20 * self.stars + self.rated) // (2 * self.rated) if self.rated else None


def count(cases: Iterable[Case], now: datetime) -> Figures:
    """Pure: the figures of these duties."""
    rows = list(cases)
    rated = [one for one in rows if one.stars is not None]
    return Figures(
        received=len(rows), answered=sum(one.answered is not None for one in rows),
        decided=sum(one.is_decided(now) for one in rows), late=sum(one.is_late(now) for one in rows),
        open_late=sum(one.answered is None and one.due <= now for one in rows), rated=len(rated),
        stars=sum(one.stars or 0 for one in rated), solved={key: sum(one.solved == key for one in rated) for key in Solved.values},
        twice_median=twice_median(one.minutes for one in rows if one.minutes is not None),
    )  # fmt: skip


def counted(now: datetime) -> QuerySet[Duty]:
    """The duties that the figures look at."""
    return Duty.objects.filter(dropped_at=None, started_at__gt=now - COUNTED, started_at__lte=now)


def _case(duty: Duty) -> Case:
    return Case(duty.office_id, duty.started_at, duty.due, duty.answered_at, duty.solved, duty.stars)


def of_office(body: Body, now: datetime, place: Area | None = None) -> Figures:
    """What is shown, everywhere or at a place and below it; one statement."""
    return count(map(_case, _owed_by(body, now, place)), now)


def _owed_by(body: Body, now: datetime, place: Area | None) -> QuerySet[Duty]:
    rows = counted(now).filter(office=body)
    return rows if place is None else rows.filter(question__place__path__under=place.path)


def of_place(place: Area, now: datetime) -> dict[UUID, Figures]:
    """Of every office that owes or owed an answer at the place or below it; one statement."""
    found: dict[UUID, list[Case]] = defaultdict(list)
    for duty in counted(now).filter(question__place__path__under=place.path):
        found[duty.office_id].append(_case(duty))
    return {office: count(rows, now) for office, rows in found.items()}


SHOWS = ("late", "answered", "rated", "received")


def behind(body: Body, show: str, now: datetime, place: Area | None = None) -> QuerySet[Duty]:
    """The list behind a number, the newest first."""
    rows = (
        _owed_by(body, now, place).select_related("question__place", "office").order_by("-started_at", "-pk")
    )
    if show == "late":
        return rows.filter(Q(answered_at=None, due__lte=now) | Q(due__lte=F("answered_at")))
    if show == "answered":
        return rows.exclude(answered_at=None)
    return rows.exclude(stars=None) if show == "rated" else rows


def recompute(now: datetime) -> dict[UUID, Figures]:
    """All figures from the append-only history alone; equal to what `of_office` shows."""
    steps = Prefetch("steps", QuestionStep.objects.order_by("pk"))
    found: dict[UUID, list[Case]] = defaultdict(list)
    for question in Question.objects.prefetch_related(steps).order_by("pk").iterator(500):
        for case in cases_of(question.steps.all()):
            if now - COUNTED < case.started <= now:
                found[case.office].append(case)
    return {office: count(rows, now) for office, rows in found.items()}


def cases_of(steps: Iterable[QuestionStep]) -> list[Case]:
    """The duties that a question's history tells of, in order; none for one that was taken back before its answer."""
    rounds: dict[int, dict[str, object]] = {}
    for step in steps:
        if step.done in (Done.ROUTE, Done.CONTEST):
            rounds[step.round] = {"office": step.to_id, "started": step.at, "due": step.due, "answered": None}
            continue
        row = rounds.get(step.round or max(rounds, default=0))
        if row is None:
            continue
        if step.done == Done.TRANSFER:
            row["office"] = step.to_id
        elif step.done == Done.MOVE and step.due is not None:
            row["due"] = step.due
        elif step.done == Done.ANSWER:
            row["answered"] = step.at
        elif step.done in (Done.RATE, Done.ACCEPT):
            row |= {"solved": step.solved, "stars": step.stars}
        elif step.done == Done.WITHDRAW:
            rounds.clear()
    return [Case(**row) for _number, row in sorted(rounds.items())]  # type: ignore[arg-type]


def next_change(office: UUID, now: datetime) -> datetime | None:
    """The next moment at which time alone changes the figures of an office: something more is late."""
    rows = Duty.objects.filter(office=office, answered_at=None, dropped_at=None, due__gt=now).order_by("due")
    return rows.values_list("due", flat=True).first()
