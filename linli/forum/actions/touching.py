"""What a reader could see has changed: versions go up, kept pages are let go. The last lines of every verb."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from linli.common.pagecache import bump

from ..models import Topic


def topic_tag(pk: int) -> str:
    return f"topic:{pk}"


def board_tag(pk: int) -> str:
    return f"board:{pk}"


def touch_topics(keys: Iterable[int], *tags: str) -> None:
    """Raise the version of these topics, and let go of their pages, their boards' lists and whatever else is named."""
    found = sorted(set(keys))
    if not found and not tags:
        return
    rows = Topic.objects.filter(pk__in=found)
    rows.update(version=F("version") + 1)
    boards = rows.values_list("board_id", flat=True).distinct()
    bump(*map(topic_tag, found), *map(board_tag, sorted(boards)), *tags)


def touch_topic(topic: Topic, *tags: str) -> None:
    """The same for one whose board is known."""
    Topic.objects.filter(pk=topic.pk).update(version=F("version") + 1)
    bump(topic_tag(topic.pk), board_tag(topic.board_id), *tags)
