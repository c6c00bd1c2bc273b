"""What concerns one reader: what he began, is named in, follows, and what goes on at his places. Asked on every visit, so
by few questions: the newest of each board are the same for everybody and kept until something moves there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from linli.common import prepared
from linli.common.pagecache import expect, kept
from linli.people.api import Actor

from ..access import may_read_of
from ..cache_tags import board_tag
from ..models import Board, Follow, Mention, Post, Reading, Topic
from ..rules import Following, Pin, PostState
from .boards import boards_at
from .news import Before, boards_of_reader, newest
from .reading import Read, reads_of
from .topics import FIELDS, TopicLine, lines_of

PAGE, SLACK = 20, 10  # so many may be muted before it is asked once more
ROW = (*FIELDS, "author_id")
PK, AT, STATE, BOARD = (FIELDS.index(name) for name in ("pk", "last_at", "state", "board_id"))
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Concern:
    """A topic, and the first reason why it is shown: own, named, followed, person, board, place."""

    line: TopicLine
    why: str


@dataclass(frozen=True)
class Concerns:
    """A page of them, what the reader has read of them, where to go on, and the boards that they stand on."""

    found: tuple[Concern, ...] = ()
    reads: dict[int, Read] = field(default_factory=dict)
    after: Before = None
    boards: dict[int, Board] = field(default_factory=dict)


def for_you(actor: Actor, now: datetime, before: Before = None, limit: int = PAGE) -> Concerns:
    """What he follows, began, is named in, and what goes on at his places, by the last word."""
    person = actor.person_id
    if person is None:
        return Concerns()
    follows = prepared.rows(_follows_of, values=(person,))
    followed, muted = ({board for board, how in follows if how == one} for one in (Following.FOLLOWED, Following.MUTED))
    home = {board.pk: board for board in boards_of_reader(actor)}
    why: dict[int, str] = {}
    for reason, key in _personal(person, before, limit + 1):
        why.setdefault(key, reason)
    rows = {row[PK]: row for row in _here(sorted(followed | home.keys() - muted), before, limit + 1)}
    rows |= {row[PK]: row for row in _rows(missing)} if (missing := [key for key in why if key not in rows]) else {}
    boards = home | boards_at({row[BOARD] for row in rows.values()}.difference(home))
    ordered = sorted((row for row in rows.values() if _is_before(row, before)), key=lambda row: (row[AT], row[PK]), reverse=True)
    shown, reads = _unmuted(person, (row for row in ordered if _may_read(actor, row, boards)), limit + 1)
    lines = lines_of([row[: len(FIELDS)] for row in shown[:limit]], now)
    found = tuple(Concern(line, why.get(line.pk) or ("board" if line.board in followed else "place")) for line in lines)
    after = (lines[-1].last_at, lines[-1].pk) if len(shown) > limit else None
    return Concerns(found, reads, after, boards)


def _may_read(actor: Actor, row: Row, boards: dict[int, Board]) -> bool:
    board = boards.get(row[BOARD])
    return board is not None and may_read_of(actor, board, row[-1], row[STATE])


def _unmuted(person: UUID, rows: Iterator[Row], most: int) -> tuple[list[Row], dict[int, Read]]:
    """The first of these that he has not muted, and what he has read of them."""
    shown: list[Row] = []
    reads: dict[int, Read] = {}
    while len(shown) < most:
        some = list(islice(rows, most + SLACK))
        if not some:
            break
        reads |= reads_of(person, [row[PK] for row in some])
        shown += [row for row in some if row[PK] not in reads or reads[row[PK]].following != Following.MUTED]
    return shown[:most], reads


def _is_before(row: Row, before: Before) -> bool:
    return before is None or (row[AT], row[PK]) < before


def _here(boards: list[int], before: Before, most: int) -> list[Row]:
    """The topics that moved last on these boards."""
    if before is not None:
        keys = newest(boards, before, most)
        return _rows(keys) if keys else []
    expect(board_tag(board) for board in boards)
    return [row for board in boards for row in _newest(board, most)]


def _newest(board: int, most: int) -> list[Row]:
    def ask() -> list[Row]:
        return [row for pin in Pin.values for row in prepared.rows(_by_board, values=(board, pin))[:most]]

    return kept(("moved last", board, most), ask, tags=(board_tag(board),))


def _listed() -> QuerySet[Topic]:
    return Topic.objects.filter(merged_into=None, state__in=[PostState.SHOWN, PostState.WAITING])


def _by_board(board: int, pin: int) -> QuerySet[Topic, Any]:
    return _listed().filter(board=board, pin=pin).order_by("-last_at", "-pk").values_list(*ROW)[: PAGE + 1]


def _by_key(keys: Any) -> QuerySet[Topic, Any]:
    return _listed().filter(pk__in=keys).values_list(*ROW)


def _rows(keys: list[int]) -> list[Row]:
    return prepared.rows(_by_key, values=(tuple(keys),))


def _follows_of(person: UUID) -> QuerySet[Follow, Any]:
    return Follow.objects.filter(person=person).exclude(board=None).values_list("board_id", "following")


_TOPIC, _FOLLOW = Topic._meta.db_table, Follow._meta.db_table
_NAMED = f"{Mention._meta.db_table} m JOIN {Post._meta.db_table} p ON p.id = m.post_id JOIN {_TOPIC} t ON t.id = p.topic_id"
_PARTS = (
    ("own", f"{_TOPIC} t WHERE t.author_id = %s"),
    ("named", f"{_NAMED} WHERE m.person_id = %s AND p.state = '{PostState.SHOWN.value}'"),
    (
        "followed",
        f"{Reading._meta.db_table} r JOIN {_TOPIC} t ON t.id = r.topic_id WHERE r.person_id = %s AND r.following = {Following.FOLLOWED.value}",
    ),
    (
        "person",
        f"{_TOPIC} t WHERE NOT t.unnamed AND t.body_id IS NULL AND t.author_id IN (SELECT f.whom_id FROM {_FOLLOW} f "  # noqa: S608
        f"WHERE f.person_id = %s AND f.whom_id IS NOT NULL AND f.following = {Following.FOLLOWED.value})",
    ),
)


def _personal(person: UUID, before: Before, most: int) -> Iterable[tuple[str, int]]:
    """By reason, the keys of the topics that moved last; one statement."""
    older = " AND (t.last_at, t.id) < (%s, %s)" if before else ""
    one = "SELECT * FROM (SELECT DISTINCT {rank} AS reason, t.id AS topic, t.last_at FROM {part}{older} ORDER BY t.last_at DESC, t.id DESC LIMIT %s) AS p{rank}"
    sql = " UNION ALL ".join(one.format(rank=rank, part=part, older=older) for rank, (_reason, part) in enumerate(_PARTS))
    me = Reading._meta.get_field("person").get_db_prep_value(person, connection)
    cursor_at = [connection.ops.adapt_datetimefield_value(before[0]), before[1]] if before else []
    with connection.cursor() as cursor:
        cursor.execute(sql, [me, *cursor_at, most] * len(_PARTS))
        return [(_PARTS[rank][0], topic) for rank, topic, _at in sorted(cursor.fetchall(), key=lambda row: row[0])]
