"""Bringing an office's list of homes into a compound."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import audit
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import fold

from ..home_rules import COLUMNS, REQUIRED, BadRow, HomeRow, number_key, read_rows
from ..models import Area, Home, HomesDraft, HomeUse, Level
from ..tables import Source, read_table
from .places import create_areas

MOST_ROWS = 20_000
DRAFT_DAYS = 1
Key = tuple[str, str, str]


@dataclass
class HomesPlan:
    """What an import would do."""

    rows: list[HomeRow]
    bad: list[BadRow]
    new: list[HomeRow] = field(default_factory=list)
    changed: list[tuple[Home, HomeRow]] = field(default_factory=list)
    same: int = 0
    buildings: dict[str, Area] = field(default_factory=dict)
    entrances: dict[tuple[str, str], Area] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"新增 {len(self.new)} 户，更新 {len(self.changed)} 户，未变 {self.same} 户 · "
            f"{len(self.new)} added, {len(self.changed)} updated, {self.same} unchanged"
        )


def start_homes(*, compound: Area, source: Source, name: str, by: Any, now: datetime) -> HomesDraft:
    """Keep an uploaded list until its preview is confirmed, a day at most. Raises UserError on a useless file."""
    table = read_table(source, name)
    rows = list(table.rows)
    if not rows:
        raise UserError(_("表头下面没有数据"))
    if len(rows) > MOST_ROWS:
        raise UserError(format_lazy(_("一次最多 {n} 行，请按楼栋分开"), n=MOST_ROWS))
    HomesDraft.objects.filter(at__lt=now - timedelta(days=DRAFT_DAYS)).delete()
    return HomesDraft.objects.create(
        compound=compound, by=by.person_id, at=now, name=name[:120], content=json.dumps([table.headers, rows])
    )


def guess_columns(headers: list[str]) -> dict[str, int]:
    """Which column is what, by its name."""
    folded = [fold(header) for header in headers]
    found = {}
    for key, names in COLUMNS.items():
        at = next((folded.index(fold(name)) for name in names if fold(name) in folded), None)
        if at is not None:
            found[key] = at
    return found


def plan_homes(*, compound: Area, rows: list[Any], columns: Mapping[str, int], skip: Collection[int] = ()) -> HomesPlan:
    """Compare a list with what the compound has; writes nothing. `skip` are lines that the clerk left out.

    Raises UserError where a needed column is missing.
    """
    if any(key not in columns for key in REQUIRED):
        raise UserError(_("至少要有“楼栋”和“房号”两列"))
    good, bad = read_rows([(line, cells) for line, cells in rows if line not in skip], columns)
    plan = HomesPlan(good, bad)
    present = _present(compound, plan)
    for row in good:
        home = present.get(row.key)
        if home is None:
            plan.new.append(row)
        elif _differs(home, row, "floor" in columns):
            plan.changed.append((home, row))
        else:
            plan.same += 1
    return plan


def _present(compound: Area, plan: HomesPlan) -> dict[Key, Home]:
    """The homes of the compound by key; fills in its buildings and entrances."""
    places = Area.objects.under(compound).filter(valid_to=None, level__in=(Level.BUILDING, Level.ENTRANCE))
    keys: dict[int, tuple[str, str]] = {}
    for place in places.order_by("level"):
        if place.level == Level.BUILDING:
            keys[place.pk] = (number_key(place.name), "")
            plan.buildings[number_key(place.name)] = place
        elif place.parent_id in keys:
            key = (keys[place.parent_id][0], number_key(place.name))
            keys[place.pk] = key
            plan.entrances[key] = place
    homes = Home.objects.filter(area__path__under=compound.path, area__valid_to=None).select_related("area")
    return {(*keys[home.area.parent_id], fold(home.area.name)): home for home in homes if home.area.parent_id in keys}


def _differs(home: Home, row: HomeRow, with_floor: bool) -> bool:
    return (
        (row.floor_area is not None and home.floor_area != row.floor_area)
        or (bool(row.use) and home.use != row.use)
        or (with_floor and home.floor != row.floor)
    )


@transaction.atomic
def import_homes(
    *, compound: Area, rows: list[Any], columns: Mapping[str, int], by: Any, now: datetime, skip: Collection[int] = ()
) -> HomesPlan:
    """Write a list of homes: all of it or, where any row is wrong that `skip` does not leave out, nothing.

    The same list again changes nothing. Raises UserError that names the first wrong line.
    """
    if compound.level != Level.COMPOUND:
        raise UserError(_("房屋只能导入到小区"))
    Area.objects.select_for_update().get(pk=compound.pk)
    plan = plan_homes(compound=compound, rows=rows, columns=columns, skip=skip)
    if plan.bad:
        first = plan.bad[0]
        raise UserError(
            format_lazy(_("有 {n} 行要改，什么也没有导入。第 {line} 行：{reason}"), n=len(plan.bad), line=first.line, reason=first.reason)
        )
    _make_buildings(compound, plan)
    _make_homes(plan)
    for home, row in plan.changed:
        home.floor_area = row.floor_area if row.floor_area is not None else home.floor_area
        home.use = row.use or home.use
        if "floor" in columns:
            home.floor = row.floor
    Home.objects.bulk_update([home for home, _row in plan.changed], ["floor_area", "use", "floor"], batch_size=500)
    if plan.new or plan.changed:
        detail = {"added": len(plan.new), "updated": len(plan.changed)}
        audit.record(actor=by, action="homes.import", subject=compound, place=compound, detail=detail, now=now)
        bump("areas")
    return plan


def _make_buildings(compound: Area, plan: HomesPlan) -> None:
    wanted = {key[0]: row.building for row in plan.new if (key := row.key)[0] not in plan.buildings}
    made = create_areas(
        [
            Area(parent=compound, level=Level.BUILDING, name=name, plate=compound.plate, sort=_sort(name, n))
            for n, name in enumerate(wanted.values())
        ]
    )
    plan.buildings.update(zip(wanted, made, strict=True))
    ways = {row.key[:2]: row.entrance for row in plan.new if row.entrance and row.key[:2] not in plan.entrances}
    made = create_areas(
        [
            Area(parent=plan.buildings[key[0]], level=Level.ENTRANCE, name=name, sort=_sort(name, n))
            for n, (key, name) in enumerate(ways.items())
        ]
    )
    plan.entrances.update(zip(ways, made, strict=True))


def _make_homes(plan: HomesPlan) -> None:
    areas = [
        Area(
            parent=plan.entrances.get(row.key[:2]) or plan.buildings[row.key[0]],
            level=Level.HOME, name=row.room, sort=row.floor * 100 + row.column,
        )
        for row in plan.new
    ]  # fmt: skip
    Home.objects.bulk_create(
        [
            Home(area=area, floor=row.floor, column=row.column, floor_area=row.floor_area, use=row.use or HomeUse.DWELLING)
            for area, row in zip(create_areas(areas), plan.new, strict=True)
        ],
        batch_size=500,
    )


def _sort(name: str, n: int) -> int:
    key = number_key(name)
    return int(key) if key.isdigit() else 10_000 + n
