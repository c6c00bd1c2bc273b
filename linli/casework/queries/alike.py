"""What neighbours reported lately near by: the public ones in words, the others as a number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from linli.areas.api import Area, Level

from ..models import Case
from ..rules.words import ALIKE_WITHIN, Visibility
from .public import lines

SHOWN = 5
NEAR = 1_500  # millionths of a degree, about 160 m


@dataclass(frozen=True)
class Alike:
    """`others`: how many more there are, of which nothing is said."""

    shown: list[dict[str, Any]]
    others: int

    def __bool__(self) -> bool:
        return bool(self.shown or self.others)


def alike(place: Area, theme: str, now: datetime, *, point: tuple[int, int] | None = None, key: str = "") -> Alike:
    """Open cases of the theme in the same compound (or the place itself above it), or within 160 m, of the last 30 days."""
    if not theme:
        return Alike([], 0)
    near = Q(place__path__under=_around(place))
    if point is not None:
        lat, lon = point
        near |= Q(latitude__range=(lat - NEAR, lat + NEAR), longitude__range=(lon - NEAR, lon + NEAR))
    since = now - ALIKE_WITHIN
    rows = Case.objects.open().filter(near, theme=theme, submitted_at__gt=since, parent=None).exclude(key=key)
    public = rows.filter(visibility=Visibility.PUBLIC).select_related("place", "group").order_by("-submitted_at")
    shown = lines(public[:SHOWN], now)
    return Alike(shown, rows.count() - len(shown))


def _around(place: Area) -> str:
    """The path of the place's compound; of a place above, its own."""
    if place.level <= Level.COMPOUND:
        return place.path
    found = Area.objects.filter(pk__in=place.ancestor_ids, level=Level.COMPOUND).values_list("path", flat=True).first()
    return found or place.path
