"""Telling people of posts: whom it concerns at once, followers once an hour. Always from the outbox, never while writing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from linli.common import prepared
from linli.common.clock import local_date
from linli.common.outbox import put
from linli.messaging.api import Message, tell
from linli.people.api import Actor, Body, Person, load_holdings, load_stays
from linli.people.api import Post as Office

from .. import access, told
from ..models import Board, Follow, Mention, Post, Reading, Topic
from ..rules import Audience, Following, PostState
from ..telling_rules import HOUR, LATE, MOST_IN_OFFICE, Written, directly, hour_end, hour_of, told_key
from .following import followable
from .writing import name_on_lists

HOURLY, HOURLY_BOARD = "forum.hourly", "forum.hourly_board"


def tell_of_post(*, post: int, now: datetime) -> None:
    """Who wrote the topic or the post it answers, who is named, which offices are called; followers at the hour's end."""
    row = _shown(post)
    if row is None or now - row.at > LATE:
        return
    mentions = prepared.rows(_mentioned, values=(post,))
    people = _heard(row.topic, directly(_written(row, [person for person, _body in mentions if person])), now)
    for person, template in people.items():
        tell(
            person=person, template=template, key=told_key(row.topic_id, now, person), context=_words(row), now=now,
            place=row.topic.board.place,
        )  # fmt: skip
    _tell_offices(row, {body for _person, body in mentions if body}, now)
    if row.number > 1 and prepared.rows(_followed, values=(row.topic_id,)):
        payload = {"topic": row.topic_id, "since": now.isoformat()}
        put(kind=HOURLY, key=f"{HOURLY}:{row.topic_id}:{hour_of(now)}", payload=payload, now=now, due=hour_end(now))


def tell_of_topic(*, topic: int, post: int, now: datetime) -> None:
    """Who follows the author at once; who follows the board at the hour's end."""
    row = _shown(post)
    if row is None or row.topic_id != topic or now - row.at > LATE:
        return
    author = followable(row)
    if author is not None:
        followers = Follow.objects.filter(whom=author, following=Following.FOLLOWED).values_list("person", flat=True)
        people = _able(row.topic, followers, now)
        if people:
            key = f"forum:opened:{topic}"
            tell(people=people, template=told.BY_PERSON, key=key, context=_words(row), place=row.topic.board.place, now=now)
    if Follow.objects.filter(board=row.topic.board_id, following=Following.FOLLOWED).exists():
        payload = {"board": row.topic.board_id, "since": now.isoformat()}
        put(kind=HOURLY_BOARD, key=f"{HOURLY_BOARD}:{row.topic.board_id}:{hour_of(now)}", payload=payload, now=now, due=hour_end(now))


def tell_followers(*, topic: int, since: datetime, key: str, now: datetime) -> None:
    """The new replies of an hour in one message; not to who was told himself, or has read them."""
    row = Topic.objects.select_related("board__place", "body").filter(pk=topic, merged_into=None, state=PostState.SHOWN).first()
    if row is None:
        return
    posts = Post.objects.filter(topic=row, state=PostState.SHOWN, at__gte=hour_end(since) - HOUR)
    writers = list(posts.filter(number__gt=1).values_list("author", flat=True))
    behind = Reading.objects.filter(topic=row, following=Following.FOLLOWED, number__lt=F("topic__last_number"))
    people = _able(row, behind.values_list("person", flat=True), now)
    had = {told_key(topic, since, person): person for person in people}
    told_already = {had[one] for one in Message.objects.filter(key__in=list(had)).values_list("key", flat=True)}
    if set(people) <= told_already or not writers:
        return
    tell(
        people=[one for one in people if one not in told_already], template=told.FOLLOWED, key=key, place=row.board.place,
        context={"heading": heading(row), "n": len(writers), "topic": row.pk}, now=now,
    )  # fmt: skip


def tell_board(*, board: int, since: datetime, key: str, now: datetime) -> None:
    """The new topics of an hour in one message. Of a complaint box nobody is told so: its handlers are called by name."""
    row = Board.objects.select_related("place").filter(pk=board).exclude(reads=Audience.OWN).first()
    if row is None:
        return
    topics = Topic.objects.filter(board=row, state=PostState.SHOWN, at__gte=hour_end(since) - HOUR, at__lt=hour_end(since))
    newest = topics.select_related("board__place").order_by("pk").last()
    count = topics.count()
    if newest is None:
        return
    followers = Follow.objects.filter(board=row, following=Following.FOLLOWED).values_list("person", flat=True)
    people = [one for one in _able(newest, followers, now) if count > 1 or one != newest.author_id]
    if people:
        words = {"board": row.name, "board_id": row.pk, "n": count}
        tell(people=people, template=told.NEW_ON_BOARD, key=key, context=words, place=row.place, now=now)


