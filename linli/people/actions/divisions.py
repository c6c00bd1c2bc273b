"""The bodies that follow from the official table of divisions: street offices and residents' committees."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from linli.areas import api as areas
from linli.areas.api import Area, ImportResult, Level
from linli.common import audit, clock, findable
from linli.common.errors import UserError
from linli.common.pagecache import bump

from ..models import Body, BodyPlace
from ..models.body import BodySuccession
from ..rules import BodyKind


@transaction.atomic
def import_divisions(
    path: str | Path, *, now: datetime, cell_code: str = "", progress: areas.Progress | None = None
) -> ImportResult:
    """Bring a table of divisions in, and inside the cell the offices and committees that it names; all or nothing.

    `cell_code` makes that district the cell. A second run of the same table changes nothing. Raises UserError.
    """
    day = clock.local_date(now)
    result = areas.import_divisions(path, on=day, progress=progress)
    cell = _cell(cell_code)
    if cell is not None:
        result.bodies = _bodies_of(cell, day)
        _rename_bodies(result.renames)
        _link_bodies(result.successions, day)
        renamed = [key for key, _former, _official in result.renames]
        findable.changed("body", Body.objects.filter(places__area__in=renamed).values_list("pk", flat=True))
    if result.changes:
        detail = {"added": result.added, "renamed": result.renamed, "succeeded": result.succeeded, "bodies": result.bodies}
        audit.record(actor=None, action="areas.import", place=cell, detail=detail, now=now)
        bump("areas", "bodies")
    return result


def ensure_district_body(district: Area, *, day: date) -> Body:
    """The district's government, made where there is none yet."""
    there = Body.objects.filter(kind=BodyKind.DISTRICT, places__area=district, places__until=None, valid_to=None).first()
    if there:
        return there
    name, official = areas.government_names(district.name)
    body = Body.objects.create(kind=BodyKind.DISTRICT, name=name, official_name=official, valid_from=day)
    BodyPlace.objects.create(body=body, area=district, since=day)
    findable.changed("body", [body.pk])
    bump("bodies")
    return body


def _cell(code: str) -> Area | None:
    """The cell; with a code, that district, made the cell."""
    if not code:
        return areas.cell()
    area = areas.find_code(code)
    if area is None:
        raise UserError(f"表里没有 {code} 这个区 · district {code} is not in the table")
    if area.level != Level.DISTRICT:
        raise UserError(f"{code} {area.name} 不是区县 · {code} is not a district")
    areas.set_cell(area)
    return area


def _bodies_of(cell: Area, day: date) -> int:
    """Make the missing offices and committees of the cell; returns how many."""
    places = Area.objects.under(cell).filter(valid_to=None)
    streets = [(a, areas.office_names(a.official_name or a.name)) for a in places.filter(level=Level.STREET)]
    communities = [
        (a, areas.committee_names(a.official_name or a.name))
        for a in places.filter(level=Level.COMMUNITY)
        if not areas.is_virtual(a.official_name)
    ]
    made = _make(cell, BodyKind.STREET_OFFICE, streets, day)
    return made + _make(cell, BodyKind.RESIDENTS_COMMITTEE, communities, day)


def _make(cell: Area, kind: BodyKind, wanted: Iterable[tuple[Area, tuple[str, str]]], day: date) -> int:
    """A place that ever had a body of the kind keeps what was made of it since."""
    served = set(BodyPlace.objects.filter(body__kind=kind, area__path__under=cell.path).values_list("area_id", flat=True))
    new = [
        (area, Body(kind=kind, name=name[:80], official_name=official, valid_from=day))
        for area, (name, official) in wanted
        if area.pk not in served
    ]
    Body.objects.bulk_create([body for _area, body in new], batch_size=500)
    BodyPlace.objects.bulk_create([BodyPlace(body=body, area=area, since=day) for area, body in new], batch_size=500)
    findable.changed("body", [body.pk for _area, body in new])
    return len(new)


def _rename_bodies(renames: list[tuple[int, str, str]]) -> None:
    """A committee or office that still bears the former name of its place takes the new one."""
    for key, former, official in renames:
        area = Area.objects.get(pk=key)
        names = areas.office_names if area.level == Level.STREET else areas.committee_names
        old, new = names(former), names(official)
        kind = BodyKind.STREET_OFFICE if area.level == Level.STREET else BodyKind.RESIDENTS_COMMITTEE
        bodies = Body.objects.filter(kind=kind, places__area=area, valid_to=None, official_name=old[1])
        bodies.update(name=new[0][:80], official_name=new[1])


def _link_bodies(successions: list[tuple[int, int]], day: date) -> None:
    """The committees of a place and of the one that follows it are linked; the old one ends when its people decide so."""
    for old, new in successions:
        for kind in (BodyKind.STREET_OFFICE, BodyKind.RESIDENTS_COMMITTEE):
            first = Body.objects.filter(kind=kind, places__area=old).order_by("valid_from").last()
            second = Body.objects.filter(kind=kind, places__area=new, valid_to=None).first()
            if first and second and first != second:
                BodySuccession.objects.get_or_create(old=first, new=second, defaults={"on": day})
