"""Lists of topics, by keyset: never an offset, never a count."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from linli.common import prepared
from linli.people.api import Actor

from ..access import may_handle, may_moderate
from ..models import Board, Post, Topic, TopicTag
from ..rules import Audience, Pin, PostState, Standing

PAGE = 25
SORTS = ("last", "new", "unanswered", "solved")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass
class TopicLine:
    """A topic in a list. `new` and `new_count` are one's own, filled by whoever knows what one has read."""

    pk: int
    title: str
    url: str
    replies: int
    last_number: int
    last_at: datetime
    last_name: str
    by: str
    office: str
    unnamed: bool
    answered_by: str
    solved: bool
    pin: int
    closed: bool
    waiting: bool
    board: int
    tags: list[str] = field(default_factory=list)
    badge: str = ""
    new: bool = False
    new_count: int = 0


@dataclass(frozen=True)
class TopicPage:
    """`after` is the cursor of the next page; empty where there is none."""

    lines: list[TopicLine]
    after: str = ""


_FIELDS = (
    "pk", "title", "replies", "last_number", "last_at", "last_name", "author__display_name", "body__name", "unnamed",
    "answered_by__name", "solved_by", "pin", "closed_at", "state", "board_id", "pinned_until",
)  # fmt: skip


def topics_of(
    board: Board, actor: Actor, *, sort: str = "last", tag: str = "", after: str = "", now: datetime
) -> TopicPage:
    """A page of a board's topics that the actor may read; two statements.

    `sort`: by last reply (pinned first), newest, or newest that nobody has answered, or that are solved.
    """
    rows = _visible(Topic.objects.filter(board=board, merged_into=None), board, actor)
    if tag:
        rows = rows.filter(tags__word=tag)
    if sort == "unanswered":
        rows = rows.filter(replies=0, closed_at=None)
    if sort == "solved":
        rows = rows.exclude(solved_by=None)
    rows = _from(rows, sort, after)
    found = list(rows.values_list(*_FIELDS)[: PAGE + 1])
    lines = lines_of(found[:PAGE], now)
    return TopicPage(lines, _cursor(found[PAGE - 1], sort) if len(found) > PAGE else "")


def _visible(rows: QuerySet[Topic], board: Board, actor: Actor) -> QuerySet[Topic]:
    """Hidden ones are reached by their address alone; what waits is listed for its author and the moderators."""
    own = Q(author=actor.person_id) if actor.person_id else Q(pk__in=[])
    if board.reads == Audience.OWN and not may_handle(actor, board):
        rows = rows.filter(own)
    shown = Q(state=PostState.SHOWN)
    if actor.person_id is None:
        return rows.filter(shown)
    waiting = Q(state=PostState.WAITING)
    return rows.filter(shown | (waiting if may_moderate(actor, board) else waiting & own))


def _from(rows: QuerySet[Topic], sort: str, after: str) -> QuerySet[Topic]:
    """The list from its cursor on. What is not a cursor begins at the beginning."""
    parts = after.split("-") if after else []
    numbers = [int(part) for part in parts if part.isdigit() and len(part) < 18]
    if sort == "last":
        rows = rows.order_by("-pin", "-last_at", "-pk")
        if len(numbers) == 3 and len(parts) == 3:
            pin, moment, pk = numbers
            at = _EPOCH + timedelta(microseconds=moment)
            rows = rows.filter(
                Q(pin__lt=pin) | Q(pin=pin, last_at__lt=at) | Q(pin=pin, last_at=at, pk__lt=pk)
            )
        return rows
    rows = rows.order_by("-pk")
    return rows.filter(pk__lt=numbers[0]) if len(numbers) == 1 else rows


def _cursor(row: tuple[Any, ...], sort: str) -> str:
    values = dict(zip(_FIELDS, row, strict=True))
    if sort != "last":
        return str(values["pk"])
    return f"{values['pin']}-{(values['last_at'] - _EPOCH) // timedelta(microseconds=1)}-{values['pk']}"


