"""What is new at each place of a wall of plates: the newest notice, and how many there were in a week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse

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
    own = Site.objects.filter(kind=SiteKind.PLACE, place__in=list(places))
    newest = Notice.objects.live(now).filter(site=OuterRef("pk"), audience="").order_by("-published_at", "-pk")
    rows = own.annotate(last=Subquery(newest.values("pk")[:1]), title=Subquery(newest.values("title")[:1])).exclude(last=None)
    last = {place: (title, reverse("portal:notice", args=[pk])) for place, pk, title in rows.values_list("place_id", "last", "title")}
    week = Notice.objects.filter(site__in=own, audience="", published_at__gt=now - WEEK, state__in=("published", "expired")).order_by()
    counts = dict(week.values_list("site__place").annotate(n=Count("pk")))
    return {place: News(*last.get(place, ("", "")), counts.get(place, 0)) for place in {*counts, *last}}
