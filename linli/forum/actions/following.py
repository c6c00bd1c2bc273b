"""Following and muting topics, boards and people. Setting it twice is the same as once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, Person

from .. import access
from ..models import Board, Follow, Post, Reading, Topic
from ..rules import Following


def _person(by: Actor) -> Person:
    if by.person is None or by.mandate is not None:
        raise NotAllowed(_("关注是自己的事，先回到自己的身份"))
    return by.person


@transaction.atomic
def follow_topic(*, topic: Topic, following: Following, by: Actor, now: datetime) -> None:
    """`topic.board.place` is loaded. How far he has read stays."""
    person = _person(by)
    if not access.may_read_topic(by, topic):
        raise NotAllowed(_("没有这个话题"))
    Reading.objects.update_or_create(
        person=person, topic=topic, defaults={"following": following}, create_defaults={"following": following, "at": now}
    )


def follow_on(topic: Topic, into: Topic) -> None:
    """Whoever follows a topic that goes into another follows that one; who has a wish of his own there keeps it.
    In the caller's transaction. How far one has read there stays."""
    rows = Reading.objects.filter(topic=topic, following=Following.FOLLOWED)
    followers = dict(rows.values_list("person", "at"))
    there = Reading.objects.filter(topic=into, person__in=list(followers))
    known = set(there.values_list("person", flat=True))
    there.filter(following=Following.NONE).update(following=Following.FOLLOWED)
    Reading.objects.bulk_create(
        Reading(person_id=person, topic=into, at=at, following=Following.FOLLOWED)
        for person, at in followers.items()
        if person not in known
    )


@transaction.atomic
def follow_board(*, board: Board, following: Following, by: Actor) -> None:
    person = _person(by)
    if not access.may_read(by, board):
        raise NotAllowed(_("没有这个版块"))
    _set(following, person=person, board=board)


@transaction.atomic
def follow_author(*, post: Post, following: Following, by: Actor) -> None:
    """Follow who wrote a post under his own name; of an office or an unnamed neighbour there is nobody to follow."""
    person = _person(by)
    whom = followable(post)
    if whom is None or not access.may_read_post(by, post):
        raise NotAllowed(_("这一楼没有可以关注的人"))
    if whom.pk == person.pk:
        raise UserError(_("不用关注自己"))
    _set(following, person=person, whom=whom)


@transaction.atomic
def end_follow(*, follow: int, by: Actor) -> bool:
    """One's own row goes; False where there is none."""
    gone, _by_model = Follow.objects.filter(pk=follow, person=_person(by)).delete()
    return bool(gone)


def followable(post: Post) -> Person | None:
    """Whom the name over the post belongs to, where it is a person's."""
    if post.unnamed or post.body_id is not None:
        return None
    return post.for_person or post.author


def _set(following: Following, **row: Any) -> None:
    if following == Following.NONE:
        Follow.objects.filter(**row).delete()
    else:
        Follow.objects.update_or_create(**row, defaults={"following": following})
