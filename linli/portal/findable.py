"""Places and bodies as things that can be found; they lie below the search, so they are described here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.areas.api import PUBLIC_LEVELS, Area, Level, ancestors_of, cell, title
from linli.common import clock, findable
from linli.people.api import Body, BodyPlace
from linli.search.api import Entry, drop_entries, put_entries, register_kind
from linli.sites.api import site_urls

from .queries import ORDER

PLACE, BODY = "place", "body"
_FIRST_PLACE, _FIRST_BODY = 15, 8
AT_ONCE = 200  # paths in one statement: SQLite takes an expression no deeper than 1,000


def describe_places(rows: Any) -> Iterator[Entry]:
    """The public places inside the cell that exist today."""
    top = cell()
    if top is None:
        return
    today = clock.local_date(clock.now())
    areas = list(rows.valid_on(today).filter(level__in=PUBLIC_LEVELS, path__under=top.path).order_by("level", "pk"))
    above, urls = ancestors_of(areas), site_urls(area.pk for area in areas)
    for area in areas:
        yield _place(area, [place for place in above[area.pk] if place.level >= Level.DISTRICT], urls.get(area.pk, ""))


def _place(area: Area, above: list[Area], url: str) -> Entry:
    name = f"{above[-1].name} {area.name}" if area.level == Level.BUILDING and above else title(area)
    text = " ".join(filter(None, [area.address, *(title(place) for place in reversed(above)), area.official_name, area.latin]))
    return Entry(
        kind=PLACE, subject=str(area.pk), title=name, url=url or reverse("portal:place", args=[area.pk]), text=text, place=area.path,
        first=_FIRST_PLACE - (area.level - Level.DISTRICT), nth=area.pk,
    )  # fmt: skip


def places_changed(keys: list[Any]) -> None:
    """A place and all below it, whose titles and texts name it."""
    paths = list(Area.objects.filter(pk__in=keys).values_list("path", flat=True))
    for at in range(0, max(1, len(paths)), AT_ONCE):
        _below_changed(paths[at : at + AT_ONCE])


def _below_changed(paths: list[str]) -> None:
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__under=path)
    _renew(PLACE, Area.objects.filter(below, level__in=PUBLIC_LEVELS), describe_places)
    acting = BodyPlace.objects.filter(area__in=Area.objects.filter(below)) if paths else BodyPlace.objects.none()
    _renew(BODY, Body.objects.filter(pk__in=acting.values("body")), describe_bodies)  # their place may lie elsewhere now


def describe_bodies(rows: Any) -> Iterator[Entry]:
    """The bodies that exist today, each at the first place where it acts."""
    today = clock.local_date(clock.now())
    standing = list(rows.valid_on(today))
    acting = BodyPlace.objects.filter(body__in=standing, since__lte=today).filter(Q(until=None) | Q(until__gt=today))
    paths: dict[Any, str] = {}
    for key, path in acting.order_by("area__level", "area_id").values_list("body_id", "area__path"):
        paths.setdefault(key, path)
    order = {kind: n for n, kind in enumerate(ORDER)}
    for body in standing:
        text = " ".join(filter(None, [body.official_name, body.address, body.hours, body.phone]))
        yield Entry(
            kind=BODY, subject=str(body.pk), title=body.name, url=reverse("people:body", args=[body.pk]), text=text,
            place=paths.get(body.pk, ""), first=_FIRST_BODY, nth=order.get(body.kind, len(order)),
        )  # fmt: skip


def bodies_changed(keys: list[Any]) -> None:
    _renew(BODY, Body.objects.filter(pk__in=keys), describe_bodies)


def _renew(kind: str, rows: Any, describe: Any) -> None:
    entries = list(describe(rows))
    kept = {entry.subject for entry in entries}
    drop_entries(kind=kind, subjects=[str(pk) for pk in rows.values_list("pk", flat=True) if str(pk) not in kept])
    put_entries(entries)


register_kind(PLACE, _("地方"), lambda: describe_places(Area.objects.all()), order=10, dated=True)
register_kind(BODY, _("单位"), lambda: describe_bodies(Body.objects.all()), order=20, dated=True)
findable.listen(PLACE, places_changed)
findable.listen(BODY, bodies_changed)
