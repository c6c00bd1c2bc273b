"""The building chart. Doors and floor areas for the compound; who lives there for the committee alone."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Door, HomeUse, Level, ancestors, building_chart
from linli.common import clock, slots
from linli.people.api import Occupancy, P, may, needs, occupancy, require

from ..words import square_metres
from .places import crumbs_of

NOBODY = Occupancy()


@require_safe
@needs(P.CHART_SEE)
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    building = get_object_or_404(Area, pk=pk, level=Level.BUILDING)
    require(actor, P.CHART_SEE, building)
    drawn = building_chart(building)
    sees = may(actor, P.OCCUPANTS_SEE, building)
    known = occupancy(drawn.doors, clock.local_date(clock.now())) if sees else {}
    door = _chosen(request, drawn.doors)
    cells = {key: _cell(one, known.get(key, NOBODY), sees, door) for key, one in drawn.doors.items()}
    above = [area for area in ancestors(building) if area.level >= Level.COMMUNITY]
    context = {
        "building": building, "compound": above[-1] if above else building, "crumbs": crumbs_of([*above, building]),
        "chart": drawn, "wide": "x" if drawn.columns > 12 else "l" if drawn.columns > 8 else "s" if drawn.columns < 5 else "", "sees": sees,
        "floors": [_floor(floor, cells) for floor in drawn.floors], "legend": _legend(cells.values()) if sees else [],
        "summary": _summary(building, drawn), "pane": _pane(door, known.get(door.id, NOBODY), sees) if door else None,
        "links": slots.entries("home.actions", request, home=door.id) if door else [],
    }  # fmt: skip
    return render(request, "portal/chart.html", context)


def _chosen(request: HttpRequest, doors: dict[int, Door]) -> Door | None:
    """The door of `?home=`; one of another building is not found."""
    key = request.GET.get("home", "")
    if not key:
        return None
    if not key.isdecimal() or int(key) not in doors:
        raise Http404
    return doors[int(key)]


def _cell(door: Door, home: Occupancy, sees: bool, chosen: Door | None) -> dict[str, Any]:
    """One window: word, shape and colour for a state, so that it reads without colour too."""
    cell = {"no": door.room, "url": f"?home={door.id}#home", "current": chosen is not None and chosen.id == door.id, "who": ""}
    kind, state = _state(door, home, sees)
    if home.dwellers:
        first = home.dwellers[0].name
        cell["who"] = first if home.count == 1 else _("%(name)s等 %(n)d 人") % {"name": first, "n": home.count}
    elif home.waiting:
        cell["who"] = ngettext("%(n)d 份申请", "%(n)d 份申请", home.waiting) % {"n": home.waiting}
    elif not sees:
        cell["who"] = square_metres(door.floor_area)
    return {**cell, "kind": kind, "state": state}


def _state(door: Door, home: Occupancy, sees: bool) -> tuple[str, str]:
    use = "" if door.use == HomeUse.DWELLING else str(HomeUse(door.use).label)
    if not sees:
        return "", use or str(HomeUse.DWELLING.label)
    if home.let:
        return "r", _("有租户")
    if home.dwellers:
        return "o", use or _("已认证")
    if home.waiting:
        return "q", _("等核实")
    return ("", use) if use else ("e", _("没人认证"))


def _legend(cells: Any) -> list[dict[str, Any]]:
    words = {"o": _("已认证"), "r": _("有租户"), "q": _("等核实"), "e": _("没人认证")}
    kinds = [cell["kind"] for cell in cells]
    return [{"kind": kind, "text": f"{word} {kinds.count(kind)}"} for kind, word in words.items() if kind in kinds]


def floor_name(number: int) -> str:
    if number < 0:
        return pgettext("name of a floor", "地下 %(n)d 层") % {"n": -number}
    return pgettext("name of a floor", "%(n)d 层") % {"n": number}


def _floor(floor: Any, cells: dict[int, dict[str, Any]]) -> dict[str, Any]:
    rows = [{"homes": [cells[door.id] for door in doors], "last": last} for doors, last in floor.cells]
    return {"name": floor_name(floor.number), "cells": rows}


def _summary(building: Area, drawn: Any) -> str:
    return _("%(name)s，%(floors)d 层，%(entrances)d 个单元，共 %(homes)d 户。每格是一户，按 Tab 键逐户走，回车看详情。") % {
        "name": building.name, "floors": len(drawn.floors), "entrances": len(drawn.entrances), "homes": len(drawn.doors),
    }  # fmt: skip


def _pane(door: Door, home: Occupancy, sees: bool) -> dict[str, Any]:
    """The details of one home."""
    rows = [
        {"label": _("楼层"), "value": floor_name(door.floor)},
        {"label": _("用途"), "value": HomeUse(door.use).label},
        {"label": _("建筑面积"), "value": square_metres(door.floor_area, exact=True) or _("没有登记")},
    ]
    if sees and home.waiting:
        rows.append({"label": _("等核实"), "value": ngettext("%(n)d 份申请", "%(n)d 份申请", home.waiting) % {"n": home.waiting}})
    if not sees:
        heading = str(HomeUse(door.use).label)
    elif home.dwellers:
        heading = ngettext("认证了 %(n)d 人", "认证了 %(n)d 人", home.count) % {"n": home.count}
    else:
        heading = _("还没人认证住在这里")
    return {"door": door, "rows": rows, "heading": heading, "dwellers": home.dwellers}
