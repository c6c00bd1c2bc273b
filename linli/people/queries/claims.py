"""The desk of claims: what waits in an actor's places, the oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.areas.api import Area, Level
from linli.common import clock

from ..claim_clock import due_days
from ..models import Residency, ResidencyEvent, RollEntry
from ..permissions import P
from ..policy import Actor
from ..rules import ResidencyKind, ResidencyState
from .residency import masked_name, place_names

PAGE = 25
_K = ResidencyKind
ICONS = {
    _K.OWNER: "key", _K.CO_OWNER: "key", _K.TENANT: "doc", _K.FAMILY: "users",
    _K.LIVES_HERE: "home", _K.REGISTERED: "place", _K.WORKS_HERE: "building",
}  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What the desk shows; each part may be empty."""

    kinds: tuple[str, ...] = ()
    place: Area | None = None
    late: bool = False
    after: UUID | None = None


@dataclass(frozen=True)
class DeskRow:
    id: UUID
    home: str
    who: str
    kind: str
    icon: str
    claimed_at: datetime
    due: Any
    late: bool


def waiting(actor: Actor) -> QuerySet[Residency]:
    """Open claims in the actor's places."""
    condition = Q(pk__in=[])
    for path in actor.paths_for(P.CLAIMS_DECIDE):
        condition |= Q(area__path__under=path)
    return Residency.objects.filter(condition, state=ResidencyState.CLAIMED)


def waiting_count(actor: Actor) -> int:
    if "claims_waiting" not in actor.memo:
        actor.memo["claims_waiting"] = waiting(actor).count()
    return int(actor.memo["claims_waiting"])


def _late(rows: QuerySet[Residency], today: date) -> list[UUID]:
    """Those over their time; each place may have its own rule, so they are counted one by one."""
    found = list(rows.order_by("claimed_at", "id").values_list("pk", "claimed_at", "area__path"))
    days = due_days((at, path) for _pk, at, path in found)
    return [pk for (pk, _at, _path), day in zip(found, days, strict=True) if day < today]


def desk_page(actor: Actor, filters: Filters, now: datetime) -> tuple[list[DeskRow], UUID | None]:
    """One page by key, and the key after which the next begins. Six queries, however many rows."""
    rows, today = waiting(actor).select_related("area", "person"), clock.local_date(now)
    if filters.kinds:
        rows = rows.filter(kind__in=filters.kinds)
    if filters.place is not None:
        rows = rows.filter(area__path__under=filters.place.path)
    if filters.late:
        rows = rows.filter(pk__in=_late(rows, today))
    if filters.after is not None:
        last = Residency.objects.filter(pk=filters.after).values_list("claimed_at", "id").first()
        if last:
            rows = rows.filter(Q(claimed_at__gt=last[0]) | Q(claimed_at=last[0], id__gt=last[1]))
    found = list(rows.order_by("claimed_at", "id")[: PAGE + 1])
    names = place_names(row.area for row in found)
    due = due_days((row.claimed_at, row.area.path) for row in found)
    page = [_desk_row(row, names, day, today) for row, day in zip(found[:PAGE], due, strict=False)]
    return page, (page[-1].id if len(found) > PAGE else None)


def _desk_row(row: Residency, names: dict[int, str], due: date, today: date) -> DeskRow:
    kind = ResidencyKind(row.kind)
    label = str(kind.label)
    return DeskRow(
        row.pk, names[row.area_id], masked_name(row.person), label, ICONS[kind], row.claimed_at, due, due < today
    )


def counts_by_kind(actor: Actor) -> dict[str, int]:
    return dict(waiting(actor).values_list("kind").annotate(n=Count("id")).order_by())


def desk_places(actor: Actor) -> list[Area]:
    """Communities and compounds of the actor's places, for the filter."""
    paths = actor.paths_for(P.CLAIMS_DECIDE)
    return list(
        Area.objects.under_any(paths).filter(level__in=[Level.COMMUNITY, Level.COMPOUND], valid_to=None).order_by("path")
    )


def history(row: Residency) -> list[ResidencyEvent]:
    """The events of a residency, the newest first, with who did them."""
    return list(row.events.select_related("by").order_by("-at", "-id"))


def roll_lines(area: Area) -> int:
    """How many lines of a roll there are for the home; their text stays sealed."""
    return RollEntry.objects.filter(home=area).count()
