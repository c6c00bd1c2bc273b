"""Ninety days of talk: topics and posts as bulk rows, cooked and counted as the forum does it itself.

Writing four thousand posts through the forum's verbs would tell every follower of each, and take a minute. So rows are
made here in the order in which they would have been written, then cooked by the forum's own cook, and the forum's
nightly repair has nothing to mend (a test says so).
"""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Max

from linli.common import audit
from linli.forum.actions.cooking import Called, cook_post, read_calls
from linli.forum.actions.pictures import set_pictures
from linli.forum.actions.writing import dish, name_on_lists
from linli.forum.api import Board, Pin, Post, Topic, keep_pictures, repair_counters
from linli.forum.models import Mention, PostPicture, PostVersion, TopicTag
from linli.forum.rules import Standing
from linli.forum.text_rules import quotation

from . import actors, forum_boards, forum_life, forum_notices
from .drawing import draw
from .forum_composer import composed
from .forum_people import Voices
from .forum_texts import Line, Talk, dated, written
from .forum_times import moments

if TYPE_CHECKING:
    from .world import World

SEED = "forum 20260519"
NOBODY = Called({}, {})
_NAMED = re.compile(r"\{@(\d+)\}")


def build(world: World) -> None:
    rng = random.Random(SEED)
    boards = forum_boards.build(world)
    voices = Voices(world, rng)
    forum_notices.build(world)
    talks = [*written(), *composed(random.Random(f"{SEED} composed"))]
    pairs = [_topic(world, voices, boards[talk.place], talk, rng) for talk in talks]
    pairs.sort(key=lambda pair: pair[0].at)
    life = forum_life.Life(world, voices, rng, pairs)
    _store(world, [topic for topic, _posts in pairs], [post for _topic, posts in pairs for post in posts])
    life.store()
    forum_notices.talk(world)
    repair_counters(now=world.now)


def _topic(
    world: World, voices: Voices, board: Board, talk: Talk, rng: random.Random
) -> tuple[Topic, list[Post]]:
    """A topic and its posts, not yet stored; all its figures as its posts make them."""
    cast = voices.cast(board, talk)
    letters: dict[str, int] = {}
    topic = Topic(board=board, title=talk.title, solved_by=talk.solved)
    posts: list[Post] = []
    offices = [voices.office(line.who, board) if line.is_office else None for line in talk.lines]
    times = moments(world.now, talk, [found is not None for found in offices], rng)
    for number, (line, found, at) in enumerate(zip(talk.lines, offices, times, strict=True), 1):
        post = Post(
            topic=topic,
            number=number,
            unnamed=line.unnamed,
            at=at,
            key=UUID(int=rng.getrandbits(128), version=4),
        )
        if found is not None:
            body, signer = found
            post.body, post.author, post.acting = body, signer.person, signer.pk
            post.standing, post.badge = Standing.STAFF, signer.title
        else:
            _signed(voices, post, line, board, cast, letters)
        _words(post, line, posts)
        posts.append(post)
    _figures(topic, talk, posts, world.now)
    topic.demo_talk = talk  # type: ignore[attr-defined]
    return topic, posts


def _signed(
    voices: Voices, post: Post, line: Line, board: Board, cast: list, letters: dict[str, int]
) -> None:
    if line.who in voices.people:
        post.author = voices.people[line.who]
    else:
        post.author = cast[letters.setdefault(line.who, len(letters))]
    if line.whom:
        post.for_person, post.consent = voices.people[line.whom], "打来热线，请坐席记下"
        holder = voices.post_of(line.who)
        post.acting, post.standing, post.badge = (
            holder.pk,
            Standing.STAFF,
            f"{holder.body.name} {holder.title}",
        )
    elif not line.unnamed:
        post.standing, post.badge = voices.standing(post.author, board)


def _words(post: Post, line: Line, before: list[Post]) -> None:
    """Dates and names filled in, and what is quoted set above."""

    def name(found: re.Match[str]) -> str:
        return "@" + name_on_lists(before[int(found[1]) - 1])

    post.text = _NAMED.sub(name, dated(line.text, post.at))
    if line.reply_to:
        post.reply_to = line.reply_to
        if line.quotes:
            post.text = quotation(before[line.reply_to - 1].text, 90) + post.text
    if line.earlier:
        post.edited_at = post.at + timedelta(minutes=2)
    post.demo_line = line  # type: ignore[attr-defined]


def _figures(topic: Topic, talk: Talk, posts: list[Post], now: datetime) -> None:
    first, last = posts[0], posts[-1]
    topic.author, topic.body, topic.unnamed = first.author, first.body, first.unnamed
    topic.at, topic.last_at, topic.last_name = first.at, last.at, name_on_lists(last)
    topic.last_number, topic.replies, topic.version = len(posts), len(posts) - 1, len(posts)
    answers = [post.body for post in posts[1:] if post.body is not None and post.body_id != topic.body_id]
    topic.answered_by = answers[-1] if answers else None
    topic.pin = Pin.PINNED if "pin" in talk.flags else Pin.NONE
    topic.closed_at = last.at if "closed" in talk.flags else None


def _store(world: World, topics: list[Topic], posts: list[Post]) -> None:
    """The oldest first. An article names its post's key, so that keys are given out before posts are stored."""
    Topic.objects.bulk_create(topics, batch_size=500)
    TopicTag.objects.bulk_create(
        TopicTag(topic=topic, word=word) for topic in topics for word in topic.demo_talk.tags
    )  # type: ignore[attr-defined]
    posts.sort(key=lambda post: (post.at, post.topic_id, post.number))
    first = (Post.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    none = {"pictures": PostPicture.objects.none(), "mentions": Mention.objects.none()}
    mentions = []
    for pk, post in enumerate(posts, first):
        post.pk, post._prefetched_objects_cache = pk, none  # type: ignore[attr-defined]
        called = read_calls(post.text, post.topic.board, post.topic) if "@" in post.text else NOBODY
        mentions += [Mention(post=post, body_id=body) for body in called.bodies.values()]
        cook_post(post, called=called)
    Post.objects.bulk_create(posts, batch_size=500)
    Mention.objects.bulk_create(mentions)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Post]):
            cursor.execute(statement)
    for post in posts:
        _beside(world, post, post.demo_line)  # type: ignore[attr-defined]


def _beside(world: World, post: Post, line: Line) -> None:
    """What it said before it was edited, its picture, and the record of who gave no name."""
    assert post.author is not None and post.key is not None
    if line.earlier and post.edited_at:
        PostVersion.objects.create(
            post=post, at=post.edited_at, by=post.author, text=dated(line.earlier, post.at)
        )
    if line.picture:
        motif, alt = line.picture
        by = actors.oneself(world, post.author)
        files = keep_pictures(by=by, key=post.key, uploads=[draw(motif, post.number)], now=post.at)
        set_pictures(post, {files[0].pk: alt})
        dish(post)
    if post.unnamed:
        by = actors.oneself(world, post.author)
        audit.record(
            actor=by,
            action="forum.unnamed",
            subject=post,
            about=post.author_id,
            place=post.topic.board.place,
            now=post.at,
        )
