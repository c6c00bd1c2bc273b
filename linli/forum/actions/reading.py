"""How far somebody has read, and when he was here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery

from linli.common import prepared
from linli.common.middleware import on_the_side

from ..models import Reading, Topic, Visit
from ..queries.reading import Read, visit_of
from ..reading_rules import LONGEST, visited
from ..rules import Following

_TABLE = Reading._meta.db_table
_PUT = (
    f"INSERT INTO {_TABLE} (topic_id, person_id, number, at, following) VALUES (%s, %s, %s, %s, %s) "  # noqa: S608
    "ON CONFLICT (person_id, topic_id) DO UPDATE SET "
)
_FORWARD = f"{_PUT} number = excluded.number, at = excluded.at WHERE {_TABLE}.number < excluded.number"
_FOLLOW = (
    f"{_PUT} following = CASE {_TABLE}.following WHEN 0 THEN excluded.following ELSE {_TABLE}.following END, "
    f"number = CASE WHEN {_TABLE}.number < excluded.number THEN excluded.number ELSE {_TABLE}.number END, "
    f"at = CASE WHEN {_TABLE}.number < excluded.number THEN excluded.at ELSE {_TABLE}.at END"
)


def move_forward(*, person: UUID, topic: int, number: int, now: datetime, following: int = Following.NONE) -> None:
    """He has read up to this number; never back. One statement; `following` counts where he had no row."""
    _run(_FORWARD, person, topic, number, now, following)


def _run(sql: str, person: UUID, topic: int, number: int, now: datetime, following: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [topic, prepared.adapt(person), number, prepared.adapt(now), int(following)])


def note_read(*, person: UUID, topic: int, number: int, before: Read | None, now: datetime) -> None:
    """Beside the showing of a page: what he had read `before` is known, so that most pages write nothing.

    Who opens a topic for the first time is one reader more.
    """
    if before is not None and before.number >= number:
        return

    def write() -> None:
        move_forward(person=person, topic=topic, number=number, now=now)
        if before is None:
            Topic.objects.filter(pk=topic).update(readers=F("readers") + 1)

    on_the_side(write)


def follow_by_writing(*, person: UUID, topic: int, number: int, now: datetime) -> None:
    """Who writes in a topic has read so far, and follows it unless he muted it. One statement."""
    _run(_FOLLOW, person, topic, number, now, Following.FOLLOWED)


def note_visit(*, person: UUID, now: datetime) -> datetime:
    """He is here: what is younger than the answer is new to him. Writes at most once in five minutes."""
    since, at = visit_of(person)
    step = visited(since, at, now)
    if step.write:
        values = {"since": step.since, "at": step.at}
        on_the_side(lambda: Visit.objects.update_or_create(person_id=person, defaults=values))
    return step.since


@transaction.atomic
def read_all(*, person: UUID, now: datetime) -> None:
    """Nothing is new to him any more: topics that he has opened are read to their end, the others are older than now."""
    last = Subquery(Topic.objects.filter(pk=OuterRef("topic")).values("last_number")[:1])
    moved = Reading.objects.filter(person=person, number__gt=0, topic__last_at__gt=now - LONGEST)
    moved.filter(number__lt=F("topic__last_number")).update(number=last, at=now)
    Visit.objects.update_or_create(person_id=person, defaults={"since": now, "at": now})
