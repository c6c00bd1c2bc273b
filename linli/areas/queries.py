"""Reads of places."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q

from linli.common.errors import UserError

from .models import Area, AreaName, Cell, Level, Succession
from .rules import plate_name, short_code

PUBLIC_LEVELS = (Level.DISTRICT, Level.STREET, Level.COMMUNITY, Level.COMPOUND, Level.BUILDING)


def cell() -> Area | None:
    """The district that this instance serves; None before `linli init`."""
    row = Cell.objects.select_related("area").first()
    return row.area if row else None


def ancestors(area: Area) -> list[Area]:
    """Topmost first, without the place itself."""
    found = Area.objects.in_bulk(area.ancestor_ids)
    return [found[pk] for pk in area.ancestor_ids if pk in found]


def ancestors_of(areas: list[Area]) -> dict[int, list[Area]]:
    """The ancestors of each place, topmost first, by its key; one query."""
    found = Area.objects.in_bulk({pk for area in areas for pk in area.ancestor_ids})
    return {area.pk: [found[pk] for pk in area.ancestor_ids if pk in found] for area in areas}


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


def find_code(code: str) -> Area | None:
    """The place of an official code, padded with zeros or not; the one that exists now before one that has ended."""
    short = short_code(code.strip())
    if short is None:
        return None
    found = list(Area.objects.filter(code__in={code.strip(), short, short.ljust(12, "0")}))
    found.sort(key=lambda area: (area.valid_to is not None, area.code != code.strip(), area.level))
    return found[0] if found else None


def count_levels() -> dict[str, int]:
    """How many places of each level exist, by the levels' English names, the highest first."""
    rows = Area.objects.filter(valid_to=None).values("level").order_by("level").annotate(n=Count("id"))
    return {Level(row["level"]).name.lower(): row["n"] for row in rows}


def describe(code: str) -> str:
    """What a code is, for the console: name, level, chain of parents, validity, successors.

    Raises UserError on an unknown code.
    """
    area = find_code(code)
    if area is None:
        raise UserError(f"不认识这个代码：{code} · unknown code: {code}")
    level = Level(area.level)
    begun, ended = area.valid_from or "—", area.valid_to or "—"
    chain = [f"{place.name} ({place.code})" for place in ancestors(area)]
    lines = [
        f"代码 code        {area.code}",
        f"名称 name        {title(area)}",
        f"全称 official    {area.official_name or area.name}",
        f"级别 level       {level.name.lower()} {level.label}",
        f"上级 parents     {' > '.join(chain) or '—'}",
        f"有效 valid       {begun} → {ended}",
    ]
    links = Succession.objects.filter(Q(old=area) | Q(new=area)).select_related("old", "new").order_by("on", "id")
    after = [f"{link.new.code} {title(link.new)} ({link.on})" for link in links if link.old_id == area.pk]
    before = [f"{link.old.code} {title(link.old)} ({link.on})" for link in links if link.new_id == area.pk]
    former = [f"{row.official_name or row.name} (→ {row.until})" for row in AreaName.objects.filter(area=area).order_by("until")]
    lines.append(f"后继 successors  {'; '.join(after) or '—'}")
    if before:
        lines.append(f"前身 origins     {'; '.join(before)}")
    if former:
        lines.append(f"曾用名 former    {'; '.join(former)}")
    return "\n".join(lines)


def title(area: Area) -> str:
    """The name as it stands on the place's plate."""
    if area.level == Level.COMMUNITY:
        return plate_name(area.name, area.official_name)
    return area.name
