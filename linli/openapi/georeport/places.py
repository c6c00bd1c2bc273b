"""Where a report points: an address of ours, its words, or a position on the ground."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from linli.areas.api import Area, Level, cell, find_places
from linli.casework.api import Spot
from linli.portal.api import DirectoryEntry

from .asked import Report
from .forms import Wrong

NEAR = 20_000  # millionths of a degree: about two kilometres
COSINE, SCALE = 87, 100  # of 30° north, where a degree of longitude is that much shorter; exact enough to choose the nearest


def place_of(report: Report, today: date) -> Area:
    """The smallest place that the report names. Raises Wrong(400) where nothing of ours is there."""
    top = cell()
    if top is None:
        raise Wrong(400, "no district is set up here")
    if report.words["address_id"]:
        return _by_key(report.words["address_id"], top)
    if report.words["address_string"]:
        found = find_places(report.words["address_string"], top, today)
        if found:
            return found[0]
    near = _nearest(report, top)
    if near is None:
        raise Wrong(400, "the location is outside of this jurisdiction, or its address is not known here")
    return near


def _by_key(text: str, top: Area) -> Area:
    rows = Area.objects.under(top).filter(valid_to=None, level__gte=Level.STREET, level__lte=Level.BUILDING)
    found = rows.filter(pk=int(text)).first() if text.isascii() and text.isdigit() and len(text) < 12 else None
    if found is None:
        raise Wrong(400, "address_id is not known here")
    return found


def _nearest(report: Report, top: Area) -> Area | None:
    """The place of the lamp, lift or office that stands nearest; None where none stands within two kilometres."""
    if report.latitude is None or report.longitude is None:
        return None
    box = {
        "range": (report.latitude - NEAR, report.latitude + NEAR), "across": (report.longitude - NEAR, report.longitude + NEAR)
    }  # fmt: skip
    spots = Spot.objects.filter(
        retired_at=None, latitude__range=box["range"], longitude__range=box["across"], place__path__under=top.path
    ).values_list("latitude", "longitude", "place")
    offices = DirectoryEntry.objects.standing().filter(
        lat__range=box["range"], lon__range=box["across"], place__path__under=top.path
    ).values_list("lat", "lon", "place")
    key = _least([*spots, *offices], report.latitude, report.longitude)
    return Area.objects.get(pk=key) if key is not None else None


def _least(points: Iterable[tuple[int | None, int | None, int]], latitude: int, longitude: int) -> int | None:
    def far(point: tuple[int | None, int | None, int]) -> int:
        up, across = (point[0] or 0) - latitude, (point[1] or 0) - longitude
        return (up * SCALE) ** 2 + (across * COSINE) ** 2

    return min(points, key=far, default=(None, None, None))[2]
