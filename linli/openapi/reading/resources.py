"""The resources: what each gives out is what everybody may read in the browser."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.areas.api import PUBLIC_LEVELS, Area, cell
from linli.calendar.api import day_reasons, days
from linli.casework.api import themes
from linli.common import clock
from linli.deliberation.api import questions_of_site
from linli.design.light import plain
from linli.portal.api import notices_of_site
from linli.sites.api import Site, absolute, find_site, site_urls

from ..georeport.asked import STATUSES, Listing
from ..georeport.cases import requests
from .shapes import ADDRESS, DAY, FLAG, MOMENT, TEXT, WHOLE, NotThere, Param, Resource, maybe

Row = dict[str, Any]
NEWEST = 200  # of notices and questions of a site
SITE = Param("site", TEXT, "A site by the name in its address, /s/<site>/", required=True, most=60)


def _iso(value: Any) -> str | None:
    return value.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if value else None


def _site(slug: str) -> Site:
    found = find_site(slug, clock.local_date(clock.now()))
    if found is None:
        raise NotThere
    return found


def _places(asked: Row, start: int, stop: int) -> list[Row]:
    top = cell()
    if top is None:
        return []
    rows = Area.objects.under(top).valid_on(clock.local_date(clock.now())).filter(level__in=PUBLIC_LEVELS)
    for name in ("parent", "level"):
        if name in asked:
            rows = rows.filter(**{name: asked[name]})
    found = list(rows.order_by("path")[start:stop])
    urls = site_urls(area.pk for area in found)
    return [
        {
            "id": area.pk, "code": area.code or None, "name": area.name, "level": area.level, "parent": area.parent_id,
            "address": area.address, "site": absolute(urls[area.pk]) if area.pk in urls else None,
        }
        for area in found
    ]  # fmt: skip


def _days(asked: Row, start: int, stop: int) -> list[Row]:
    """Every day of the year; 404 for a year without a table, since nobody knows its days off."""
    known, first = days(), date(asked["year"], 1, 1)
    if not known.covers(first):
        raise NotThere
    why = day_reasons(asked["year"])
    every = [first + timedelta(days=n) for n in range((date(asked["year"] + 1, 1, 1) - first).days)]
    return [{"date": day.isoformat(), "working": known.is_working(day), "reason": why.get(day, "")} for day in every[start:stop]]


def _notices(asked: Row, start: int, stop: int) -> list[Row]:
    return [
        {
            "id": str(row.pk), "title": row.title, "text": plain(row.text, 4000), "kind": row.kind, "level": row.level,
            "issuer": row.issuer.name, "published": _iso(row.published_at), "until": _iso(row.valid_until), "url": absolute(row.url),
        }
        for row in notices_of_site(_site(asked["site"]), NEWEST)[start:stop]
    ]  # fmt: skip


def _questions(asked: Row, start: int, stop: int) -> list[Row]:
    return [
        {
            "id": str(row.pk), "number": row.number, "title": row.title, "text": plain(row.text, 4000), "theme": row.theme,
            "state": row.state, "asked_of": row.asked_of.name, "put": _iso(row.put_at), "answered": _iso(row.answered_at),
            "url": absolute(row.url),
        }
        for row in questions_of_site(_site(asked["site"]), NEWEST)[start:stop]
    ]  # fmt: skip


def _themes(_asked: Row, start: int, stop: int) -> list[Row]:
    rows = list(themes().values())[start:stop]
    return [{"key": row.key, "zh": row.zh, "en": row.en, "kind": row.kind.value} for row in rows]


def _cases(asked: Row, start: int, stop: int) -> list[Row]:
    now = clock.now()
    wanted = Listing(
        codes=(asked["theme"],) if "theme" in asked else (), statuses=(asked["state"],) if "state" in asked else STATUSES,
        start=now - timedelta(days=3660), end=now, page=1, size=stop,
    )  # fmt: skip
    keys = ("service_request_id", "status", "service_code", "description", "agency_responsible", "address", "page_url")
    names = ("id", "status", "theme", "text", "unit", "where", "url")
    return [dict(zip(names, (row[key] for key in keys), strict=True)) for row in requests(wanted, absolute(""))[start:]]


RESOURCES = (
    Resource(
        "places", "Streets, communities, compounds and buildings of the district",
        {
            "id": WHOLE, "code": maybe(TEXT), "name": TEXT, "level": WHOLE, "parent": maybe(WHOLE), "address": TEXT, "site": maybe(ADDRESS),
        },
        _places,
        (
            Param("parent", WHOLE, "Those directly below a place", most=10**12),
            Param("level", WHOLE, "4 street, 5 community, 6 compound, 7 building", least=4, most=7),
        ),
    ),
    Resource(
        "days", "Working days and days off by the State Council's tables", {"date": DAY, "working": FLAG, "reason": TEXT}, _days,
        (Param("year", WHOLE, "A year with a table", required=True, least=2000, most=2100),),
    ),
    Resource(
        "notices", "The newest notices that a site shows, ended ones too",
        {
            "id": TEXT, "title": TEXT, "text": TEXT, "kind": TEXT, "level": TEXT, "issuer": TEXT, "published": MOMENT, "until": MOMENT,
            "url": ADDRESS,
        },
        _notices, (SITE,),
    ),
    Resource(
        "questions", "The newest public questions of a site, and what became of them",
        {
            "id": TEXT, "number": TEXT, "title": TEXT, "text": TEXT, "theme": TEXT, "state": TEXT, "asked_of": TEXT, "put": MOMENT,
            "answered": maybe(MOMENT), "url": ADDRESS,
        },
        _questions, (SITE,),
    ),
    Resource("themes", "What a case may be about", {"key": TEXT, "zh": TEXT, "en": TEXT, "kind": TEXT}, _themes),
    Resource(
        "cases", "Published cases, newest first",
        {"id": TEXT, "status": TEXT, "theme": TEXT, "text": TEXT, "unit": TEXT, "where": TEXT, "url": ADDRESS}, _cases,
        (Param("theme", TEXT, "A theme by its key", most=20), Param("state", TEXT, "open or closed", among=STATUSES)),
    ),
)  # fmt: skip
