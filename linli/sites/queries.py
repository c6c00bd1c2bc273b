"""Reading sites."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.areas.api import Area, Level
from linli.common import prepared
from linli.common.pagecache import kept
from linli.people.api import Actor

from .group_rules import GroupState
from .models import FormerSlug, GroupApplication, Site
from .permissions import S
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


def group_urls(area: Area, day: date) -> dict[UUID, str]:
    """The addresses of the sites of the groups at or below the place, by their body."""
    return {body: f"/s/{slug}/" for body, slug in prepared.rows(_groups_under, area.path, day)}


def _groups_under(path: str, day: date) -> QuerySet[Site, tuple[UUID, str]]:
    rows = Site.objects.filter(place__path__under=path).open_on(day).exclude(kind=SiteKind.PLACE)
    return rows.values_list("body_id", "slug")


def site_at_host(host: str) -> Site | None:
    return Site.objects.filter(~Q(host=""), host=host).select_related("place", "body").first()


def all_sites() -> list[Site]:
    """Every site, the places' first, from the street down."""
    return list(
        Site.objects.select_related("place", "body").order_by("-kind", "place__level", "place__sort", "pk")
    )


def site_urls(keys: Iterable[int]) -> dict[int, str]:
    """The addresses of the sites of places, by the place's key; one statement."""
    return {pk: f"/s/{slug}/" for pk, slug in prepared.rows(_slugs_of, tuple(keys))}


def _slugs_of(keys: tuple[int, ...]) -> QuerySet[Site, tuple[int, str]]:
    return Site.objects.filter(kind=SiteKind.PLACE, place__in=keys).values_list("place_id", "slug")


GROUP_LEVELS = (Level.STREET, Level.COMMUNITY, Level.COMPOUND)


def may_ask_at(actor: Actor, place: Area) -> bool:
    """Whether the actor may ask for a group there: at his compound and the community around it."""
    if actor.person is None or actor.mandate is not None or actor.acting is not None:
        return False
    return place.level in (Level.COMMUNITY, Level.COMPOUND) and any(
        path.startswith(place.path) for path in actor.paths_for(S.GROUP_APPLY)
    )


def group_places(actor: Actor) -> QuerySet[Area]:
    """Where the actor may found a group, or ask for one."""
    rows = Area.objects.filter(level__in=GROUP_LEVELS, valid_to=None).order_by("level", "sort", "pk")
    if actor.person is None or actor.mandate is not None:
        return rows.none()
    if actor.acting:
        return rows.under_any(actor.paths_for(S.GROUP_FOUND))
    paths = actor.paths_for(S.GROUP_APPLY)
    keys = {int(key) for path in paths for key in path.strip("/").split("/")}
    return rows.filter(pk__in=keys, level__in=(Level.COMMUNITY, Level.COMPOUND))


def waiting_groups(actor: Actor) -> QuerySet[GroupApplication]:
    """What waits for the actor's decision, the oldest first."""
    inside = Q(pk__in=[])
    for path in actor.paths_for(S.GROUP_FOUND) if actor.acting else ():
        inside |= Q(place__path__under=path)
    return GroupApplication.objects.filter(inside, state=GroupState.APPLIED).select_related("by", "place").order_by("at")


def decided_groups(actor: Actor) -> QuerySet[GroupApplication]:
    """What was decided in the actor's places, the newest first."""
    inside = Q(pk__in=[])
    for path in actor.paths_for(S.GROUP_FOUND) if actor.acting else ():
        inside |= Q(place__path__under=path)
    rows = GroupApplication.objects.filter(inside).exclude(state=GroupState.APPLIED)
    return rows.select_related("by", "place", "site__body", "site__place").order_by("-at")
