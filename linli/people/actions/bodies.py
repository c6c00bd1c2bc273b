"""Making bodies, and changing them so that what was stays readable.

A body is never rewritten: renamed, split or merged it ends on a day and is succeeded by new ones. Whoever was in
post is carried over or ended by explicit choice, and every old decision still names the old body.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.common import audit, clock, findable
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump
from linli.common.text import clean

from ..models import Body, BodyPlace, Post
from ..permissions import P
from ..policy import Actor
from ..queries.reach import within
from ..rules import BodyKind, PostEnd
from .post_events import tell_ended

# Between which levels a body of the kind acts; the others act anywhere.
LEVELS = {
    BodyKind.DISTRICT: (Level.DISTRICT, Level.DISTRICT),
    BodyKind.STREET_OFFICE: (Level.STREET, Level.STREET),
    BodyKind.RESIDENTS_COMMITTEE: (Level.COMMUNITY, Level.BUILDING),
    BodyKind.SERVICE_STATION: (Level.STREET, Level.BUILDING),
    BodyKind.OWNERS_COMMITTEE: (Level.COMPOUND, Level.BUILDING),
}
# A place has one of each of these; a service station stands beside the residents' committee, not in its stead.
ONE_A_PLACE = frozenset(LEVELS)
FIRST_DAY = date(1949, 10, 1)
YEAR = timedelta(days=366)
LIMITS = {"name": 80, "official_name": 120, "phone": 30, "address": 120, "hours": 80}


@transaction.atomic
def create_body(
    *, actor: Actor, kind: str, name: str, places: list[Area], since: date, now: datetime, **facts: str
) -> Body:
    """Make a body that acts in the places from a day on. `facts`: official_name, phone, address, hours.

    Raises NotAllowed unless all places are the actor's, UserError for bad text or days or a body that exists.
    """
    try:
        what = BodyKind(kind)
    except ValueError:
        raise UserError(_("请选单位的种类"), field="kind") from None
    texts = body_texts(name=name, **facts)
    require_places(actor, places)
    check_kind(what, places)
    if not FIRST_DAY <= since <= clock.local_date(now) + YEAR:
        raise UserError(_("成立日期最晚是一年以后，最早是 1949年10月1日"), field="since")
    check_free(what, texts["name"], places, since)
    body = Body.objects.create(kind=what, valid_from=since, **texts)
    put_in_places(body, places, since)
    findable.changed("body", [body.pk])
    audit.record(actor=actor, action="body.create", subject=body, place=places[0], now=now)
    bump("bodies")
    return body


@transaction.atomic
def edit_body(*, actor: Actor, body: Body, now: datetime, **facts: str) -> None:
    """Change phone, address and hours. Raises NotAllowed outside the actor's places."""
    require_body(actor, body, clock.local_date(now))
    texts = body_texts(name=body.name, **facts)
    for key in ("phone", "address", "hours"):
        setattr(body, key, texts[key])
    body.save(update_fields=["phone", "address", "hours"])
    findable.changed("body", [body.pk])
    audit.record(actor=actor, action="body.edit", subject=body, place=first_place(body), now=now)
    bump("bodies")


@transaction.atomic
def move_body(*, actor: Actor, body: Body, places: list[Area], on: date, now: datetime) -> None:
    """Let a body act in these places from a day on; those it leaves end on that day."""
    today = clock.local_date(now)
    body = lock_standing(body)
    require_body(actor, body, today)
    require_places(actor, places)
    require_foreign(actor, body)
    check_kind(BodyKind(body.kind), places)
    check_day(on, body.valid_from, today)
    check_free(BodyKind(body.kind), body.name, places, on, but=[body])
    keep = {area.pk for area in places}
    body.places.filter(until=None).exclude(area__in=keep).update(until=on)
    have = set(body.places.filter(until=None).values_list("area_id", flat=True))
    put_in_places(body, [area for area in places if area.pk not in have], on)
    findable.changed("body", [body.pk])
    detail = {"places": sorted(keep), "on": on.isoformat()}
    audit.record(actor=actor, action="body.move", subject=body, place=places[0], detail=detail, now=now)
    bump("bodies")


@transaction.atomic
def end_body(*, actor: Actor, body: Body, on: date, end_posts: bool, now: datetime) -> None:
    """End a body without successor. Whoever is still in post must be let go in the same breath (`end_posts`)."""
    today = clock.local_date(now)
    body = lock_standing(body)
    require_body(actor, body, today)
    require_foreign(actor, body)
    check_day(on, body.valid_from, today)
    posts = open_posts([body], on)
    if posts and not end_posts:
        raise UserError(_("还有 %(n)d 人在任，请确认他们的职务同时结束") % {"n": len(posts)}, field="end_posts")
    place = first_place(body)
    for post in posts:
        close_post(post, on, PostEnd.BODY_ENDED, actor, now)
    body.places.filter(until=None).update(until=on)
    body.valid_to = on
    body.save(update_fields=["valid_to"])
    findable.changed("body", [body.pk])
    detail = {"posts": len(posts), "on": on.isoformat()}
    audit.record(actor=actor, action="body.end", subject=body, place=place, detail=detail, now=now)
    bump("bodies", "posts")


