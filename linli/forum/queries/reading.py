"""What a reader has read, follows, and what is new to him. By hand where it runs on every page of a signed-in reader."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from linli.common import prepared

from ..models import Board, Follow, Reading, Topic, Visit
from ..reading_rules import since_at_most
from ..rules import Following, PostState
from .topics import TopicLine

_READING = Reading._meta.db_table
_TOPIC = Topic._meta.db_table
_MOST = 99  # more new topics of a board than this are not counted


@dataclass(frozen=True)
class Read:
    """How far one has read a topic, and whether one follows it."""

    number: int
    following: int


def read_of(person: UUID, topic: int) -> Read | None:
    """The reader's row of one topic; a look by its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT number, following FROM {_READING} WHERE person_id = %s AND topic_id = %s",  # noqa: S608
            [_key(person), topic],
        )
        row = cursor.fetchone()
    return Read(*row) if row else None


def reads_of(person: UUID, topics: Iterable[int]) -> dict[int, Read]:
    """His rows of a list's topics, by topic; one statement, none for an empty list."""
    keys = list(topics)
    if not keys:
        return {}
    marks = ", ".join(["%s"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT topic_id, number, following FROM {_READING} WHERE person_id = %s AND topic_id IN ({marks})",  # noqa: S608
            [_key(person), *keys],
        )
        return {topic: Read(number, following) for topic, number, following in cursor.fetchall()}


def fill_new(person: UUID, lines: Iterable[TopicLine], since: datetime) -> dict[int, Read]:
    """Mark in a list what is new to the reader; one statement. What he has muted is never new.

    New is what came after the last post that he read; of what he never opened, what moved since his last visit.
    """
    rows = list(lines)
    reads = reads_of(person, [line.pk for line in rows])
    mark_new(rows, reads, since)
    return reads


def mark_new(lines: Iterable[TopicLine], reads: dict[int, Read], since: datetime) -> None:
    """The same where the reader's rows are known."""
    for line in lines:
        read = reads.get(line.pk)
        if read is not None and read.following == Following.MUTED:
            continue
        line.new_count = max(0, line.last_number - read.number) if read is not None and read.number else 0
        line.new = line.new_count > 0 or ((read is None or not read.number) and line.last_at > since)


def news_of_boards(person: UUID, boards: Collection[int], since: datetime) -> dict[int, int]:
    """How many topics of each board moved since then and hold something that he has not read; one statement.

    A complaint box counts only what is his own. The plus signs lead SQLite to what moved since then: through the index of
    merged topics, where all others stand too, it read every topic of the forum.
    """
    if not boards:
        return {}
    holders = ", ".join(["%s"] * len(boards))
    sql = (
        f"SELECT +t.board_id, COUNT(*) FROM {_TOPIC} t JOIN {Board._meta.db_table} b ON b.id = t.board_id "  # noqa: S608
        f"LEFT JOIN {_READING} r ON r.topic_id = t.id AND r.person_id = %s "
        f"WHERE +t.board_id IN ({holders}) AND t.last_at > %s AND t.state = %s AND +t.merged_into_id IS NULL "
        "AND (b.reads <> 'own' OR t.author_id = %s) "
        "AND COALESCE(r.number, 0) < t.last_number AND COALESCE(r.following, 0) >= 0 GROUP BY +t.board_id"
    )
    me = _key(person)
    with connection.cursor() as cursor:
        moment = connection.ops.adapt_datetimefield_value(since)
        cursor.execute(sql, [me, *boards, moment, PostState.SHOWN.value, me])
        return {board: min(count, _MOST) for board, count in cursor.fetchall()}


def since_of(person: UUID, now: datetime) -> datetime:
    """What is younger than this is new to him: his visit before this one."""
    return since_at_most(visit_of(person)[0], now)


def visit_of(person: UUID) -> tuple[datetime | None, datetime | None]:
    """Since when what he sees is new to him, and when he was last seen."""
    found = prepared.rows(_visit_of, values=(person,))
    return (found[0][0], found[0][1]) if found else (None, None)


def _visit_of(person: UUID) -> QuerySet[Visit, Any]:
    return Visit.objects.filter(person=person).values_list("since", "at")


def follow_of_board(person: UUID, board: int) -> int:
    found = Follow.objects.filter(person=person, board=board).values_list("following", flat=True).first()
    return Following.NONE if found is None else found


def follow_of_person(person: UUID, whom: UUID) -> int:
    found = Follow.objects.filter(person=person, whom=whom).values_list("following", flat=True).first()
    return Following.NONE if found is None else found


def _key(person: UUID) -> Any:
    return Reading._meta.get_field("person").get_db_prep_value(person, connection)
