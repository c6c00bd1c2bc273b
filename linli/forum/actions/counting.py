"""What topics and boards count, from their posts: after a moderator acted, and every night."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max, Q

from ..models import Board, Post, Topic
from ..rules import PostState
from .writing import name_on_lists

SHOWN = PostState.SHOWN


def figures_of(topic: Topic) -> dict[str, Any]:
    """What the topic's counters have to be."""
    rows = Post.objects.filter(topic=topic)
    shown = rows.filter(state=SHOWN)
    last = shown.select_related("author", "body", "for_person").order_by("-at", "-number").first()
    answered = shown.filter(number__gt=1).exclude(body=None).exclude(body=topic.body_id).order_by("-number")
    return {
        "replies": shown.filter(number__gt=1).count(),
        "last_number": max(rows.aggregate(n=Max("number"))["n"] or 0, 1),
        "last_at": last.at if last else topic.at,
        "last_name": name_on_lists(last) if last else "",
        "answered_by_id": answered.values_list("body", flat=True).first(),
    }


def board_figures(board: Board | int) -> dict[str, Any]:
    """What the board's counters have to be."""
    key = board if isinstance(board, int) else board.pk
    posts = Post.objects.filter(topic__board=key, state=SHOWN)
    topics = Topic.objects.filter(board=key, state=SHOWN, merged_into=None)
    return {"topics": topics.count(), "posts": posts.count(), "last_at": posts.aggregate(at=Max("at"))["at"]}


def recount_topic(topic: Topic) -> None:
    """Set the topic's counters to what its posts say. The topic is locked by the caller."""
    figures = figures_of(topic)
    figures["last_number"] = max(figures["last_number"], topic.last_number)  # numbers are never given twice
    first = Post.objects.filter(topic=topic, number=1).values_list("state", flat=True).first()
    if first:
        figures["state"] = first
    for name, value in figures.items():
        setattr(topic, name, value)
    Topic.objects.filter(pk=topic.pk).update(**figures)


def recount_board(board: Board | int) -> None:
    key = board if isinstance(board, int) else board.pk
    Board.objects.filter(pk=key).update(**board_figures(key))


def reactions_of(first: int, last: int) -> list[tuple[int, str, int]]:
    """How often posts with keys in the range were reacted to: (post, kind, how often)."""
    from django.db.models import Count

    from ..models import Reaction

    rows = Reaction.objects.filter(post__gte=first, post__lte=last)
    return list(rows.values_list("post", "kind").annotate(n=Count("pk")))


NOT_MERGED = Q(merged_into=None)
Moment = datetime
