"""What the pages of places show, read from the apps below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, QuerySet
from django.urls import reverse

from linli.areas.api import Area, Cell, Level, ancestors, cell
from linli.common import prepared
from linli.common.pagecache import kept
from linli.people.api import Body, BodyKind, BodyPlace

# The order in which a page names the bodies of a place: who is nearest comes first.
ORDER = [
    BodyKind.RESIDENTS_COMMITTEE, BodyKind.SERVICE_STATION, BodyKind.OWNERS_COMMITTEE, BodyKind.PROPERTY_COMPANY,
    BodyKind.STREET_OFFICE, BodyKind.DEPARTMENT, BodyKind.DISTRICT, BodyKind.SOCIAL_ORG, BodyKind.MERCHANT,
]  # fmt: skip
OFFICES = ORDER[:7]
RANK: dict[str, int] = {kind: n for n, kind in enumerate(ORDER)}
# What the page of a place depends on; an app that fills `place.boxes` for everybody bumps "boxes" with its own writes.
PLACE_TAGS = ("areas", "bodies", "boxes", "sites")
CLUSTER_TAGS = (*PLACE_TAGS, "news")


@dataclass(frozen=True)
class Home:
    """Where `/` leads: the street that is served, or the district with its streets; None before the first import."""

    place: Area | None
    streets: tuple[Area, ...] = ()


@lru_cache(maxsize=4096)
def place_url(pk: int) -> str:
    """Pages name dozens of places; working out each address anew is a tenth of their time."""
    return reverse("portal:place", args=[pk])


def home_place(day: date) -> Home:
    """The one street of the cell, else the cell itself. Kept for everybody: not to be changed."""
    return kept(("home_place", day), lambda: _home_place(day), tags=("areas",))


def _home_place(day: date) -> Home:
    streets = tuple(prepared.objects(_streets, day))
    return Home(streets[0]) if len(streets) == 1 else Home(cell(), streets)


def _streets(day: date) -> QuerySet[Area]:
    rows = Area.objects.filter(parent__in=Cell.objects.values("area"), level=Level.STREET).valid_on(day)
    return rows.order_by("sort", "id")


def public_place(pk: int) -> tuple[Area, list[Area]] | None:
    """A place that everybody may see, with its ancestors inside the cell; None for any other."""
    district, area = cell(), Area.objects.filter(pk=pk).first()
    if area is None or district is None or not district.contains(area) or area.level > Level.BUILDING:
        return None
    return area, [place for place in ancestors(area) if place.level >= Level.DISTRICT]


def _ordered(places: Iterable[Area], day: date, kinds: Iterable[str]) -> list[Body]:
    found = prepared.objects(_acting_at, tuple(place.pk for place in places), day, tuple(kinds))
    return sorted(found, key=lambda body: RANK[body.kind])


def _acting_at(places: tuple[int, ...], day: date, kinds: tuple[str, ...]) -> QuerySet[Body]:
    keys = BodyPlace.objects.filter(area__in=places, until=None).values("body")
    return Body.objects.valid_on(day).filter(pk__in=keys, kind__in=kinds).order_by("name")


def offices_at(area: Area, day: date) -> list[Body]:
    """The authorities of a street or district itself."""
    return _ordered([area], day, OFFICES)


def bodies_at(area: Area, above: list[Area], day: date) -> list[Body]:
    """Who acts at the place: its own bodies, and for a compound or building those of the community above."""
    places = [area, *(place for place in above if place.level >= Level.COMMUNITY)]
    return _ordered(places, day, ORDER)


def groups_below(area: Area, day: date, limit: int) -> tuple[list[Body], int]:
    """Social organisations at or below the place, and how many there are."""
    rows = prepared.objects(_first_groups, area.path, day, limit + 1)
    return rows[:limit], _groups(area.path, day).count() if len(rows) > limit else len(rows)


def _groups(path: str, day: date) -> QuerySet[Body]:
    return Body.objects.valid_on(day).acting_in(path).filter(kind=BodyKind.SOCIAL_ORG)


def _first_groups(path: str, day: date, limit: int) -> QuerySet[Body]:
    return _groups(path, day).order_by("name")[:limit]


def directory(area: Area, day: date) -> list[tuple[str, list[Body]]]:
    """All bodies with a phone number at or below the place, by kind."""
    found = Body.objects.valid_on(day).acting_in(area.path).exclude(phone="").order_by("name")
    by_kind: dict[str, list[Body]] = {}
    for body in found:
        by_kind.setdefault(body.kind, []).append(body)
    return [(BodyKind(kind).label, by_kind[kind]) for kind in ORDER if kind in by_kind]


def homes_of_buildings(area: Area) -> dict[int, int]:
    """How many homes each building right below has, by its key."""
    rows = Area.objects.under(area).filter(level=Level.HOME, valid_to=None).order_by()
    found: dict[int, int] = {}
    for parent, above, n in rows.values_list("parent_id", "parent__parent_id").annotate(n=Count("id")):
        for key in (parent, above):
            found[key] = found.get(key, 0) + n
    return found
