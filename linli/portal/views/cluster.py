"""The page of a street, or of a district with several: its big plate and the wall of plates below it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from linli.areas.api import Area, Level, children, counts_below
from linli.common import clock, prepared, slots
from linli.people.api import Body
from linli.sites.api import group_urls, site_urls

from ..notice_news import news_of
from ..queries import groups_below, offices_at, place_url
from ..words import count_words, groups_words, lead_words, listed, news_words

MOST_COMPOUNDS = 60
MOST_GROUPS = 12


class Cluster:
    """What the page shows of a place; read when the template asks, since a kept part does not ask."""

    def __init__(self, place: Area) -> None:
        self.place, self.day = place, clock.local_date(clock.now())
        self.is_street = place.level == Level.STREET

    @cached_property
    def _below(self) -> list[Area]:
        """What lies right below, and in a street all compounds too; one query."""
        if not self.is_street:
            return children(self.place, self.day)
        return prepared.objects(_street_below, self.place.path, self.place.pk, self.day)

    @cached_property
    def sites(self) -> list[dict[str, Any]]:
        return _sites(self.place.pk, [area for area in self._below if area.parent_id == self.place.pk], self._urls)

    @cached_property
    def _urls(self) -> dict[int, str]:
        return site_urls(area.pk for area in self._below)

    @cached_property
    def compounds(self) -> list[dict[str, str]]:
        if not self.is_street:
            return []
        order = {area.pk: area.sort for area in self._below}
        found = [area for area in self._below if area.level == Level.COMPOUND]
        found.sort(key=lambda area: (order.get(area.parent_id or 0, 0), area.sort, area.pk))
        return [{"name": area.name, "url": self._urls.get(area.pk) or place_url(area.pk)} for area in found[:MOST_COMPOUNDS]]

    @cached_property
    def communities(self) -> list[dict[str, Any]]:
        """Of a district: each street with its communities, all of them."""
        if self.is_street:
            return []
        rows = prepared.objects(_communities, self.place.path, self.day)
        urls = site_urls([*(area.pk for area in rows), *(street.pk for street in self._below)])
        return [
            {"name": street.name, "url": urls.get(street.pk) or place_url(street.pk),
             "below": [{"name": one.name, "url": urls.get(one.pk) or place_url(one.pk)} for one in rows if one.parent_id == street.pk]}
            for street in self._below
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
        counts = Counter(area.level for area in self._below) if self.is_street else counts_below(self.place)
        parts = [count_words(level, counts[level]) for level in (Level.STREET, Level.COMMUNITY, Level.COMPOUND) if counts.get(level)]
        if self._groups[1]:
            parts.append(groups_words(self._groups[1]))
        return lead_words(listed(parts)) if parts else ""


def render_cluster(request: HttpRequest, place: Area, crumbs: list[dict[str, Any]] | None = None) -> HttpResponse:
    context = {
        "place": place, "crumbs": crumbs, "cluster": Cluster(place),
        "boxes": slots.entries("place.boxes", request, place=place),
    }  # fmt: skip
    return render(request, "portal/cluster.html", context)


def _street_below(path: str, pk: int, day: date) -> QuerySet[Area]:
    rows = Area.objects.filter(path__under=path).valid_on(day).exclude(pk=pk)
    return rows.filter(Q(level__lte=Level.COMPOUND) | Q(parent=pk)).order_by("sort", "id")


def _communities(path: str, day: date) -> QuerySet[Area]:
    return Area.objects.filter(path__under=path, level=Level.COMMUNITY).valid_on(day).order_by("sort", "id")


def _counts(pk: int) -> QuerySet[Area, tuple[int, int, int]]:
    rows = Area.objects.filter(parent__parent=pk, valid_to=None, level__lte=Level.BUILDING).order_by()
    return rows.values_list("parent_id", "level").annotate(n=Count("id"))


def _sites(pk: int, below: list[Area], urls: dict[int, str]) -> list[dict[str, Any]]:
    """The plates of the wall, each with its newest notice and how many places stand right below it; three queries."""
    counts = {(parent, level): n for parent, level, n in prepared.rows(_counts, pk)}
    news = news_of((area.pk for area in below), clock.now())
    return [
        {
            "name": area.name, "latin": area.latin, "url": urls.get(area.pk) or place_url(area.pk), "plate": area.plate,
            "place": area.address,
            "last": news[area.pk].title if area.pk in news else "", "last_url": news[area.pk].url if area.pk in news else "",
            "meta": [count_words(level, counts[area.pk, level]) for level in Level if (area.pk, level) in counts]
            + ([news_words(news[area.pk].week)] if area.pk in news and news[area.pk].week else []),
        }
        for area in below
    ]  # fmt: skip
