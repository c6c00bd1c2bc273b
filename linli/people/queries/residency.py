"""Reads of residencies: one's own, the committee that decides, who is already there, and the way down to a door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from linli.areas.api import Area, Level, ancestors, at_level, cell, children
from linli.common.text import mask_name
from linli.design.text import bind

from ..models import Body, Person, Residency
from ..rules import BodyKind, ResidencyKind, ResidencyState

DECIDERS = (BodyKind.RESIDENTS_COMMITTEE, BodyKind.STREET_OFFICE)


def mine(person: Person) -> list[Residency]:
    """All of a person's residencies, the living ones first."""
    rows = Residency.objects.filter(person=person).select_related("area").order_by("-claimed_at")
    order = {ResidencyState.VERIFIED: 0, ResidencyState.CLAIMED: 1}
    return sorted(rows, key=lambda row: order.get(ResidencyState(row.state), 2))


def place_names(areas: Iterable[Area]) -> dict[int, str]:
    """`青砖里 纺机新村 3 幢 1 单元 101` of each, in one query: from the community down."""
    areas = list(areas)
    found = Area.objects.in_bulk({pk for area in areas for pk in area.ancestor_ids})
    names = {}
    for area in areas:
        above = [bind(found[pk].name) for pk in area.ancestor_ids if pk in found and found[pk].level >= Level.COMMUNITY]
        names[area.pk] = " ".join([*above, bind(area.name)])
    return names


def place_name(area: Area) -> str:
    return place_names([area])[area.pk]


def committee_of(area: Area, day: date) -> Body | None:
    """The body that decides claims there: the residents' committee, else the street office."""
    bodies = Body.objects.valid_on(day).filter(
        kind__in=DECIDERS, places__area_id__in=[*area.ancestor_ids, area.pk], places__until=None
    )
    return min(bodies, key=lambda body: (DECIDERS.index(BodyKind(body.kind)), body.name), default=None)


@dataclass(frozen=True)
class Occupant:
    """Somebody who is verified in a home, masked."""

    name: str
    kind: str
    since: date


def occupants(area: Area, day: date, *, but: Person | None = None) -> list[Occupant]:
    """Who is verified at the home today, names masked."""
    rows = Residency.objects.filter(area=area).verified_on(day).select_related("person").order_by("since", "id")
    if but is not None:
        rows = rows.exclude(person=but)
    return [Occupant(masked_name(row.person), str(ResidencyKind(row.kind).label), row.since) for row in rows]


def masked_name(person: Person) -> str:
    return mask_name(person.legal_name or person.display_name)


@dataclass(frozen=True)
class Steps:
    """Where one stands on the way down to a door."""

    at: Area
    above: list[Area]
    options: list[Area]

    @property
    def are_homes(self) -> bool:
        return bool(self.options) and all(area.level == Level.HOME for area in self.options)


def steps_down(at: Area | None, day: date, *, within: tuple[str, ...] | None = None) -> Steps | None:
    """The places right below, by names alone; where there is only one way down, it is gone at once.

    `within`: only places that lie above, at or below these paths (an office's own). None outside the cell.
    """
    here = cell()
    at = at or here
    if at is None or here is None or not here.contains(at):
        return None
    options = _reachable(children(at, day), within)
    last = Level.STREET if within is None else Level.COMMUNITY
    while len(options) == 1 and options[0].level <= last:
        at = options[0]
        options = _reachable(children(at, day), within)
    above = [area for area in ancestors(at) if here.contains(area)]
    return Steps(at, above, options)


def _reachable(areas: list[Area], within: tuple[str, ...] | None) -> list[Area]:
    if within is None:
        return areas
    return [a for a in areas if any(a.path.startswith(path) or path.startswith(a.path) for path in within)]


def community_of(area: Area) -> Area | None:
    return at_level(area, Level.COMMUNITY)


def existing_place(pk: str | int | None, day: date) -> Area | None:
    """The place by the key that an address or form names; None for anything that is not one of today's."""
    if pk is None or not str(pk).isascii() or not str(pk).isdigit() or len(str(pk)) > 12:
        return None
    return Area.objects.filter(pk=int(pk)).valid_on(day).first()
