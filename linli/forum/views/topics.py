"""A topic's page, and opening one."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock, slots
from linli.common.pagecache import cached, kept, midnight
from linli.common.pagecache.parts import reading
from linli.design.outline import outlined
from linli.people.api import oneself, public, signed_in
from linli.sites.api import nobody

from .. import hooks
from ..access import may_write
from ..actions.posts import write_post
from ..actions.topics import open_topic
from ..articles import Row, place_of
from ..cache_tags import board_tag
from ..forms.writing import TopicForm, WriteForm
from ..models import Topic
from ..queries.boards import name_of
from ..queries.posts import joined, post_numbered, rows_of_page
from ..queries.speech import RULES
from ..queries.topics import newest_of
from ..rules import PAGE, PostState
from ..text_rules import quotation
from .common import (
    ASK,
    actor_of,
    board_or_404,
    frame,
    frame_tags,
    replies,
    tags_of_topic,
    topic_or_404,
    viewer_of,
)
from .polls import below_posts
from .writing import Blank, Desk

TEMPLATE = "forum/topics/topic.html"
LIKE = ("moderates", "closed", "replies", "following")  # what those have in common for whom a page is kept together


@require_safe
@public
@cached(tags=tags_of_topic, query=("page",), valid_until=midnight)
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of its posts. One that was merged leads to where it went."""
    topic, now = topic_or_404(request, pk, framed=False), clock.now()
    if topic.merged_into_id is not None:
        return redirect("forum:topic", topic.merged_into_id)
    page = Paginator(range(max(topic.last_number, 1)), PAGE).get_page(request.GET.get("page"))
    with reading((board_tag(topic.board_id), RULES, *frame_tags(topic.board))):
        site = frame(request, topic.board)
        key = (topic.pk, topic.version, page.number, get_language())
        rows = kept(("posts", *key), lambda: rows_of_page(topic.pk, page.number))
        own = {"page": page, **_version(topic, rows, key), **_own(request, topic, rows, now, key)}
        like = {"signed": actor_of(request).person is not None, **{name: own.pop(name) for name in LIKE}}
        common = {"topic": topic, "board": topic.board, "board_name": name_of(topic.board), **like}
        query = f"page={page.number}" if page.number > 1 else ""
        return outlined(
            request, TEMPLATE, common | own, common=common, nobody=nobody(site, request.path, query, request.modes),  # type: ignore[attr-defined]
            key=(topic.pk, topic.title, *like.values()), tags=frame_tags(topic.board),
        )  # fmt: skip


def _version(topic: Topic, rows: list[Row], key: tuple[Hashable, ...]) -> dict[str, Any]:
    """What is the same for all, but another one with every post; kept under the key where it is shown."""
    last = max((row.number for row in rows), default=0)
    return {
        "key": key, "tags": kept(("topic tags", *key), lambda: [tag.word for tag in topic.tags.all()]),
        "solved_at": place_of(topic.pk, topic.solved_by) if topic.solved_by else "",
        "fresh_after": last if last >= topic.last_number else None,
    }  # fmt: skip


def _own(request: HttpRequest, topic: Topic, rows: list[Row], now: datetime, key: tuple[Hashable, ...]) -> dict[str, Any]:
    signed = actor_of(request).person is not None
    mine = hooks.ask_showing(request, topic, rows) if signed else {}
    viewer = viewer_of(request, topic, now, reacted=mine.pop("reacted", frozenset()))
    below = below_posts(request, topic.pk, (rows[0].number, rows[-1].number), now, key=key) if rows else {}
    posts = joined(rows, topic.pk, viewer, now, below, key=key)
    read_to = mine.pop("read_to", None)
    new = [number for number, _html in posts if number > read_to] if read_to else []
    blank = _inline(request, topic, now) if signed and viewer.replies else None
    return {
        "moderates": viewer.moderates, "closed": not viewer.replies, "replies": blank is not None, "following": mine.pop("following", None),
        "posts": posts, "blank": blank, "read_to": read_to, "new_from": new[0] if new and new[0] > rows[0].number else None,
        "new_count": topic.last_number - read_to if read_to else 0,
        "others": _others(topic, now), "aside": slots.entries("topic.aside", request, topic=topic), **mine,
    }  # fmt: skip


def _inline(request: HttpRequest, topic: Topic, now: datetime) -> Blank | None:
    """What the form below the last post begins with, for whoever may reply."""
    if not replies(request, topic, now):
        return None
    return _reply_desk(request, topic).blank()


def _others(topic: Topic, now: datetime) -> list[tuple[str, str]]:
    key = ("topics beside", topic.board_id)
    found = kept(key, lambda: newest_of([topic.board_id], 6, now), tags=(board_tag(topic.board_id),))
    return [(line.url, line.title) for line in found if line.pk != topic.pk][:5]


@require_http_methods(ASK)
@signed_in
@oneself
def new(request: HttpRequest, pk: int) -> HttpResponse:
    board = board_or_404(request, pk, framed=False)
    if not may_write(actor_of(request), board):
        frame(request, board)
        return render(request, "forum/writing/not_yet.html", {"board": board, "name": name_of(board)})

    def act(form: WriteForm) -> str:
        topic = open_topic(by=actor_of(request), board=board, now=clock.now(), **form.said())
        waits = topic.state == PostState.WAITING
        messages.success(request, _("收到了，版主看过就发出") if waits else _("发出去了"))
        return place_of(topic.pk, 1).partition("#")[0]

    here = reverse("forum:topic_new", args=[pk])
    context = {"name": name_of(board)}
    return Desk(
        request, board, f"board:{pk}", "forum/writing/topic.html", TopicForm, act, here, context=context
    ).answer()


@require_http_methods(ASK)
@signed_in
@oneself
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    topic, now = topic_or_404(request, pk, framed=False), clock.now()
    if request.method != "POST" and not replies(request, topic, now):
        frame(request, topic.board)
        return render(
            request,
            "forum/writing/not_yet.html",
            {"board": topic.board, "name": name_of(topic.board), "topic": topic},
        )
    return _reply_desk(request, topic).answer()


def _reply_desk(request: HttpRequest, topic: Topic) -> Desk:
    def act(form: WriteForm) -> str:
        post = write_post(
            by=actor_of(request),
            topic=topic,
            reply_to=form.cleaned_data["to"],
            now=clock.now(),
            **form.said(),
        )
        if post.state == PostState.WAITING:
            messages.success(request, _("收到了，版主看过就发出"))
        return place_of(topic.pk, post.number)

    start, quoted = _quoted(request, topic)
    return Desk(
        request, topic.board, f"topic:{topic.pk}", "forum/writing/reply.html", WriteForm, act,
        reverse("forum:reply", args=[topic.pk]), start=start, context={"topic": topic, "quoted": quoted},
    )  # fmt: skip


def _quoted(request: HttpRequest, topic: Topic) -> tuple[dict[str, Any], Any]:
    """What stands in the form at first: the post that is answered, quoted where asked for."""
    to = request.GET.get("to") or request.POST.get("to") or ""
    post = post_numbered(topic.pk, int(to)) if to.isdigit() and len(to) < 7 else None
    if post is None or post.state != PostState.SHOWN:
        return {}, None
    start = {"to": post.number, "text": quotation(post.text) if "quote" in request.GET else ""}
    return start, post
