"""What the views of boards, topics and posts share."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots
from linli.people.api import Actor
from linli.sites.api import Site, nav_tags, place_tag, site_tags, stand_in

from ..access import may_moderate, may_read, may_read_post, may_read_topic, may_reply
from ..articles import PostAct, Viewer
from ..cache_tags import board_tag, topic_tag
from ..models import Board, Post, Topic
from ..queries.boards import board_at, site_of_board
from ..queries.posts import post_at
from ..queries.topics import topic_at
from ..rules import PostState

ASK = ["GET", "HEAD", "POST"]


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def frame(request: HttpRequest, board: Board) -> Site:
    """Put the page into the frame of the board's site."""
    site = site_of_board(board)
    if site is None:
        raise Http404
    stand_in(request, site)
    return site


def board_or_404(request: HttpRequest, pk: int, *, framed: bool = True) -> Board:
    """Not `framed`: the view calls `frame` itself, where it looks at all tags at once."""
    board = board_at(pk)
    if board is None or not may_read(actor_of(request), board):
        raise Http404
    if framed:
        frame(request, board)
    return board


def topic_or_404(request: HttpRequest, pk: int, *, framed: bool = True) -> Topic:
    topic, actor = topic_at(pk), actor_of(request)
    if topic is None or not may_read_topic(actor, topic):
        raise Http404
    if (
        topic.state == PostState.HIDDEN
        and topic.author_id != actor.person_id
        and not may_moderate(actor, topic.board)
    ):
        topic.title = _("被隐去的话题")  # a title is part of what was hidden
    if framed:
        frame(request, topic.board)
    return topic


def post_or_404(request: HttpRequest, pk: int, *, text: bool = False) -> Post:
    """A post in a topic that the actor may read; with `text`, one whose words he may read."""
    post = post_at(pk)
    actor = actor_of(request)
    if post is None or not may_read_topic(actor, post.topic) or (text and not may_read_post(actor, post)):
        raise Http404
    frame(request, post.topic.board)
    return post


def viewer_of(
    request: HttpRequest, topic: Topic, now: datetime, *, reacted: frozenset[tuple[int, str]] = frozenset()
) -> Viewer:
    """Who looks at the posts of a topic. Of rights only what costs no statement is asked on a page that all may read."""
    actor = actor_of(request)
    acts: list[PostAct] = slots.entries("post.acts", request, topic=topic)
    if actor.person is None:
        return Viewer(replies=_goes_on(topic, now), acts=tuple(acts))
    return Viewer(
        actor.person_id, actor.acting.body_id if actor.acting else None, actor.acting is not None and may_moderate(actor, topic.board),
        _goes_on(topic, now), reacted, tuple(acts),
    )  # fmt: skip


def _goes_on(topic: Topic, now: datetime) -> bool:
    return topic.merged_into_id is None and not topic.is_closed(now) and topic.board.closed_at is None


def replies(request: HttpRequest, topic: Topic, now: datetime) -> bool:
    return may_reply(actor_of(request), topic, now)


def tags_of_board(pk: int) -> tuple[str, ...]:
    """What the page of a board depends on."""
    board = board_at(pk)
    return (board_tag(pk), "boards", *_frame_tags(board))


def tags_of_topic(pk: int) -> tuple[str, ...]:
    topic = Topic.objects.select_related("board__place").filter(pk=pk).first()
    return (topic_tag(pk), "boards", *_frame_tags(topic.board if topic else None))


def tags_of_post(pk: int) -> tuple[str, ...]:
    topic = Post.objects.filter(pk=pk).values_list("topic", flat=True).first()
    return tags_of_topic(topic) if topic else ("boards",)


def frame_tags(board: Board) -> tuple[str, ...]:
    """What the frame around a page asks for in any case, so that it is asked at once."""
    return ("boards", "sites", "areas", "bodies", place_tag(board.place_id), *nav_tags(board.place_id))


def _frame_tags(board: Board | None) -> tuple[str, ...]:
    site = site_of_board(board) if board else None
    return (*site_tags(site.slug), "bodies") if site else ("sites", "areas", "news")


def sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None
