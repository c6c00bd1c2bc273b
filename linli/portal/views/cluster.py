"""The page of a street, or of a district with several: its big plate and the wall of plates below it."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.areas.api import Area, Level, children, counts_below
from linli.common import clock, slots

from ..queries import OFFICES, bodies_at, compounds_below, groups_below
from ..words import count_words, groups_words, lead_words, listed

MOST_COMPOUNDS = 60
MOST_GROUPS = 12


def render_cluster(request: HttpRequest, place: Area, crumbs: list[dict[str, Any]] | None = None) -> HttpResponse:
    day = clock.local_date(clock.now())
    below = children(place, day)
    counts = counts_below(place)
    groups, groups_number = groups_below(place, day, MOST_GROUPS)
    compounds = compounds_below(place, day) if place.level == Level.STREET else []
    parts = [count_words(level, counts[level]) for level in (Level.STREET, Level.COMMUNITY, Level.COMPOUND) if counts.get(level)]
    if groups_number:
        parts.append(groups_words(groups_number))
    context = {
        "place": place, "crumbs": crumbs, "lead": lead_words(listed(parts)) if parts else "", "sites": _sites(below), "compounds": compounds[:MOST_COMPOUNDS],
        "groups": groups, "groups_number": groups_number, "bodies": [body for body in bodies_at(place, [], day) if body.kind in OFFICES],
        "boxes": slots.entries("place.boxes", request, place=place), "is_street": place.level == Level.STREET,
    }  # fmt: skip
    return render(request, "portal/cluster.html", context)


def _sites(below: list[Area]) -> list[dict[str, Any]]:
    """The plates of the wall, each with how many places stand right below it; one query."""
    rows = Area.objects.filter(parent__in=below, valid_to=None, level__lte=Level.BUILDING).order_by()
    counts = {(parent, level): n for parent, level, n in rows.values_list("parent_id", "level").annotate(n=Count("id"))}
    return [
        {
            "name": area.name, "latin": area.latin, "url": reverse("portal:place", args=[area.pk]), "plate": area.plate,
            "place": area.address,
            "meta": [count_words(level, counts[area.pk, level]) for level in Level if (area.pk, level) in counts],
        }
        for area in below
    ]  # fmt: skip
