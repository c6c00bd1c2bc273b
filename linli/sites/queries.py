"""Reading sites."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date

from django.db.models import Q

from linli.areas.api import Area, Level
from linli.common.pagecache import kept

from .models import FormerSlug, Site
from .rules import SiteKind


def find_site(slug: str, day: date) -> Site | None:
    """The open site at the address; one's own copy of what is kept."""
    return copy(kept(("site at", slug, day), lambda: _find_site(slug, day), tags=("sites", "areas", "bodies")))


def _find_site(slug: str, day: date) -> Site | None:
    return Site.objects.open_on(day).select_related("place", "body").filter(slug=slug).first()


def moved_to(slug: str) -> str | None:
    """The present address of the site that had this one."""
    return FormerSlug.objects.filter(slug=slug).values_list("site__slug", flat=True).first()


def site_of(area: Area) -> Site | None:
    """The site of the place itself."""
    return Site.objects.filter(kind=SiteKind.PLACE, place=area).select_related("place").first()


def nearest_site(area: Area) -> Site | None:
    """The site of the place or of the nearest place above that has one: of a home, its compound's."""
    found = Site.objects.filter(kind=SiteKind.PLACE, place__in=[*area.ancestor_ids, area.pk])
    return found.select_related("place").order_by("-place__level").first()


def sites_of_level(area: Area, level: Level, day: date) -> list[Site]:
    """The sites of the places of a level at or below the place, in the places' order."""
    rows = (
        Site.objects.under(area)
        .open_on(day)
        .filter(kind=SiteKind.PLACE, place__level=level, place__valid_to=None)
    )
    return list(rows.select_related("place").order_by("place__sort", "place_id"))


def group_sites(area: Area, day: date) -> list[Site]:
    """The sites of the groups at or below the place, by name."""
    rows = Site.objects.under(area).open_on(day).exclude(kind=SiteKind.PLACE)
    return list(rows.select_related("place", "body").order_by("body__name"))


def site_at_host(host: str) -> Site | None:
    return Site.objects.filter(~Q(host=""), host=host).select_related("place", "body").first()


def all_sites() -> list[Site]:
    """Every site, the places' first, from the street down."""
    return list(
        Site.objects.select_related("place", "body").order_by("-kind", "place__level", "place__sort", "pk")
    )


def site_urls(keys: Iterable[int]) -> dict[int, str]:
    """The addresses of the sites of places, by the place's key; one statement."""
    rows = Site.objects.filter(kind=SiteKind.PLACE, place__in=list(keys)).values_list("place_id", "slug")
    return {pk: f"/s/{slug}/" for pk, slug in rows}
