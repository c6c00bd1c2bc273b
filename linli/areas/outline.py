"""Reads for pages about places: what lies below, how its houses look, which places a text means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, F, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Replace

from .home_rules import number_key
from .models import Area, Home, HomeUse, Level
from .queries import PUBLIC_LEVELS

SEARCHED = (Level.STREET, Level.COMMUNITY, Level.COMPOUND, Level.BUILDING)
MOST_FOUND = 40


@dataclass(frozen=True)
class House:
    """A building as it stands: top floor, entrances, windows a floor."""

    id: int
    name: str
    floors: int
    entrances: int
    columns: int
    homes: int


def counts_below(area: Area) -> dict[int, int]:
    """How many places of each level lie below, by level."""
    rows = Area.objects.under(area).filter(valid_to=None).exclude(pk=area.pk).values_list("level")
    return dict(rows.order_by("level").annotate(n=Count("id")))


def dwellings_below(area: Area) -> int:
    """Homes that people live in; shops, garages and the like are not counted."""
    homes = Home.objects.filter(area__path__under=area.path, area__valid_to=None)
    return homes.filter(use__in=(HomeUse.DWELLING, HomeUse.OTHER)).count()


def houses(area: Area) -> list[House]:
    """The buildings at or below the place that have homes, in their order; two queries."""
    buildings = Area.objects.under(area).filter(level=Level.BUILDING, valid_to=None).order_by("parent__sort", "sort", "id")
    found = {building.pk: building for building in buildings}
    homes = Home.objects.filter(area__path__under=area.path, area__valid_to=None, floor__gt=0)
    rows = homes.values_list("area__parent_id", "area__parent__parent_id").order_by()
    sums: dict[int, list[int]] = {}
    for parent, above, top, columns, number in rows.annotate(Max("floor"), Count("column", distinct=True), Count("pk")):
        key = parent if parent in found else above
        if key in found:
            total = sums.setdefault(key, [0, 0, 0, 0])
            total[0] = max(total[0], top)
            total[1] += 1
            total[2] += columns
            total[3] += number
    return [House(pk, place.name, *sums[pk]) for pk, place in found.items() if pk in sums]


def home_rows(compound: Area) -> Iterator[tuple[str, str, str, int, int | None, str]]:
    """Building, entrance, room, floor, floor area in 0.001 m² and use of every home, as they stand; read in parts."""
    ways = {area.pk: area for area in Area.objects.under(compound).filter(level__in=(Level.BUILDING, Level.ENTRANCE))}
    homes = Home.objects.filter(area__path__under=compound.path, area__valid_to=None)
    rows = homes.order_by("area__parent__parent__sort", "area__parent__sort", "area__parent_id", "area__sort", "area_id")
    fields = ("area__parent_id", "area__name", "floor", "floor_area", "use")
    for parent, room, floor, area, use in rows.values_list(*fields).iterator(2_000):
        way = ways.get(parent)
        is_entrance = way is not None and way.level == Level.ENTRANCE
        building = ways.get(way.parent_id or 0) if way is not None and is_entrance else way
        yield building.name if building else "", way.name if way and is_entrance else "", room, floor, area, use


def building_facts(building: Area) -> dict[str, int | None]:
    """Floors (top and lowest) and the range of floor areas in 0.001 m²."""
    homes = Home.objects.filter(area__path__under=building.path, area__valid_to=None)
    return homes.aggregate(top=Max("floor"), low=Min("floor"), least=Min("floor_area"), most=Max("floor_area"))


def find_places(text: str, top: Area, day: date) -> list[Area]:
    """Places of the public levels whose name or address the text names: `柳渡路`, `银杏苑`, `纺机新村3幢`.

    Three queries; streets first, buildings last, at most 40.
    """
    wanted = re.sub(r"\s+", "", text)[:40]
    if not wanted:
        return []
    places = Area.objects.under(top).valid_on(day).filter(level__in=SEARCHED).exclude(pk=top.pk)
    bare = Replace(F("address"), Value(" "), Value(""))
    named = places.annotate(text=Value(wanted), bare=bare, squashed=Replace(F("name"), Value(" "), Value("")))
    match = Q(squashed__icontains=wanted) | Q(official_name__icontains=wanted) | Q(bare__icontains=wanted)
    match |= Q(latin__icontains=text.strip()[:40])
    found = list(named.filter(match).select_related("parent").order_by("level", "parent", "sort", "id")[:MOST_FOUND])
    buildings = _numbered_buildings(named, wanted, day)
    numbers = {place.pk for place in buildings}
    return [*buildings, *(place for place in found if place.pk not in numbers)][:MOST_FOUND]


def _numbered_buildings(named: QuerySet[Area], wanted: str, day: date) -> list[Area]:
    """The buildings of `纺机新村3幢`; the compound itself where it has no such building."""
    holders = named.filter(text__contains=F("squashed"), level=Level.COMPOUND).exclude(squashed=wanted).select_related("parent")
    rest = {holder.pk: wanted.split(holder.name.replace(" ", ""), 1)[-1] for holder in holders}
    below = Area.objects.filter(parent__in=rest, level=Level.BUILDING).valid_on(day).select_related("parent").order_by("sort", "id")
    buildings = [place for place in below if number_key(place.name) == number_key(_first_word(rest[place.parent_id]))]
    return buildings or list(holders)


def _first_word(text: str) -> str:
    """`3幢2单元` → `3幢`."""
    found = re.match(r"[0-9]+\s*(?:幢|栋|号楼|号|座|楼)?|[A-Za-z]座?", text)  # data
    return found.group() if found else text


def is_public(area: Area, top: Area | None) -> bool:
    """Whether the place has a page for everybody: inside the cell, and no entrance or home."""
    return top is not None and area.level in PUBLIC_LEVELS and top.contains(area)