def body_texts(**facts: str) -> dict[str, str]:
    """The texts of a body, cleaned. Raises UserError for an empty name and for what is too long or unknown."""
    found = dict.fromkeys(LIMITS, "")
    for key, value in facts.items():
        text = " ".join(clean(value).split())
        if len(text) > LIMITS[key]:
            raise UserError(_("最多 %(n)d 个字") % {"n": LIMITS[key]}, field=key)
        found[key] = text
    if not found["name"]:
        raise UserError(_("请写单位的名称"), field="name")
    return found


def require_places(actor: Actor, places: list[Area]) -> None:
    """Raises UserError without a place, NotAllowed unless the actor may edit bodies in every one."""
    if not places:
        raise UserError(_("请至少选一个地方"), field="places")
    if actor.acting is None or not within(actor.paths_for(P.BODIES_EDIT), [area.path for area in places]):
        raise NotAllowed(_("没有找到"))


def require_body(actor: Actor, body: Body, day: date) -> None:
    """Raises NotAllowed unless the actor may edit bodies wherever this one acts."""
    if actor.acting is None or not within(actor.paths_for(P.BODIES_EDIT), paths_on(body, day)):
        raise NotAllowed(_("没有找到"))


def require_foreign(actor: Actor, body: Body) -> None:
    """Nobody changes the reach of a body in which he holds a post: it would be granting to himself."""
    if Post.objects.filter(body=body, person=actor.person_id).filter(until=None).exists():
        raise UserError(_("您在这个单位有职务，要由上级来办"))


def check_kind(kind: BodyKind, places: list[Area]) -> None:
    top, bottom = LEVELS.get(kind, (Level.PROVINCE, Level.HOME))
    if not all(top <= area.level <= bottom for area in places):
        raise UserError(_("%(kind)s不设在这一级，请换一个地方") % {"kind": kind.label}, field="places")


def check_day(on: date, begun: date, today: date) -> None:
    """Raises UserError unless the day lies after the body's first and within a year of today."""
    if on <= begun:
        raise UserError(_("这一天要晚于单位成立的 %(day)s") % {"day": begun.isoformat()}, field="on")
    if not today - YEAR <= on <= today + YEAR:
        raise UserError(_("日期要在今天前后一年之内"), field="on")


def check_free(kind: BodyKind, name: str, places: list[Area], on: date, but: list[Body] | None = None) -> None:
    """Raises UserError where a body of the kind already stands in one of the places under this name (or any)."""
    for area in places:
        rows = BodyPlace.objects.filter(until=None, body__kind=kind, body__valid_to=None).exclude(body__in=but or [])
        if kind in ONE_A_PLACE:
            rows = rows.filter(Q(area__path__under=area.path) | Q(area__in=area.ancestor_ids))
        else:
            rows = rows.filter(area=area, body__name=name)
        other = rows.select_related("body").first()
        if other is not None:
            raise UserError(
                _("%(area)s已经有%(body)s了；要换名称、拆分或合并，请在它那一页办") % {"area": area.name, "body": other.body.name},
                field="places",
            )


def lock_standing(body: Body) -> Body:
    """The body, locked. Raises UserError where its end is already fixed."""
    fresh: Body = Body.objects.select_for_update().get(pk=body.pk)
    if fresh.valid_to is not None:
        raise UserError(_("这个单位已经定了 %(day)s 结束，不能再改") % {"day": fresh.valid_to.isoformat()})
    return fresh


def put_in_places(body: Body, places: list[Area], since: date) -> None:
    BodyPlace.objects.bulk_create(BodyPlace(body=body, area=area, since=since) for area in places)


def open_posts(bodies: list[Body], on: date) -> list[Post]:
    """Posts that would go on after the day."""
    rows = Post.objects.filter(body__in=bodies).select_related("person", "body").order_by("body", "-is_head", "since", "id")
    return [post for post in rows if post.until is None or post.until > on]


def close_post(post: Post, on: date, why: str, actor: Actor, now: datetime) -> None:
    """End a post on a day, or void it where it has not begun by then."""
    post.until = max(on, post.since)
    post.ended_by, post.ended_why = actor.person, why
    post.save(update_fields=["until", "ended_by", "ended_why"])
    tell_ended(post, now)


def paths_on(body: Body, day: date) -> list[str]:
    """Paths of the places where the body acts (or will) and has not left by the day."""
    models.prefetch_related_objects([body], "places__area")
    rows = body.places.all()
    return [row.area.path for row in rows if row.until is None or row.until > day]


def first_place(body: Body) -> Area | None:
    row = body.places.filter(until=None).select_related("area").order_by("pk").first()
    return row.area if row else None
