"""The words that topics of a place bear."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from linli.people.api import Actor
from linli.sites.api import Site

from ..access import readable_topics
from ..models import Topic, TopicTag
from ..rules import Audience, PostState
from .boards import BoardLine, boards_of
from .topics import FIELDS, TopicLine, lines_of

MOST, PAGE = 60, 30


def open_boards(site: Site, actor: Actor) -> list[BoardLine]:
    """Of the site's boards those whose topics are talked about in common: no complaint boxes."""
    return [line for line in boards_of(site, actor) if line.reads != Audience.OWN]


def words_of(boards: Collection[int]) -> list[tuple[str, int]]:
    """The words of shown topics and how often each stands, the commonest first."""
    rows = TopicTag.objects.filter(topic__board__in=boards, topic__state=PostState.SHOWN, topic__merged_into=None)
    found = rows.values_list("word").annotate(n=Count("pk")).order_by("-n", "word")
    return list(found[:MOST])


def topics_with(word: str, boards: Collection[int], actor: Actor, before: int | None, now: datetime) -> tuple[list[TopicLine], int | None]:
    """The newest topics with this word, and the key to go on from."""
    rows = Topic.objects.filter(readable_topics(actor), board__in=boards, tags__word=word, state=PostState.SHOWN, merged_into=None)
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows.order_by("-pk").values_list(*FIELDS)[: PAGE + 1])
    lines = lines_of(found[:PAGE], now)
    return lines, lines[-1].pk if len(found) > PAGE else None
