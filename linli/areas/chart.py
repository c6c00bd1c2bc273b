"""The building chart (楼盘表): floors × entrances, drawn from the homes as they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from .models import Area, Home, Level


@dataclass(frozen=True)
class Door:
    """One home: key, room number, entrance, floor, floor area in 0.001 m² where known, use."""

    id: int
    room: str
    entrance: str
    floor: int
    floor_area: int | None
    use: str


@dataclass(frozen=True)
class Way:
    """An entrance and how many doors stand side by side in it."""

    id: int
    name: str
    span: int


@dataclass(frozen=True)
class Floor:
    """One floor from left to right: every cell holds the homes of one place, mostly one; `last` closes an entrance."""

    number: int
    cells: tuple[tuple[tuple[Door, ...], bool], ...]


@dataclass(frozen=True)
class Chart:
    entrances: tuple[Way, ...]
    floors: tuple[Floor, ...]
    doors: dict[int, Door]

    @property
    def columns(self) -> int:
        return sum(way.span for way in self.entrances)


def building_chart(building: Area) -> Chart:
    """The chart of a building, the top floor first; two queries whatever its size."""
    ways = list(
        Area.objects.filter(parent=building, level=Level.ENTRANCE, valid_to=None).order_by("sort", "id").values_list("id", "name")
    )
    homes = (
        Home.objects.filter(area__path__under=building.path, area__valid_to=None)
        .order_by("floor", "column", "area__sort", "area_id")
        .values_list("area_id", "area__name", "area__parent_id", "floor", "column", "floor_area", "use")
    )
    names = dict(ways)
    columns: dict[int, set[int]] = defaultdict(set)
    grid: dict[tuple[int, int, int], list[Door]] = defaultdict(list)
    doors: dict[int, Door] = {}
    for key, room, parent, floor, column, floor_area, use in homes:
        way = parent if parent in names else building.pk
        columns[way].add(column)
        doors[key] = Door(key, room, names.get(way, ""), floor, floor_area, use)
        grid[way, floor, column].append(doors[key])
    if building.pk in columns:
        ways.append((building.pk, ""))
    ways = [way for way in ways if way[0] in columns]
    order = [(way, column) for way, _name in ways for column in sorted(columns[way])]
    last = {(way, max(columns[way])) for way, _name in ways}
    floors = tuple(
        Floor(floor, tuple((tuple(grid.get((way, floor, column), ())), (way, column) in last) for way, column in order))
        for floor in sorted({door.floor for door in doors.values()}, reverse=True)
    )
    return Chart(tuple(Way(pk, name, len(columns[pk])) for pk, name in ways), floors, doors)
