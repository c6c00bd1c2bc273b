"""Civic groups: their body and their founder's post come from an approval, not from the tables of appointing.

Whoever looks after the place has approved the group (the caller asks for that right); its founder then leads it. He gets
the say over his group's own site alone: a group's editor has no places (`policy.load_holdings`).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit, clock, findable
from linli.common.errors import NotAllowed, UserError
from linli.common.pagecache import bump

from ..models import Body, BodySuccession, Person, Post
from ..policy import Actor
from ..queries.reach import within
from ..rules import BodyKind, PostEnd, Role
from .bodies import (
    body_texts,
    check_free,
    close_post,
    first_place,
    lock_standing,
    open_posts,
    paths_on,
    put_in_places,
)
from .post_events import tell_began


@transaction.atomic
def found_group(*, actor: Actor, name: str, place: Area, founder: Person | None, title: str, hours: str = "", now: datetime) -> Body:
    """Make a group at the place, led by its founder. The caller has asked whether the actor may found groups there.

    Raises NotAllowed unless a post acts whose places hold the place, or for oneself as founder; UserError (name, hours).
    """
    today = clock.local_date(now)
    if actor.acting is None or not within(actor.acting.paths, [place.path]):
        raise NotAllowed(_("没有找到"))
    texts = body_texts(name=name, hours=hours)
    try:
        check_free(BodyKind.SOCIAL_ORG, texts["name"], [place], today)
    except UserError as error:
        raise UserError(_("这里已经有一个叫这个名字的组织了"), field="name") from error
    body = Body.objects.create(kind=BodyKind.SOCIAL_ORG, valid_from=today, **texts)
    put_in_places(body, [place], today)
    findable.changed("body", [body.pk])
    audit.record(actor=actor, action="body.create", subject=body, place=place, now=now)
    if founder is not None:
        _appoint(actor, founder, body, title, place, now)
    bump("bodies", "posts")
    return body


@transaction.atomic
def rename_group(*, actor: Actor, body: Body, name: str, now: datetime) -> Body:
    """Let the group go on under a new name from today; its posts are carried over. On its first day it is put right.

    The caller has asked for the right. Raises NotAllowed where nobody of the group or its place acts, UserError (name).
    """
    today = clock.local_date(now)
    body = _own(actor, body, now)
    texts = body_texts(name=name, hours=body.hours, phone=body.phone, address=body.address)
    place = first_place(body)
    if texts["name"] == body.name or place is None:
        return body
    try:
        check_free(BodyKind.SOCIAL_ORG, texts["name"], [place], today, but=[body])
    except UserError as error:
        raise UserError(_("这里已经有一个叫这个名字的组织了"), field="name") from error
    if body.valid_from >= today:
        Body.objects.filter(pk=body.pk).update(name=texts["name"])
        body.name = texts["name"]
        heir = body
    else:
        heir = _succeed(actor, body, texts, place, now)
    audit.record(actor=actor, action="body.rename", subject=body, place=place, detail={"new": [str(heir.pk)]}, now=now)
    findable.changed("body", [body.pk, heir.pk])
    bump("bodies", "posts")
    return heir


@transaction.atomic
def end_group(*, actor: Actor, body: Body, now: datetime) -> None:
    """End a group today, and its posts with it. The caller has asked for the right."""
    today = clock.local_date(now)
    body = _own(actor, body, now)
    place = first_place(body)
    posts = open_posts([body], today)
    for post in posts:
        close_post(post, today, PostEnd.BODY_ENDED, actor, now)
    _end(body, now)
    audit.record(actor=actor, action="body.end", subject=body, place=place, detail={"posts": len(posts)}, now=now)
    findable.changed("body", [body.pk])
    bump("bodies", "posts")


def _own(actor: Actor, body: Body, now: datetime) -> Body:
    """The group, locked. Raises NotAllowed unless one of its own posts acts, or one whose places hold it."""
    body = lock_standing(body)
    acting = actor.acting
    inside = acting is not None and within(acting.paths, paths_on(body, clock.local_date(now)))
    if acting is None or body.kind != BodyKind.SOCIAL_ORG or not (acting.body_id == body.pk or inside):
        raise NotAllowed(_("没有找到"))
    return body


def _appoint(actor: Actor, founder: Person, body: Body, title: str, place: Area, now: datetime) -> None:
    if founder.pk == actor.person_id:
        raise NotAllowed(_("不能任命自己"))
    if founder.closed_at or founder.merged_into_id or not founder.is_active:
        raise UserError(_("这个账号已经停用"), field="holder")
    post = Post.objects.create(
        person=founder, body=body, role=Role.SITE_EDITOR, title=title[:40], is_head=True, since=clock.local_date(now),
        appointed_by=actor.person,
    )  # fmt: skip
    detail = {"role": str(post.role), "head": True, "since": post.since.isoformat(), "until": ""}
    audit.record(actor=actor, action="post.appoint", subject=post, about=founder, place=place, detail=detail, now=now)
    tell_began(post, now)


def _succeed(actor: Actor, body: Body, texts: dict[str, str], place: Area, now: datetime) -> Body:
    today = clock.local_date(now)
    heir = Body.objects.create(kind=body.kind, valid_from=today, **texts)
    put_in_places(heir, [place], today)
    for post in open_posts([body], today):
        until = post.until
        close_post(post, today, PostEnd.CARRIED, actor, now)
        carried = Post.objects.create(
            person=post.person, body=heir, role=post.role, title=post.title, is_head=post.is_head,
            since=max(today, post.since), until=until, appointed_by=actor.person,
        )  # fmt: skip
        tell_began(carried, now)
    _end(body, now)
    BodySuccession.objects.create(old=body, new=heir, on=today)
    return heir


def _end(body: Body, now: datetime) -> None:
    today = clock.local_date(now)
    body.places.filter(until=None).update(until=today)
    body.valid_to = today
    body.save(update_fields=["valid_to"])
