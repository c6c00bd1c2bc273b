"""Renaming, splitting and merging bodies: old ones end on a day, new ones take over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit, clock, findable
from linli.common.errors import UserError
from linli.common.pagecache import bump

from ..models import Body, BodySuccession, Post
from ..policy import Actor
from ..rules import BodyKind, PostEnd
from .bodies import (
    body_texts,
    check_day,
    check_free,
    check_kind,
    close_post,
    first_place,
    lock_standing,
    open_posts,
    put_in_places,
    require_body,
    require_foreign,
    require_places,
)  # fmt: skip
from .post_events import tell_began

Fates = Mapping[UUID, int | None]  # of each post: the number of the successor that takes it over, None: it ends


@dataclass(frozen=True)
class Successor:
    """A new body to be; without places it takes all of the old ones."""

    name: str
    official_name: str = ""
    places: tuple[Area, ...] = ()


@transaction.atomic
def rename_body(*, actor: Actor, body: Body, name: str, official_name: str, on: date, now: datetime) -> Body:
    """Let the body go on under a new name from a day; all posts and places are carried over."""
    if " ".join(name.split()) == body.name and official_name == body.official_name:
        raise UserError(_("新名称和现在的一样"), field="name")
    require_body(actor, body, clock.local_date(now))
    fates = dict.fromkeys((post.pk for post in open_posts([body], on)), 0)
    return _succeed(actor, [body], [Successor(name, official_name)], fates, on, now, "body.rename")[0]


@transaction.atomic
def split_body(*, actor: Actor, body: Body, new: list[Successor], posts: Fates, on: date, now: datetime) -> list[Body]:
    """Let two or more bodies take over from one. Every part names its places, every open post its fate."""
    if len(new) < 2:
        raise UserError(_("拆分至少要有两个新单位"))
    if len({part.name.strip() for part in new}) < len(new):
        raise UserError(_("新单位的名称不能相同"))
    taken = [area for part in new for area in part.places]
    if not all(part.places for part in new) or len(set(taken)) < len(taken):
        raise UserError(_("每个新单位要有自己的地方，一个地方只能归一个"))
    require_body(actor, body, clock.local_date(now))
    require_foreign(actor, body)
    mine = [row.area.path for row in body.places.filter(until=None).select_related("area")]
    if not all(any(area.path.startswith(path) for path in mine) for area in taken):
        raise UserError(_("只能在原单位的地方里分"))
    left = [path for path in mine if not _covered(path, taken)]
    if left:
        raise UserError(_("还有地方没有分给新单位"))
    return _succeed(actor, [body], new, posts, on, now, "body.split")


@transaction.atomic
def merge_bodies(*, actor: Actor, bodies: list[Body], new: Successor, posts: Fates, on: date, now: datetime) -> Body:
    """Let one new body take over from two or more of one kind."""
    if len({body.pk for body in bodies}) < 2:
        raise UserError(_("合并至少要选两个单位"), field="bodies")
    if len({body.kind for body in bodies}) > 1:
        raise UserError(_("只能合并同一种单位"), field="bodies")
    for body in bodies:
        require_body(actor, body, clock.local_date(now))
        require_foreign(actor, body)
    return _succeed(actor, bodies, [new], posts, on, now, "body.merge")[0]


def _covered(path: str, taken: list[Area]) -> bool:
    """Whether the place, or at least something in it, goes to a new body."""
    return any(area.path.startswith(path) for area in taken)


def _succeed(
    actor: Actor, old: list[Body], new: list[Successor], fates: Fates, on: date, now: datetime, action: str
) -> list[Body]:
    today = clock.local_date(now)
    old = [lock_standing(body) for body in sorted(old, key=lambda b: b.pk)]
    for body in old:
        check_day(on, body.valid_from, today)
    posts = open_posts(old, on)
    if any(post.pk not in fates for post in posts):
        raise UserError(_("请给每位在任的人选去向"), field="posts")
    places = list({row.area.pk: row.area for b in old for row in b.places.filter(until=None).select_related("area")}.values())
    made = [_make(actor, old, part, places, on) for part in new]
    where = first_place(old[0])
    for post in posts:
        _carry(actor, post, fates[post.pk], made, on, now)
    for body in old:
        body.places.filter(until=None).update(until=on)
        body.valid_to = on
        body.save(update_fields=["valid_to"])
        BodySuccession.objects.bulk_create(BodySuccession(old=body, new=heir, on=on) for heir in made)
        detail = {"new": [str(heir.pk) for heir in made], "on": on.isoformat()}
        audit.record(actor=actor, action=action, subject=body, place=where, detail=detail, now=now)
    findable.changed("body", [body.pk for body in (*old, *made)])
    bump("bodies", "posts")
    return made


def _make(actor: Actor, old: list[Body], part: Successor, places: list[Area], on: date) -> Body:
    first = old[0]
    kind = BodyKind(first.kind)
    texts = body_texts(
        name=part.name, official_name=part.official_name, phone=first.phone, address=first.address, hours=first.hours
    )
    own = list(part.places) or places
    require_places(actor, own)
    check_kind(kind, own)
    check_free(kind, texts["name"], own, on, but=old)
    body = Body.objects.create(kind=kind, valid_from=on, **texts)
    put_in_places(body, own, on)
    return body


def _carry(actor: Actor, post: Post, fate: int | None, made: list[Body], on: date, now: datetime) -> None:
    if fate is not None and not 0 <= fate < len(made):
        raise UserError(_("请给每位在任的人选去向"), field="posts")
    until = post.until
    close_post(post, on, PostEnd.NOT_CARRIED if fate is None else PostEnd.CARRIED, actor, now)
    if fate is None:
        return
    carried = Post.objects.create(
        person=post.person, body=made[fate], role=post.role, title=post.title, is_head=post.is_head,
        since=max(on, post.since), until=until, appointed_by=actor.person,
    )  # fmt: skip
    tell_began(carried, now)