def lines_of(rows: Iterable[tuple[Any, ...]], now: datetime) -> list[TopicLine]:
    """Rows of `FIELDS` as lines, with their tags and the openers' standing; one statement however many."""
    lines = [_line(dict(zip(_FIELDS, row, strict=True)), now) for row in rows]
    by_key = {line.pk: line for line in lines}
    if by_key:
        for topic, word, body, order in sorted(_beside(by_key), key=itemgetter(3)):
            if order:
                by_key[topic].tags.append(word)
            elif body is None:
                by_key[topic].badge = word
    return lines


# By hand: they run on every page with a list, each time with other keys. Whether an office spoke is looked at in the rows
# found: asked for in SQL, SQLite goes through the index of the offices, where all posts without one stand (74 ms of 100,000).
_BESIDE = (
    f"SELECT topic_id, badge, body_id, 0 FROM {Post._meta.db_table} WHERE topic_id IN ({{keys}}) AND number = 1 AND NOT unnamed "  # noqa: S608
    f"AND badge <> '' AND standing <> '{Standing.STAFF.value}' "
    f"UNION ALL SELECT topic_id, word, NULL, id FROM {TopicTag._meta.db_table} WHERE topic_id IN ({{keys}})"
)


def _beside(keys: Iterable[int]) -> list[tuple[Any, ...]]:
    """(topic, badge, office, 0) of openers and (topic, word, None, key of the tag)."""
    found = list(keys)
    with connection.cursor() as cursor:
        cursor.execute(_BESIDE.format(keys=", ".join(["%s"] * len(found))), [*found, *found])
        return cursor.fetchall()


FIELDS = _FIELDS


def _line(values: dict[str, Any], now: datetime) -> TopicLine:
    unnamed, until = values["unnamed"], values["pinned_until"]
    return TopicLine(
        pk=values["pk"], title=values["title"], url=f"/topics/{values['pk']}/", replies=values["replies"],
        last_number=values["last_number"], last_at=values["last_at"], last_name=values["last_name"],
        by="" if unnamed else values["author__display_name"] or "", office=values["body__name"] or "", unnamed=unnamed,
        answered_by=values["answered_by__name"] or "", solved=values["solved_by"] is not None,
        pin=Pin.NONE if until is not None and until <= now else values["pin"],
        closed=values["closed_at"] is not None and values["closed_at"] <= now, waiting=values["state"] == PostState.WAITING,
        board=values["board_id"],
    )  # fmt: skip


def newest_of(
    boards: Iterable[int], most: int, now: datetime, *, moved: bool = False, own: bool = False
) -> list[TopicLine]:
    """The newest shown topics of some boards, or (`moved`) those with the last replies; for boards that the reader may read.

    `own`: only those that began here, none that stand for what was published elsewhere.
    """
    keys = list(boards)
    if len(keys) == 1 and not moved and not own:
        return lines_of(prepared.rows(_newest, most, values=(keys[0],)), now)
    rows = Topic.objects.filter(board__in=keys, state=PostState.SHOWN, merged_into=None)
    rows = rows.filter(source="") if own else rows
    rows = rows.order_by("-last_at", "-pk") if moved else rows.order_by("-at", "-pk")
    return lines_of(rows.values_list(*_FIELDS)[:most], now)


def _newest(most: int, board: int) -> QuerySet[Topic, Any]:
    """By key, as lists of new topics are: there is an index for it."""
    rows = Topic.objects.filter(board=board, state=PostState.SHOWN, merged_into=None).order_by("-pk")
    return rows.values_list(*_FIELDS)[:most]


def tags_of(board: Board, most: int = 12) -> list[str]:
    """The words that its latest topics bear, the most used first."""
    latest = Topic.objects.filter(board=board, state=PostState.SHOWN).order_by("-pk").values("pk")[:200]
    counted: dict[str, int] = {}
    for word in TopicTag.objects.filter(topic__in=latest).values_list("word", flat=True):
        counted[word] = counted.get(word, 0) + 1
    return sorted(counted, key=lambda word: (-counted[word], word))[:most]


def topic_at(pk: int) -> Topic | None:
    """The topic with all that its page says of it; one statement."""
    return next(iter(prepared.objects(_whole_topic, values=(pk,))), None)


def _whole_topic(pk: int) -> QuerySet[Topic]:
    return Topic.objects.select_related("board__place", "author", "body", "answered_by", "merged_into").filter(pk=pk)

