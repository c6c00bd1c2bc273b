"""Reads of bodies and posts. A list takes the same number of queries however long it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.areas.api import Area, ancestors, children

from ..models import Body, Post
from ..permissions import P
from ..policy import Actor
from ..rules import BodyKind, PostEnd, Role


def desk_list(actor: Actor, day: date, *, kind: str = "", words: str = "") -> QuerySet[Body]:
    """The actor's own body, and the standing ones in his places where he may edit; with the number of people in post."""
    inside = Q(pk=actor.acting.body_id) if actor.acting else Q(pk__in=[])
    for path in actor.paths_for(P.BODIES_EDIT):
        inside |= Q(places__area__path__under=path, places__until=None)
    rows = Body.objects.filter(inside).filter(Q(valid_to=None) | Q(valid_to__gt=day))
    if kind in BodyKind.values:
        rows = rows.filter(kind=kind)
    if words:
        rows = rows.filter(name__contains=words[:80])
    inpost = Q(posts__since__lte=day) & (Q(posts__until=None) | Q(posts__until__gt=day))
    counted = rows.distinct().annotate(people=Count("posts__person", filter=inpost, distinct=True))
    return counted.prefetch_related("places__area").order_by("kind", "name", "pk")


def one(pk: UUID) -> Body | None:
    """A body with its places."""
    return Body.objects.filter(pk=pk).prefetch_related("places__area").first()


def places_on(body: Body, day: date) -> list[Area]:
    """Where the body acts on the day; from what `one` or `desk_list` read."""
    rows = [p for p in body.places.all() if p.since <= day and (p.until is None or p.until > day)]
    return [p.area for p in sorted(rows, key=lambda p: (p.area.level, p.area.sort, p.area_id))]


def in_post(body: Body, day: date) -> list[Post]:
    """Who holds posts in the body on the day, heads first."""
    rows = Post.objects.filter(body=body).held_on(day).select_related("person", "body")
    return list(rows.order_by("-is_head", "since", "id"))


@dataclass(frozen=True)
class PostRow:
    """A post as the desk shows it."""

    id: UUID
    person_id: UUID
    name: str
    title: str
    role: str
    is_head: bool
    since: date
    until: date | None
    state: str  # now, soon, past
    why: str
    may_end: bool


def post_rows(body: Body, day: date, ending: set[UUID]) -> list[PostRow]:
    """All posts of the body ever; `ending` are those that the reader may end."""
    rows = Post.objects.filter(body=body).select_related("person").order_by("-is_head", "since", "id")
    return [
        PostRow(
            post.pk, post.person_id, post.person.display_name, post.title, str(Role(post.role).label), post.is_head,
            post.since, post.until, state_of(post, day), why_ended(post), post.pk in ending,
        )
        for post in rows
    ]  # fmt: skip


def state_of(post: Post, day: date) -> str:
    if post.until is not None and post.until <= day:
        return "past"
    return "soon" if post.since > day else "now"


def why_ended(post: Post) -> str:
    """Why a post ended, in words; what the system ended by itself is stored as a code."""
    return str(PostEnd(post.ended_why).label) if post.ended_why in PostEnd.values else post.ended_why


def before(body: Body) -> list[Body]:
    """Whom it succeeded."""
    return [row.old for row in body.origins.select_related("old").order_by("on", "id")]


def after(body: Body) -> list[Body]:
    """Who succeeded it."""
    return [row.new for row in body.successions.select_related("new").order_by("on", "id")]


def place_options(actor: Actor, at: Area | None, kept: list[Area], day: date) -> list[Area]:
    """The places offered to choose from: those already chosen, where one stands, and what lies right below."""
    found = {area.pk: area for area in kept}
    if at is not None:
        found |= {area.pk: area for area in [at, *children(at, day)]}
    own = actor.paths_for(P.BODIES_EDIT)
    return [area for area in found.values() if any(area.path.startswith(path) for path in own)]


def standing_at(actor: Actor, pk: str, day: date) -> Area | None:
    """The place named in the address where it is one of the actor's, else his own first place."""
    own = actor.paths_for(P.BODIES_EDIT)
    if pk.isascii() and pk.isdigit() and len(pk) < 12:
        area = Area.objects.valid_on(day).filter(pk=int(pk)).first()
        if area is not None and any(area.path.startswith(path) for path in own):
            return area
    return Area.objects.filter(path=own[0]).first() if own else None


def way_up(actor: Actor, area: Area) -> list[Area]:
    """The places above that are the actor's too."""
    own = actor.paths_for(P.BODIES_EDIT)
    return [place for place in ancestors(area) if any(place.path.startswith(path) for path in own)]
