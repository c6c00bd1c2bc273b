"""The public page of a community, compound or building. Entrances and homes have none."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.areas.api import (
    Area,
    Level,
    Succession,
    building_facts,
    children,
    counts_below,
    dwellings_below,
    houses,
    title,
)
from linli.common import clock, slots
from linli.common.pagecache import cached, midnight
from linli.people.api import P, may, public

from ..queries import CLUSTER_TAGS, bodies_at, home_place, homes_of_buildings, place_url, public_place
from ..scene import draw
from ..words import count_words, facts_of, floors_words, range_words
from .cluster import render_cluster


def crumbs_of(above: list[Area]) -> list[dict[str, Any]]:
    return [{"label": title(area), "url": place_url(area.pk)} for area in above]


@require_safe
@public
@cached(tags=CLUSTER_TAGS, query=("page",), valid_until=midnight)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    found = public_place(pk)
    if found is None:
        raise Http404
    area, above = found
    day = clock.local_date(clock.now())
    if home_place(day).place == area:
        return redirect("portal:home")
    if area.level <= Level.STREET:
        return render_cluster(request, area, crumbs_of(above))
    drawn = houses(area)
    below = [] if area.level == Level.BUILDING else children(area, day)
    context = {
        "place": area, "name": _name(area, above), "crumbs": crumbs_of(above),
        "scene": draw(drawn, area.pk), "bodies": bodies_at(area, above, day), "below": _below(area, below),
        "after": [link.new for link in Succession.objects.filter(old=area).select_related("new")] if area.valid_to else [],
        "boxes": slots.entries("place.boxes", request, place=area), "is_building": area.level == Level.BUILDING,
        **_figures(area, area.address or _address(above), drawn), **_rights(request, area),
    }  # fmt: skip
    return render(request, "portal/place.html", context)


def _name(area: Area, above: list[Area]) -> str:
    return f"{above[-1].name} {area.name}" if area.level == Level.BUILDING and above else title(area)


def _address(above: list[Area]) -> str:
    return above[-1].address if above and above[-1].level >= Level.COMPOUND else ""


def _figures(area: Area, address: str, drawn: list[Any]) -> dict[str, Any]:
    """The facts, the line under the picture, and what the picture shows in words."""
    counts, dwellings = counts_below(area), dwellings_below(area)
    facts = facts_of(area, counts, dwellings)
    top = max((house.floors for house in drawn), default=0)
    if top:
        facts.append({"label": _("最高"), "value": floors_words(top)})
    if area.level == Level.BUILDING:
        sizes = building_facts(area)
        if sizes["least"] and sizes["most"]:
            facts.append({"label": _("建筑面积"), "value": range_words(sizes["least"], sizes["most"])})
    parts = [address] if address else []
    parts += [count_words(Level.HOME, dwellings)] if dwellings else []
    parts += [count_words(level, counts[level]) for level in (Level.COMPOUND, Level.BUILDING) if counts.get(level)]
    shown = _("%(name)s的房子，从正面看：%(n)d 幢，最高 %(top)d 层") % {"name": area.name, "n": len(drawn), "top": top}
    return {"facts": facts, "line": "·".join(parts), "shown": shown}


def _below(area: Area, below: list[Area]) -> list[dict[str, Any]]:
    homes = homes_of_buildings(area) if area.level == Level.COMPOUND else {}
    return [
        {
            "name": child.name, "latin": child.latin, "plate": child.plate, "place": child.address,
            "url": place_url(child.pk), "label": child.name,
            "meta": [count_words(Level.HOME, homes[child.pk])] if homes.get(child.pk) else [],
        }
        for child in below
        if child.level <= Level.BUILDING
    ]  # fmt: skip


def _rights(request: HttpRequest, area: Area) -> dict[str, bool]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "may_chart": may(actor, P.CHART_SEE, area),
        "may_edit": area.level in (Level.COMPOUND, Level.BUILDING) and not area.valid_to and may(actor, P.HOMES_EDIT, area),
        "may_homes": area.level == Level.COMPOUND and may(actor, P.HOMES_EDIT, area),
    }
