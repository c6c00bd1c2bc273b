"""Reading notices as those do who write and check them, and who has opened one, home by home."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from linli.areas.api import Area, Level
from linli.people.api import Actor, holds
from linli.sites.api import Site, SiteKind, group_of

from .models import Notice, NoticeEvent, NoticeRead
from .notice_rules import CHECKS, NoticeState
from .permissions import N

S = NoticeState
MOST_PLACES = 400
SHOWS = ("mine", "waiting", "scheduled", "published", "ended")


def writable_sites(actor: Actor) -> list[Site]:
    """Where the actor may publish: a group on its own site, all others on those of their places and below."""
    rows = Site.objects.select_related("place", "body").filter(closed_on=None)
    group, paths = group_of(actor, N.NOTICE_WRITE), actor.paths_for(N.NOTICE_WRITE)
    if group is not None:
        return list(rows.filter(body=group))
    if actor.acting is None or not paths:
        return []
    places = Area.objects.under_any(paths).filter(valid_to=None).values("pk")
    return list(
        rows.filter(kind=SiteKind.PLACE, place__in=places).order_by("place__level", "place__path")[
            :MOST_PLACES
        ]
    )


def buildings_of(place: Area) -> list[Area]:
    """The buildings that a notice may be meant for; of a compound alone."""
    if place.level != Level.COMPOUND:
        return []
    return list(Area.objects.filter(parent=place, level=Level.BUILDING, valid_to=None).order_by("sort", "pk"))


def on_desk(actor: Actor) -> QuerySet[Notice]:
    """The notices of the actor's own body, and those that he looks after."""
    acting = actor.acting
    if acting is None:
        return Notice.objects.none()
    rows = Notice.objects.select_related("place", "issuer", "site__place", "site__body", "writer")
    found = Q(pk__in=[])
    if holds(actor, N.NOTICE_WRITE):
        found |= Q(issuer=acting.body_id)
    paths = actor.paths_for(N.NOTICE_CHECK)
    if paths:
        below = Q(issuer=acting.body_id) | Q(issuer__kind__in=CHECKS.get(acting.role, frozenset()))
        found |= below & _under(paths)
    return rows.filter(found)


def _under(paths: tuple[str, ...]) -> Q:
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(place__path__under=path)
    return condition


def desk_rows(actor: Actor, show: str) -> QuerySet[Notice]:
    rows = on_desk(actor)
    if show == "waiting":
        return rows.filter(state=S.WAITING).order_by("created_at")
    if show == "scheduled":
        return rows.filter(state=S.CHECKED).order_by("publish_at")
    if show == "published":
        return rows.filter(state=S.PUBLISHED).order_by("-published_at")
    if show == "ended":
        ended = rows.filter(state__in=(S.EXPIRED, S.WITHDRAWN, S.CORRECTED)).exclude(published_at=None)
        return ended.order_by("-published_at")
    return rows.filter(writer=actor.person, state__in=(S.DRAFT, S.WAITING, S.CHECKED, S.PUBLISHED)).order_by(
        "-created_at"
    )


def waiting_count(actor: Actor) -> int:
    """How many wait for this actor's check: others' alone."""
    if not actor.paths_for(N.NOTICE_CHECK):
        return 0
    return desk_rows(actor, "waiting").exclude(writer=actor.person).order_by().count()


def history(notice: Notice) -> list[NoticeEvent]:
    return list(notice.events.select_related("by").order_by("-pk"))


# Who has opened it, home by home


@dataclass(frozen=True)
class Part:
    """A place in the audience with its homes; `home`: one door."""

    area: Area
    homes: int
    opened: int

    @property
    def missing(self) -> int:
        return self.homes - self.opened


_NEXT = {
    Level.STREET: Level.COMMUNITY, Level.COMMUNITY: Level.COMPOUND, Level.COMPOUND: Level.BUILDING, Level.BUILDING: Level.HOME,
}  # fmt: skip


def audience_roots(notice: Notice) -> list[Area]:
    """The place, or the chosen buildings of it."""
    if not notice.buildings:
        return [notice.place]
    return list(Area.objects.filter(pk__in=notice.buildings).order_by("sort", "pk"))


def readers(notice: Notice, at: Area) -> list[Part]:
    """The parts of a place within the audience, each with how many of its homes have opened the notice."""
    wanted = _NEXT.get(Level(at.level))
    if wanted is None:
        return []
    homes = Area.objects.under(at).filter(level=Level.HOME, valid_to=None)
    if notice.buildings:
        homes = homes.under_any(Area.objects.filter(pk__in=notice.buildings).values_list("path", flat=True))
    opened = set(
        NoticeRead.objects.filter(notice=notice, home__path__under=at.path).values_list("home_id", flat=True)
    )
    counts: dict[int, list[int]] = {}
    for pk, path in homes.order_by().values_list("pk", "path"):
        keys = [int(part) for part in path.strip("/").split("/")]
        for key in keys[at.path.strip("/").count("/") + 1 :]:
            tally = counts.setdefault(key, [0, 0])
            tally[0] += 1
            tally[1] += pk in opened
    areas = Area.objects.filter(pk__in=counts, level=wanted) if wanted != Level.HOME else homes
    order = ("sort", "pk") if wanted != Level.HOME else ("path",)
    return [
        Part(area, *counts[area.pk])
        for area in areas.select_related("parent").order_by(*order)
        if area.pk in counts
    ]
