"""Reading notices as their readers do: what a site shows, whose building is meant, how many homes have opened one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from linli.areas.api import Area
from linli.common import prepared
from linli.files.api import File
from linli.people.api import Actor
from linli.sites.api import Site, SiteKind

from .models import Notice, NoticeRead
from .notice_rules import NoticeLevel, NoticeState

OWNER = "notice"  # the owner kind of their files
PAGE = 20
LIVE_ORDER = ("-pinned", "-published_at", "-pk")
PAST_ORDER = ("-published_at", "-pk")


def sources(site: Site) -> list[int]:
    """The sites whose notices a site shows: a place's those above it and its own, a group's its own alone."""
    if site.kind != SiteKind.PLACE:
        return [site.pk]
    found: list[int] | None = getattr(site, "_notice_sources", None)
    if found is None:
        places = (*site.place.ancestor_ids, site.place_id)
        found = [pk for (pk,) in prepared.rows(_sites_at, places)]
        site._notice_sources = found  # type: ignore[attr-defined]
    return found


def _sites_at(places: tuple[int, ...]) -> QuerySet[Site, tuple[int]]:
    return Site.objects.filter(kind=SiteKind.PLACE, place__in=places).values_list("pk")


def newest(
    rows: QuerySet[Notice], sites: list[int], part: slice, order: tuple[str, ...] = LIVE_ORDER
) -> list[Notice]:
    """A part of the notices of these sites in order. Each site gives its first by its index, so the rest is never read."""
    names = [name.removeprefix("-") for name in order]
    keys: list[tuple[Any, ...]] = []
    for pk in sites:
        keys += rows.filter(site=pk).order_by(*order).values_list(*names)[: part.stop]
    wanted = [key[-1] for key in sorted(keys, reverse=True)[part]]
    return _whole(wanted)


def _whole(wanted: list[UUID]) -> list[Notice]:
    found = Notice.objects.select_related("issuer", "site__place", "place").in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def leading(site: Site, now: datetime, limit: int, *, urgent: bool = False) -> list[Notice]:
    """The first that hold at a site, for its first page: as `newest`, by questions whose SQL is written once."""
    keys = [row for pk in sources(site) for row in prepared.rows(_leading, pk, urgent, limit, values=(now,))]
    return _whole([key[-1] for key in sorted(keys, reverse=True)[:limit]])


def _leading(site: int, urgent: bool, limit: int, now: datetime) -> QuerySet[Notice, tuple[Any, ...]]:
    rows = Notice.objects.live(now).filter(site=site)
    if urgent:
        rows = rows.filter(level=NoticeLevel.URGENT)
    return rows.order_by(*LIVE_ORDER).values_list("pinned", "published_at", "pk")[:limit]


@dataclass
class Listing:
    """The notices of a site, as a paginator wants them. `hidden`: those for chosen buildings elsewhere than his home."""

    site: Site
    now: datetime
    kind: str = ""
    level: str = ""
    past: bool = False
    ordered = True

    def __post_init__(self) -> None:
        self.sites = sources(self.site)
        rows = Notice.objects.past() if self.past else Notice.objects.live(self.now)
        self.order = PAST_ORDER if self.past else LIVE_ORDER
        self.rows = rows.filter(
            **{name: value for name in ("kind", "level") if (value := getattr(self, name))}
        )

    def without_buildings(self) -> Listing:
        """For somebody who lives in another compound: what is meant for chosen buildings here is not his."""
        self.rows = self.rows.filter(audience="")
        return self

    def count(self) -> int:
        return sum(self.rows.filter(site=pk).count() for pk in self.sites)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Notice]:
        return newest(self.rows, self.sites, part, self.order)

    def next_change(self) -> datetime | None:
        """When the first of those shown is over, so that the kept page ends with it."""
        found = Notice.objects.live(self.now).at_sites(self.sites).aggregate(first=Min("valid_until"))
        return found["first"]


def first_end(notices: Iterable[Notice]) -> datetime | None:
    """When the first of these is over: until then nothing but a write changes which ones come first."""
    return min((notice.valid_until for notice in notices), default=None)


def living_elsewhere(actor: Actor, site: Site) -> bool:
    """Whether he lives in a home, and in none at this site's place."""
    homes = [stay for stay in actor.stays if stay.in_home]
    return bool(homes) and not any(
        stay.path.startswith(site.place.path) or site.place.path.startswith(stay.path) for stay in homes
    )


def home_keys(actor: Actor) -> dict[int, frozenset[int]]:
    """Of each of his homes the places around it, by the home's key; one query."""
    keys = [stay.area_id for stay in actor.stays if stay.in_home]
    return (
        {area.pk: frozenset([*area.ancestor_ids, area.pk]) for area in Area.objects.filter(pk__in=keys)}
        if keys
        else {}
    )


def homes_meant(notice: Notice, homes: dict[int, frozenset[int]]) -> list[int]:
    """Which of the homes belong to the audience."""
    meant = set(notice.buildings) or {notice.place_id}
    return [pk for pk, around in homes.items() if around & meant]


def unread(actor: Actor, notices: Iterable[Notice], homes: dict[int, frozenset[int]]) -> set[UUID]:
    """Which of them were written to him and not opened yet."""
    meant = {notice.pk for notice in notices if homes_meant(notice, homes)}
    if not meant or actor.person is None:
        return set()
    seen = NoticeRead.objects.filter(notice__in=meant, person=actor.person).values_list(
        "notice_id", flat=True
    )
    return meant.difference(seen)


def readable(pk: UUID) -> Notice | None:
    """A notice that was published once, whatever has become of it."""
    rows = Notice.objects.select_related("issuer", "site__place", "site__body", "place", "corrects")
    return rows.filter(pk=pk).exclude(published_at=None).first()


def correction_of(notice: Notice) -> Notice | None:
    """What took its place."""
    return notice.corrections.filter(
        state__in=(NoticeState.PUBLISHED, NoticeState.EXPIRED, NoticeState.CORRECTED)
    ).first()


def homes_that_opened(notice: Notice) -> int:
    found = NoticeRead.objects.filter(notice=notice).aggregate(n=Count("home", distinct=True))
    return found["n"] or 0


def files_of(notice: Any) -> list[File]:
    return list(
        File.objects.filter(owner_kind=OWNER, owner_id=str(getattr(notice, "pk", notice))).order_by(
            "at", "pk"
        )
    )


def feed_of(site: Site, limit: int = 30) -> list[Notice]:
    """The newest of a site for its feed, ended ones too: a reader's program has fetched them already."""
    rows = Notice.objects.filter(state__in=(NoticeState.PUBLISHED, NoticeState.EXPIRED))
    return newest(rows, sources(site), slice(0, limit), PAST_ORDER)
