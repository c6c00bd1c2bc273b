"""What is new at each place of a wall of plates: the newest notice, and how many there were in a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.urls import reverse

from linli.common import prepared
from linli.sites.api import Site, SiteKind

from .models import Notice

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class News:
    """`title` is empty where nothing holds now."""

    title: str
    url: str
    week: int


def news_of(places: Iterable[int], now: datetime) -> dict[int, News]:
    """By the place's key, for places whose own site has told something; two statements.

    What is meant for chosen buildings is not shown on the street's wall.
    """
    keys = tuple(places)
    rows = prepared.rows(_last, keys, values=(now,))
    last = {place: (title, reverse("portal:notice", args=[pk])) for place, pk, title in rows if pk is not None}
    counts = dict(prepared.rows(_of_a_week, keys, values=(now - WEEK,)))
    return {place: News(*last.get(place, ("", "")), counts.get(place, 0)) for place in {*counts, *last}}


def _own(places: tuple[int, ...]) -> QuerySet[Site]:
    return Site.objects.filter(kind=SiteKind.PLACE, place__in=places)


def _last(places: tuple[int, ...], now: datetime) -> QuerySet[Site, tuple[Any, ...]]:
    newest = Notice.objects.live(now).filter(site=OuterRef("pk"), audience="").order_by("-published_at", "-pk")
    rows = _own(places).annotate(last=Subquery(newest.values("pk")[:1]), title=Subquery(newest.values("title")[:1]))
    return rows.values_list("place_id", "last", "title")


def _of_a_week(places: tuple[int, ...], since: datetime) -> QuerySet[Notice, tuple[int, int]]:
    week = Notice.objects.filter(site__in=_own(places), audience="", published_at__gt=since, state__in=("published", "expired"))
    return week.order_by().values_list("site__place").annotate(n=Count("pk"))
