"""Making and ending places."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import findable
from linli.common.errors import UserError
from linli.common.pagecache import bump

from ..models import Area, AreaName, Cell, Level, Succession


@transaction.atomic
def create_area(*, parent: Area | None, level: int, name: str, **fields: object) -> Area:
    """Make a place below another. Levels may be skipped downward (a home right below a building), never reversed.

    Raises UserError where the parent is not of a higher level.
    """
    if parent is not None and parent.level >= level:
        raise UserError(format_lazy(_("{child}不能放在{parent}下面"), child=Level(level).label, parent=Level(parent.level).label))
    area = Area(parent=parent, level=level, name=name, path=f"new-{name}-{id(fields)}", **fields)
    area.save()
    area.path = f"{parent.path if parent else '/'}{area.pk}/"
    area.save(update_fields=["path"])
    findable.changed("place", [area.pk] if level <= Level.BUILDING else [])
    bump("areas")
    return area


def set_cell(area: Area) -> None:
    """Make a district the cell of this instance; it can be set once. Raises UserError where another is."""
    cell, made = Cell.objects.get_or_create(pk=1, defaults={"area": area})
    if not made and cell.area_id != area.pk:
        raise UserError("本实例已经属于另一个区 / this instance already serves another district")
    if made:
        findable.changed("place", [area.pk])
    bump("areas")


@transaction.atomic
def rename_area(*, area: Area, name: str, official_name: str, on: date) -> None:
    """Give a place a new name; the former one is kept with its last day."""
    AreaName.objects.create(area=area, name=area.name, official_name=area.official_name, until=on)
    area.name, area.official_name = name, official_name
    area.save(update_fields=["name", "official_name"])
    findable.changed("place", [area.pk])
    bump("areas")


@transaction.atomic
def succeed_area(*, old: Area, new: list[Area], on: date) -> None:
    """End a place and link its successors; what refers to it keeps doing so."""
    if old in new:
        raise UserError("一个地方不能接替自己 / a place cannot succeed itself")
    Area.objects.filter(pk=old.pk, valid_to=None).update(valid_to=on)
    for area in new:
        Succession.objects.get_or_create(old=old, new=area, defaults={"on": on})
    findable.changed("place", [old.pk])
    bump("areas")


@transaction.atomic
def create_areas(areas: list[Area]) -> list[Area]:
    """Make many places at once; their parents are saved already. Two statements a batch of 500."""
    for n, area in enumerate(areas):
        area.path = f"new-{n}"
    Area.objects.bulk_create(areas, batch_size=500)
    for area in areas:
        area.path = f"{area.parent.path if area.parent else '/'}{area.pk}/"
    Area.objects.bulk_update(areas, ["path"], batch_size=500)
    findable.changed("place", [area.pk for area in areas if area.level <= Level.BUILDING])
    bump("areas")
    return areas
