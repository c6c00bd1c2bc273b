"""Reads of places."""

from __future__ import annotations

from datetime import date

from .models import Area, Cell, Level

PUBLIC_LEVELS = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.COMPOUND, Level.BUILDING)


def cell() -> Area | None:
    """The district that this instance serves; None before `linli init`."""
    row = Cell.objects.select_related("area").first()
    return row.area if row else None


def ancestors(area: Area) -> list[Area]:
    """Topmost first, without the place itself."""
    found = Area.objects.in_bulk(area.ancestor_ids)
    return [found[pk] for pk in area.ancestor_ids if pk in found]


def at_level(area: Area, level: int) -> Area | None:
    """The place itself or its ancestor of the level."""
    if area.level == level:
        return area
    return Area.objects.filter(pk__in=area.ancestor_ids, level=level).first()


def children(area: Area, day: date) -> list[Area]:
    """Places right below that exist on the day, in their order."""
    return list(area.children.valid_on(day).order_by("sort", "id"))


def full_name(area: Area, *, below: int = Level.STREET) -> str:
    """`纺机新村3幢2单元403`: the names from below the given level down to the place."""
    names = [a.name for a in ancestors(area) if a.level > below] + [area.name]
    return "".join(names)
