"""The page of a street, or of a district with several: its big plate and the wall of plates below it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from linli.activities.api import coming_at
from linli.areas.api import Area, Level, children
from linli.common import clock, prepared, slots
from linli.people.api import Body
from linli.sites.api import group_urls, site_urls

from ..notice_news import news_of
from ..queries import groups_below, offices_at, place_url
from ..words import count_words, events_words, groups_words, lead_words, listed, news_words

MOST_COMPOUNDS = 60
MOST_GROUPS = 12
PLATES, LEFT_OVER = 20, 12  # on a page of the wall; so few more hang on the last page


class Below:
    """The places right below, as a paginator asks for them."""

    ordered = True

    def __init__(self, place: Area, day: date, how_many: int) -> None:
        self._key, self._day, self._how_many = place.pk, day, how_many

    def count(self) -> int:
        return self._how_many

    def __getitem__(self, part: slice) -> list[Area]:
        return prepared.objects(_some_below, self._key, self._day, part.start, part.stop)


class Cluster:
    """What the page shows of a place; read when the template asks, since a kept part does not ask."""

    def __init__(self, place: Area, number: int = 1) -> None:
        self.place, self.day, self.number = place, clock.local_date(clock.now()), number
        self.is_street = place.level == Level.STREET

    @cached_property
    def page(self) -> Page[Area]:
        """A page of the wall; the last one where there are fewer."""
        rows: Any = Below(self.place, self.day, sum(here for _level, _n, here in self._levels))
        return Paginator(rows, PLATES, orphans=LEFT_OVER).get_page(self.number)

    @cached_property
    def sites(self) -> list[dict[str, Any]]:
        return _sites(list(self.page.object_list), self._urls, clock.now())

    @cached_property
    def _levels(self) -> list[tuple[int, int, int]]:
        """Of each level how many places there are, and how many of them right below."""
        return prepared.rows(_levels, self.place.path, self.place.pk, self.day)  # type: ignore[return-value]

    @cached_property
    def _counts(self) -> dict[int, int]:
        return {level: n for level, n, _here in self._levels}

    @cached_property
    def _compounds(self) -> list[Area]:
        return prepared.objects(_compounds, self.place.path, self.day) if self.is_street else []

    @cached_property
    def _urls(self) -> dict[int, str]:
        return site_urls(area.pk for area in (*self.page.object_list, *self._compounds))

    @property
    def compounds(self) -> list[dict[str, str]]:
        return [{"name": area.name, "url": self._urls.get(area.pk) or place_url(area.pk)} for area in self._compounds]

    @property
    def more_compounds(self) -> int:
        return max(0, self._counts.get(Level.COMPOUND, 0) - MOST_COMPOUNDS)

    @cached_property
    def communities(self) -> list[dict[str, Any]]:
        """Of a district: each street with its communities, all of them."""
        if self.is_street:
            return []
        rows, streets = prepared.objects(_communities, self.place.path, self.day), children(self.place, self.day)
        urls = site_urls([*(area.pk for area in rows), *(street.pk for street in streets)])
        return [
            {"name": street.name, "url": urls.get(street.pk) or place_url(street.pk),
             "below": [{"name": one.name, "url": urls.get(one.pk) or place_url(one.pk)} for one in rows if one.parent_id == street.pk]}
            for street in streets
        ]  # fmt: skip

    @cached_property
    def _groups(self) -> tuple[list[Body], int]:
        return groups_below(self.place, self.day, MOST_GROUPS)

    @cached_property
    def groups(self) -> list[dict[str, str]]:
        """Each group by name, at its site where it has one."""
        bodies = self._groups[0]
        sites = group_urls(self.place, self.day) if bodies else {}
        return [{"name": body.name, "url": sites.get(body.pk) or reverse("people:body", args=[body.pk])} for body in bodies]

    @cached_property
    def bodies(self) -> list[Body]:
        return offices_at(self.place, self.day)

    @property
    def lead(self) -> str:
        counts = self._counts
        parts = [count_words(level, counts[level]) for level in (Level.STREET, Level.COMMUNITY, Level.COMPOUND) if counts.get(level)]
        if self._groups[1]:
            parts.append(groups_words(self._groups[1]))
        return lead_words(listed(parts)) if parts else ""


def render_cluster(request: HttpRequest, place: Area, crumbs: list[dict[str, Any]] | None = None) -> HttpResponse:
    context = {
        "place": place, "crumbs": crumbs, "cluster": Cluster(place, _number(request)),
        "boxes": slots.entries("place.boxes", request, place=place),
    }  # fmt: skip
    return render(request, "portal/cluster.html", context)


def _number(request: HttpRequest) -> int:
    """Which page of the wall: it is part of a key under which the wall is kept, so nothing else comes in."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 1


def _some_below(pk: int, day: date, start: int, stop: int) -> QuerySet[Area]:
    return Area.objects.filter(parent=pk).valid_on(day).order_by("sort", "id")[start:stop]


def _levels(path: str, pk: int, day: date) -> QuerySet[Area, tuple[int, int, int]]:
    rows = Area.objects.filter(Q(level__lte=Level.COMPOUND) | Q(parent=pk), path__under=path).valid_on(day).exclude(pk=pk)
    return rows.order_by().values_list("level").annotate(n=Count("id"), here=Count("id", filter=Q(parent=pk)))


def _compounds(path: str, day: date) -> QuerySet[Area]:
    rows = Area.objects.filter(path__under=path, level=Level.COMPOUND).valid_on(day)
    return rows.order_by("parent__sort", "sort", "id")[:MOST_COMPOUNDS]


def _communities(path: str, day: date) -> QuerySet[Area]:
    return Area.objects.filter(path__under=path, level=Level.COMMUNITY).valid_on(day).order_by("sort", "id")


def _rooms(keys: tuple[int, ...]) -> QuerySet[Area, tuple[int, int, int]]:
    rows = Area.objects.filter(parent__in=keys, valid_to=None, level__lte=Level.BUILDING).order_by()
    return rows.values_list("parent_id", "level").annotate(n=Count("id"))


def _sites(below: list[Area], urls: dict[int, str], now: datetime) -> list[dict[str, Any]]:
    """The plates of the wall, each with its newest notice, what stands right below it and what a week brings; four queries."""
    keys = tuple(area.pk for area in below)
    counts = {(parent, level): n for parent, level, n in prepared.rows(_rooms, keys)}
    news, events = news_of(keys, now), coming_at(keys, now)
    return [
        {
            "name": area.name, "latin": area.latin, "url": urls.get(area.pk) or place_url(area.pk), "plate": area.plate,
            "place": area.address,
            "last": news[area.pk].title if area.pk in news else "", "last_url": news[area.pk].url if area.pk in news else "",
            "meta": [count_words(level, counts[area.pk, level]) for level in Level if (area.pk, level) in counts]
            + ([news_words(news[area.pk].week)] if area.pk in news and news[area.pk].week else [])
            + ([events_words(events[area.pk])] if area.pk in events else []),
        }
        for area in below
    ]  # fmt: skip
