"""Every night: what topics, boards and posts count is compared with what there is, and put right where it has drifted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from ..models import Board, Post, Reading, Topic
from ..queries.drift import Drift
from ..rules import PostState, Reacts
from .counting import board_figures, figures_of, reactions_of
from .noting import lock_topic
from .polls import recount_polls
from .touching import touch_topics

BATCH = 500
SETTLED = (
    "readers"  # who writes without having opened a topic counts as its reader from the night on: no drift
)
_REACTED = {Reacts.AGREE: "agreed", Reacts.THANK: "thanked"}


def repair_counters(*, now: datetime, mend: bool = True) -> Drift:
    """Look at all topics, posts, boards and polls, a batch a transaction; put right what drifted, unless `mend` is False."""
    drift = Drift(now, mend)
    for keys in _batches(Topic, BATCH):
        _repair_topics(keys, drift, mend)
    for first, last in _spans(Post, 5 * BATCH):
        _repair_reactions(first, last, drift, mend)
    for board in Board.objects.order_by("pk"):
        _repair_board(board, drift, mend)
    if wrong := recount_polls(mend=mend):
        drift.found["polls"] += wrong
    return drift


def _repair_topics(keys: list[int], drift: Drift, mend: bool) -> None:
    """Those that do not agree at a first look are locked and looked at again, so that writers are never waited for."""
    topics = list(Topic.objects.filter(pk__in=keys))
    drift.topics += len(topics)
    readers = _readers(keys)
    (replies, numbers), last = _replies(keys), _last(keys)
    wrong = [
        topic for topic in topics
        if (topic.replies, topic.last_number, topic.readers) != (replies[topic.pk], max(numbers.get(topic.pk, 0), topic.last_number), readers[topic.pk])
        or topic.last_at != last.get(topic.pk, topic.last_at)
    ]  # fmt: skip
    for topic in wrong:
        with transaction.atomic():
            held = lock_topic(topic)
            if held.merged_into_id is not None:
                continue
            should: dict[str, Any] = figures_of(held)
            should["last_number"] = max(should["last_number"], held.last_number)
            should["readers"] = _readers([held.pk])[held.pk]
            found = {name for name, value in should.items() if getattr(held, name) != value}
            if not found:
                continue
            drift.found.update(f"topic.{name}" for name in found - {SETTLED})
            if mend:
                Topic.objects.filter(pk=held.pk).update(**should)
                touch_topics([held.pk])


def _last(keys: list[int]) -> dict[int, datetime]:
    rows = Post.objects.filter(topic__in=keys, state=PostState.SHOWN)
    return dict(rows.values_list("topic").annotate(Max("at")))


def _replies(keys: list[int]) -> tuple[Counter[int], dict[int, int]]:
    rows = Post.objects.filter(topic__in=keys)
    shown = Counter(rows.filter(state=PostState.SHOWN, number__gt=1).values_list("topic", flat=True))
    return shown, dict(rows.values_list("topic").annotate(Max("number")))


def _readers(keys: list[int]) -> Counter[int]:
    return Counter(Reading.objects.filter(topic__in=keys, number__gt=0).values_list("topic", flat=True))


def _repair_reactions(first: int, last: int, drift: Drift, mend: bool) -> None:
    should: dict[int, dict[str, int]] = defaultdict(dict)
    for key, kind, n in reactions_of(first, last):
        should[key][_REACTED[Reacts(kind)]] = n
    counted = (
        Post.objects.filter(pk__gte=first, pk__lte=last)
        .exclude(agreed=0, thanked=0)
        .values_list("pk", flat=True)
    )
    wrong = []
    for post in Post.objects.filter(pk__in={*should, *counted}).only("pk", "topic_id", "agreed", "thanked"):
        right = {"agreed": 0, "thanked": 0, **should.get(post.pk, {})}
        if {name: getattr(post, name) for name in right} != right:
            drift.found.update(
                f"post.{name}" for name, value in right.items() if getattr(post, name) != value
            )
            wrong.append((post, right))
    if mend and wrong:
        with transaction.atomic():
            for post, right in wrong:
                Post.objects.filter(pk=post.pk).update(**right)
            touch_topics({post.topic_id for post, _right in wrong})


@transaction.atomic
def _repair_board(board: Board, drift: Drift, mend: bool) -> None:
    held = Board.objects.select_for_update().get(pk=board.pk)
    should = board_figures(held)
    found = {name for name, value in should.items() if getattr(held, name) != value}
    if found:
        drift.found.update(f"board.{name}" for name in found)
        if mend:
            Board.objects.filter(pk=held.pk).update(**should)
            touch_topics([], f"board:{held.pk}")


def _batches(model: Any, size: int) -> Iterator[list[int]]:
    after = 0
    while keys := list(model.objects.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:size]):
        yield keys
        after = keys[-1]


def _spans(model: Any, size: int) -> Iterator[tuple[int, int]]:
    last = model.objects.aggregate(n=Max("pk"))["n"] or 0
    yield from ((first, first + size - 1) for first in range(1, last + 1, size))
