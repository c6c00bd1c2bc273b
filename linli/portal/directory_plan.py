"""The drawn plan of a street: lines and numbered places as SVG figures, in the projection that tiles use. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from .directory_rules import MICRO

WIDTH, HEIGHT, TILE = 960, 640, 256
EDGE = 56  # units kept free around the figure
LETTER = 15  # half of the width of a letter on a phone, where names are larger
ROOM = 30  # between the middles of two numbers
ZOOMS = range(11, 19)
KINDS = ("water", "green", "rail", "road", "lane")  # as they are drawn, the lowest first
Line = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """A numbered place: where its number stands."""

    n: int
    x: int
    y: int


@dataclass(frozen=True)
class Label:
    text: str
    x: int
    y: int


@dataclass(frozen=True)
class Tile:
    url: str
    x: int
    y: int


@dataclass
class Plan:
    """What the template draws, in units of a 960 × 640 sheet."""

    paths: dict[str, str] = field(default_factory=dict)
    labels: list[Label] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    tiles: list[Tile] = field(default_factory=list)
    width: int = WIDTH
    height: int = HEIGHT
    size: int = TILE


def _world(lat: int, lon: int, zoom: float) -> tuple[float, float]:
    """Web Mercator in pixels of the zoom."""
    sine = math.sin(math.radians(lat / MICRO))
    size = TILE * 2**zoom
    return (lon / MICRO / 360 + 0.5) * size, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * size


def draw(lines: list[Line], points: list[tuple[int, int]], tiles: str = "", around: tuple[int, int] | None = None) -> Plan | None:
    """Lines and the points (lat, lon) numbered from 1; None where there is nothing to draw.

    `around`: show the neighbourhood of this point, not everything. `tiles`: address of a tile server with {z} {x} {y}.
    """
    corners = [around] if around else points or [(p[1], p[0]) for line in lines for p in line["points"]]
    if not corners:
        return None
    zoom: float = 16 if around else _zoom(corners)
    if not tiles and not around:
        zoom += _room_left(corners, zoom)
    xs, ys = zip(*(_world(lat, lon, zoom) for lat, lon in corners), strict=True)
    left = (min(xs) + max(xs) - WIDTH) / 2
    top = (min(ys) + max(ys) - HEIGHT) / 2

    def place(lat: int, lon: int) -> tuple[int, int]:
        x, y = _world(lat, lon, zoom)
        return round(x - left), round(y - top)

    plan = Plan(tiles=_tiles(tiles, int(zoom), left, top))
    plan.marks = _apart([place(lat, lon) for lat, lon in points])
    if not tiles:
        plan.paths = {kind: _path([line for line in lines if line["kind"] == kind], place) for kind in KINDS}
        plan.labels = _labels(lines, place, plan.marks)
    return plan


def _zoom(corners: list[tuple[int, int]]) -> int:
    """The largest at which everything is on the sheet."""
    for zoom in reversed(ZOOMS):
        xs, ys = zip(*(_world(lat, lon, zoom) for lat, lon in corners), strict=True)
        if max(xs) - min(xs) <= WIDTH - 2 * EDGE and max(ys) - min(ys) <= HEIGHT - 2 * EDGE:
            return zoom
    return ZOOMS[0]


def _room_left(corners: list[tuple[int, int]], zoom: float) -> float:
    """How much nearer one may come before something leaves the sheet: tiles cannot, a drawing can."""
    xs, ys = zip(*(_world(lat, lon, zoom) for lat, lon in corners), strict=True)
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    fits = min((WIDTH - 2 * EDGE) / max(wide, 1), (HEIGHT - 2 * EDGE) / max(high, 1))
    return min(max(math.log2(fits), 0), ZOOMS[-1] - zoom)


def _path(lines: list[Line], place: Any) -> str:
    parts = []
    for line in lines:
        spots = [place(lat, lon) for lon, lat in line["points"]]
        parts.append("M" + "L".join(f"{x} {y}" for x, y in spots) + ("Z" if line.get("closed") else ""))
    return "".join(parts)


def _labels(lines: list[Line], place: Any, marks: list[Mark]) -> list[Label]:
    """Each name once, on its line, where it lies upon no number and no other name; left out where there is no room."""
    labels: list[Label] = []
    for line in lines:
        name, spots = line.get("name", ""), [place(lat, lon) for lon, lat in line["points"]]
        if name and all(one.text != name for one in labels):
            half = LETTER * len(name)
            free = (spot for spot in _along(spots, line) if _is_free(spot, half, labels, marks))
            found = next(free, None)
            if found:
                labels.append(Label(name, *found))
    return labels


def _along(spots: list[tuple[int, int]], line: Line) -> Iterator[tuple[int, int]]:
    """Points of the line from its middle outward; of a surface, its middle."""
    if line.get("closed"):
        yield sum(x for x, _y in spots) // len(spots), sum(y for _x, y in spots) // len(spots)
        return
    pieces = [(one, two, n) for one, two in pairwise(spots) for n in range(1, 10)]
    middle = len(pieces) // 2
    for at in sorted(range(len(pieces)), key=lambda n: abs(n - middle)):
        (x1, y1), (x2, y2), n = pieces[at]
        yield x1 + (x2 - x1) * n // 10, y1 + (y2 - y1) * n // 10


def _is_free(spot: tuple[int, int], half: int, labels: list[Label], marks: list[Mark]) -> bool:
    x, y = spot
    inside = half <= x <= WIDTH - half and 30 <= y <= HEIGHT - 20
    of_labels = all(abs(x - one.x) > half + LETTER * len(one.text) or abs(y - one.y) > 40 for one in labels)
    return inside and of_labels and all(abs(x - one.x) > half + 14 or abs(y - 8 - one.y) > 28 for one in marks)


def _apart(spots: list[tuple[int, int]]) -> list[Mark]:
    """Numbers that would lie upon each other step aside, in the order in which they come."""
    taken: list[tuple[int, int]] = []
    for x, y in spots:
        steps = ((0, 0), *((r * ROOM, turn) for r in (1, 2, 3) for turn in range(8)))
        for far, turn in steps:
            angle = math.pi / 4 * turn
            spot = round(x + far * math.cos(angle)), round(y + far * math.sin(angle))
            if all(abs(spot[0] - a) >= ROOM or abs(spot[1] - b) >= ROOM for a, b in taken):
                break
        taken.append((min(max(spot[0], 16), WIDTH - 16), min(max(spot[1], 16), HEIGHT - 16)))
    return [Mark(n, x, y) for n, (x, y) in enumerate(taken, start=1)]


def _tiles(address: str, zoom: int, left: float, top: float) -> list[Tile]:
    if not address:
        return []
    return [
        Tile(address.replace("{z}", str(zoom)).replace("{x}", str(x)).replace("{y}", str(y)), round(x * TILE - left), round(y * TILE - top))
        for y in range(int(top // TILE), int((top + HEIGHT) // TILE) + 1)
        for x in range(int(left // TILE), int((left + WIDTH) // TILE) + 1)
        if 0 <= x < 2**zoom and 0 <= y < 2**zoom
    ]  # fmt: skip


def read_geojson(content: dict[str, Any]) -> list[Line]:
    """Lines and polygons of a GeoJSON collection (WGS-84) with properties `kind` and `name`.

    Raises ValueError for anything else.
    """
    lines = []
    for feature in content["features"]:
        shape, facts = feature["geometry"], feature.get("properties") or {}
        closed = shape["type"] == "Polygon"
        if shape["type"] not in ("LineString", "Polygon") or facts.get("kind") not in KINDS:
            raise ValueError(f"{shape['type']} {facts.get('kind')}")
        points = shape["coordinates"][0] if closed else shape["coordinates"]
        spots = [[round(lon * MICRO), round(lat * MICRO)] for lon, lat, *_height in points]
        lines.append({"kind": facts["kind"], "name": str(facts.get("name") or "")[:20], "points": spots, "closed": closed})
    return lines
