"""Putting right what the register says of a compound, a building or a home; and a compound under another community."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import audit, clock, findable
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.text import clean

from ..models import Area, Home, HomeUse, Level
from .places import rename_area


@transaction.atomic
def edit_place(
    *,
    place: Area,
    name: str,
    official_name: str,
    latin: str,
    address: str,
    plate: str,
    by: audit.Actor | None,
    now: datetime,
) -> Area:
    """Name, registered name, pinyin, address and enamel of a compound or building; a former name is kept.

    The caller has asked for the right to do it. Raises UserError for an empty name or one that a neighbour bears.
    """
    area = Area.objects.select_for_update().get(pk=place.pk)
    if area.level not in (Level.COMPOUND, Level.BUILDING) or area.valid_to is not None:
        raise UserError(_("只能改还在的小区和楼栋"))
    name = " ".join(clean(name).split())
    if not name:
        raise UserError(_("名称不能空着"), field="name")
    _check_free(area, name, area.parent_id)
    texts = {
        "official_name": clean(official_name),
        "latin": clean(latin),
        "address": clean(address),
        "plate": plate,
    }
    changed = [key for key, value in {"name": name, **texts}.items() if getattr(area, key) != value]
    if not changed:
        return area
    if "name" in changed:
        rename_area(area=area, name=name, official_name=texts["official_name"], on=clock.local_date(now))
    for key, value in texts.items():
        setattr(area, key, value)
    area.save(update_fields=list(texts))
    audit.record(actor=by, action="place.edit", subject=area, place=area, detail={"fields": changed}, now=now)
    findable.changed("place", [area.pk])
    bump("areas")
    return area


@transaction.atomic
def edit_home(
    *,
    home: Home,
    name: str,
    floor: int,
    column: int,
    floor_area: int | None,
    use: str,
    by: audit.Actor | None,
    now: datetime,
) -> Home:
    """Room number, floor, position, area and use of one home. Claims and people stay with the door.

    The caller has asked for the right to do it. Raises UserError (field "name" or "floor").
    """
    row = Home.objects.select_for_update(of=("self",)).select_related("area").get(pk=home.pk)
    area, name = row.area, clean(name)
    if area.valid_to is not None:
        raise UserError(_("这一户已经不在册了"))
    if not name:
        raise UserError(_("房号不能空着"), field="name")
    if not floor:
        raise UserError(_("没有 0 层：地下一层写 -1"), field="floor")
    _check_free(area, name, area.parent_id)
    facts = {"floor": floor, "column": column, "floor_area": floor_area, "use": HomeUse(use)}
    changed = [key for key, value in facts.items() if getattr(row, key) != value]
    if area.name != name:
        changed.append("name")
        rename_area(area=area, name=name, official_name=area.official_name, on=clock.local_date(now))
    if not changed:
        return row
    for key, value in facts.items():
        setattr(row, key, value)
    row.save(update_fields=list(facts))
    Area.objects.filter(pk=area.pk).update(sort=floor * 100 + column)
    audit.record(actor=by, action="home.edit", subject=area, place=area, detail={"fields": changed}, now=now)
    bump("areas")
    return row


@transaction.atomic
def move_compound(*, compound: Area, community: Area, by: audit.Actor | None, now: datetime) -> Area:
    """Put a compound, with all below it, under another community: after a succession, or where a border has moved.

    Keys and official codes stay; what lives there follows the place. The audit keeps whence it came. The caller has
    asked for the right at both places. Raises UserError.
    """
    area = Area.objects.select_for_update().get(pk=compound.pk)
    target = Area.objects.select_for_update().get(pk=community.pk)
    if area.level != Level.COMPOUND or target.level != Level.COMMUNITY:
        raise UserError(_("只能把小区移到社区下面"), field="community")
    if area.valid_to is not None or target.valid_to is not None:
        raise UserError(_("这个社区已经撤并了，请选接替它的社区"), field="community")
    if area.parent_id == target.pk:
        return area
    _check_free(area, area.name, target.pk)
    old, source = area.path, area.parent_id
    new = f"{target.path}{area.pk}/"
    tree: Any = Area.objects.filter(path__under=old)
    tree.update(path=Concat(Value(new), Substr(F("path"), len(old) + 1)))
    Area.objects.filter(pk=area.pk).update(parent=target)
    area.refresh_from_db()
    detail = {"from": source, "to": target.pk}
    audit.record(actor=by, action="place.move", subject=area, place=area, detail=detail, now=now)
    findable.changed("place", [area.pk])
    bump("areas", "bodies", "posts")
    return area


def _check_free(area: Area, name: str, parent: int | None) -> None:
    twins = Area.objects.filter(parent=parent, name=name, valid_to=None).exclude(pk=area.pk)
    if twins.exists():
        raise UserError(format_lazy(_("这里已经有“{name}”了"), name=name), field="name")