def heading(topic: Topic) -> str:
    """The title where everybody may read it; of a closed board its name."""
    return topic.title if topic.board.reads == Audience.PUBLIC else topic.board.name


def _shown(post: int) -> Post | None:
    """The post as it stands now: it may have been hidden or moved since the event was written."""
    return next(iter(prepared.objects(_shown_at, values=(post,))), None)


def _shown_at(post: int) -> QuerySet[Post]:
    rows = Post.objects.select_related("topic__board__place", "topic__body", "author", "for_person", "body")
    return rows.filter(pk=post, state=PostState.SHOWN, topic__state=PostState.SHOWN, topic__merged_into=None)


def _mentioned(post: int) -> QuerySet[Mention, Any]:
    return Mention.objects.filter(post=post).order_by("pk").values_list("person", "body")


def _followed(topic: int) -> QuerySet[Reading, Any]:
    return Reading.objects.filter(topic=topic, following=Following.FOLLOWED).values_list("pk")[:1]


def _written(post: Post, named: list[UUID]) -> Written:
    answered = None
    if post.reply_to:
        row = Post.objects.filter(topic=post.topic_id, number=post.reply_to, body=None).first()
        answered = (row.for_person_id or row.author_id) if row else None
    writers = frozenset(one for one in (post.author_id, post.for_person_id) if one)
    opener = None if post.topic.body_id else post.topic.author_id
    return Written(post.number, writers, opener, answered, tuple(named))


def _heard(topic: Topic, people: dict[UUID, str], now: datetime) -> dict[UUID, str]:
    """Without those who muted the topic or may not read it."""
    muted = set(
        Reading.objects.filter(topic=topic, person__in=people, following=Following.MUTED).values_list("person", flat=True)
    )
    able = set(_able(topic, people.keys() - muted, now))
    return {person: template for person, template in people.items() if person in able}


def _tell_offices(post: Post, called: set[UUID], now: datetime) -> None:
    """Offices called by name, and the one whose topic it is: those who hold a post in it now."""
    topic = post.topic
    own = {topic.body_id} if topic.body_id and post.number > 1 else set()
    for key in sorted((called | own) - {post.body_id}, key=str):
        body = Body.objects.filter(pk=key).first()
        if body is None:
            continue
        held = Office.objects.filter(body=body).held_on(local_date(now)).order_by("-is_head", "since")
        people = [one for one in dict.fromkeys(held.values_list("person", flat=True)) if one != post.author_id]
        people = _able(topic, people, now)[:MOST_IN_OFFICE]
        template = told.OFFICE_CALLED if key in called else told.OFFICE_REPLIED
        if people:
            tell(
                people=people, template=template, key=told_key(topic.pk, now, body.pk), now=now, place=topic.board.place,
                context={**_words(post), "body": body.name},
            )  # fmt: skip


def _words(post: Post) -> dict[str, Any]:
    who = name_on_lists(post) or _("匿名邻居")
    return {"heading": heading(post.topic), "who": who, "topic": post.topic_id, "post": post.pk}


def _able(topic: Topic, people: Iterable[UUID], now: datetime) -> list[UUID]:
    """Those who may read the topic, by a home or by any post they hold. Of public boards everybody, without a look."""
    keys = list(dict.fromkeys(people))
    if topic.board.reads == Audience.PUBLIC:
        return keys
    return [person.pk for person in Person.objects.filter(pk__in=keys).order_by("pk") if _reads(topic, person, now)]


def _reads(topic: Topic, person: Person, now: datetime) -> bool:
    day = local_date(now)
    holdings = load_holdings(person, day)
    stays = load_stays(person, day)
    roles: Collection[Actor] = [
        Actor(person=person, stays=stays),
        *(Actor(person=person, holdings=holdings, acting=held, stays=stays) for held in holdings),
    ]
    return any(access.may_read_topic(role, topic) for role in roles)
