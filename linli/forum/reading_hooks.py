"""What reading plugs into writing and into the pages of boards and topics."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import clock, slots

from . import hooks
from .access import may_write
from .actions.for_others import may_write_down
from .actions.reading import follow_by_writing, move_forward, note_read, note_visit
from .actions.solving import may_solve
from .articles import PostAct
from .models import Post, Topic
from .queries.posts import reacted
from .queries.reading import fill_new, follow_of_board, news_of_boards, read_of
from .rules import Following


def after_writing(post: Post, now: datetime) -> None:
    """Who writes has read so far, and follows the topic; of a post written down for somebody, that is he."""
    person = post.for_person_id or post.author_id
    if person is None:
        return
    if post.body_id is None:
        follow_by_writing(person=person, topic=post.topic_id, number=post.number, now=now)
    else:  # an office is told as an office
        move_forward(person=person, topic=post.topic_id, number=post.number, now=now)


def showing(request: HttpRequest, topic: Topic, rows: list[Any]) -> dict[str, Any]:
    """How far the reader had read, what he has pressed, whether he follows; and that he has read so far now."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    read = read_of(person, topic.pk)
    last = max((row.number for row in rows), default=0)
    if request.method == "GET" and last:
        note_read(person=person, topic=topic.pk, number=last, before=read, now=clock.now())
    return {
        "reacted": reacted(person, rows), "read_to": read.number if read else None,
        "following": read.following if read else int(Following.NONE),
        "may_write_down": may_write_down(request.actor, topic.board) and not topic.is_closed(clock.now()),  # type: ignore[attr-defined]
    }  # fmt: skip


def news(request: HttpRequest, topics: list[Any], board: Any = None, boards: Iterable[Any] = (), **_where: Any) -> dict[str, Any]:
    """What is new in a list of topics, and on each of some boards."""
    person = request.actor.person_id  # type: ignore[attr-defined]
    since = note_visit(person=person, now=clock.now())
    fill_new(person, topics, since)
    keys = [one.pk for one in boards]
    found: dict[str, Any] = {"board_news": news_of_boards(person, keys, since) if keys else {}, "since": since}
    if board is not None:
        found["board_following"] = follow_of_board(person, board.pk)
        found["may_write_down"] = may_write_down(request.actor, board)  # type: ignore[attr-defined]
    return found


def post_acts(request: HttpRequest, topic: Topic) -> list[PostAct]:
    """Small links below posts: what solved it, a poll below one's own, following who wrote."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.person is None or actor.mandate is not None:
        return []
    acts = [PostAct(_("关注作者"), "/posts/{post}/follow/", icon="bell", order=70, own=False)]
    if may_solve(actor, topic):
        acts.append(PostAct(_("解决了"), "/posts/{post}/solves/", icon="done", order=20))
    if may_write(actor, topic.board) and not topic.is_closed(clock.now()):
        acts.append(PostAct(_("加投票"), "/posts/{post}/poll/", icon="add", order=60, own=True))
    return acts


hooks.register(hooks.after_writing, after_writing)
hooks.register(hooks.showing, showing)
hooks.register(hooks.news, news)
slots.fill("post.acts", post_acts)
