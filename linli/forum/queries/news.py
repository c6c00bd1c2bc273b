"""What goes on around a reader's home. Each page asks a fixed number of questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from linli.areas.api import Area, Level
from linli.common.pagecache import kept
from linli.people.api import Actor

from ..access import may_read, readable, readable_topics
from ..models import Board, Follow, Reading, Topic
from ..rules import Following, Pin, PostState
from .topics import FIELDS, TopicLine, lines_of

PAGE, NEAR, ABOVE = 20, 8, 5
MOST_BOARDS = 60  # boards of one list; a reader has a dozen

Before = tuple[datetime, int] | None  # the last line of the page before: its time and key


@dataclass(frozen=True)
class Ring:
    """A circle around the reader's home: its places, and what was said there last."""

    key: str
    places: tuple[Area, ...]
    lines: tuple[TopicLine, ...]


def newest(boards: Sequence[int], before: Before, limit: int) -> list[int]:
    """Keys of the topics that moved last on each of these boards, `limit` a board and pin; one statement by index."""
    if not boards:
        return []
    older = "AND (last_at, id) < (%s, %s) " if before else ""
    one = (
        f"SELECT * FROM (SELECT id FROM {Topic._meta.db_table} WHERE board_id = %s AND pin = %s {older}"  # noqa: S608
        "ORDER BY last_at DESC, id DESC LIMIT %s) AS part"
    )
    values: list[Any] = []
    parts = []
    for board in boards[:MOST_BOARDS]:
        for pin in Pin.values:
            parts.append(one)
            values += [board, pin, *_moment(before), limit]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), values)
        return [key for (key,) in cursor.fetchall()]


def _lines(actor: Actor, keys: Collection[int], most: int, now: datetime) -> list[TopicLine]:
    """Of these the ones that he may read and has not muted, the last word first; three statements."""
    muted = Reading.objects.filter(person=actor.person_id, topic=OuterRef("pk"), following=Following.MUTED)
    rows = Topic.objects.filter(readable_topics(actor), ~Exists(muted), pk__in=keys, merged_into=None)
    rows = rows.filter(state__in=[PostState.SHOWN, PostState.WAITING]).order_by("-last_at", "-pk")
    return lines_of(rows.values_list(*FIELDS)[:most], now)


def _moment(before: Before) -> list[Any]:
    return [connection.ops.adapt_datetimefield_value(before[0]), before[1]] if before else []


def home_paths(actor: Actor) -> tuple[str, ...]:
    """Where the reader is at home: his compounds; of an office, its places."""
    paths = actor.acting.paths if actor.acting else tuple(stay.path for stay in actor.stays)
    return tuple(dict.fromkeys(paths))


def boards_of_reader(actor: Actor) -> list[Board]:
    """The boards of his compounds and of the communities around them; of an office those of its places and above."""
    known = actor.memo.get("forum boards")
    if known is None:
        known = actor.memo["forum boards"] = _boards_of_reader(actor)
    return list(known)


def _boards_of_reader(actor: Actor) -> list[Board]:
    paths = home_paths(actor)
    if not paths:
        return []
    found = kept(("boards at", paths), lambda: _boards_around(paths), tags=("boards", "areas"))
    return [board for board in found if may_read(actor, board)][:MOST_BOARDS]


def _boards_around(paths: tuple[str, ...]) -> list[Board]:
    keys = {int(key) for path in paths for key in path.strip("/").split("/")}
    rows = Board.objects.filter(place__in=keys, place__level__gte=Level.COMMUNITY, closed_at=None)
    return list(rows.select_related("place").order_by("-place__level", "order", "pk"))


def near(actor: Actor, now: datetime) -> list[Ring]:
    """His compounds, then the community around them with its other compounds, then the street. Eight statements at most."""
    paths = home_paths(actor)
    keys = {int(key) for path in paths for key in path.strip("/").split("/")}
    places = list(Area.objects.filter(pk__in=keys, level__range=(Level.STREET, Level.COMPOUND)).order_by("-level", "sort", "pk"))
    if not places:
        return []
    own = [place for place in places if place.level == Level.COMPOUND]
    around = [place for place in places if place.level == Level.COMMUNITY]
    street = [place for place in places if place.level == Level.STREET]
    wide = Q(place__in=[place.pk for place in [*own, *street]])
    for place in around:
        wide |= Q(place__path__under=place.path)
    boards = list(Board.objects.filter(readable(actor), wide).order_by("order", "pk").values_list("pk", "place_id"))
    compounds, streets = {place.pk for place in own}, {place.pk for place in street}
    rings = [
        ("home", own, [pk for pk, place in boards if place in compounds]),
        ("community", around, [pk for pk, place in boards if place not in compounds | streets]),
        ("street", street, [pk for pk, place in boards if place in streets]),
    ]
    found = {key: newest(members, None, NEAR) for key, _places, members in rings if members}
    rows = _lines(actor, {pk for some in found.values() for pk in some}, MOST_BOARDS * NEAR, now)
    lines = {key: [row for row in rows if row.pk in set(some)][:NEAR] for key, some in found.items()}
    return [Ring(key, tuple(some), tuple(lines.get(key, ()))) for key, some, members in rings if members]


def from_above(actor: Actor, board: Board, now: datetime) -> list[TopicLine]:
    """Notices of the places above that hold now and matter: they stand over this board's own topics."""
    rows = Topic.objects.filter(
        readable_topics(actor), board__place__in=board.place.ancestor_ids, board__theme="", pin__gt=Pin.NONE,
        pinned_until__gt=now, state=PostState.SHOWN,
    )  # fmt: skip
    rows = rows.exclude(source="").order_by("-pin", "-last_at", "-pk")
    return lines_of(rows.values_list(*FIELDS)[:ABOVE], now)


def followed_things(person: UUID) -> dict[str, list[Any]]:
    """What somebody follows or has muted: boards, people, and the topics, the last word first."""
    rows = list(Follow.objects.filter(person=person).select_related("board", "whom").order_by("-pk"))
    topics = Reading.objects.filter(person=person).exclude(following=Following.NONE).select_related("topic__board__place")
    return {
        "boards": [row for row in rows if row.board_id],
        "people": [row for row in rows if row.whom_id],
        "topics": list(topics.order_by("-topic__last_at")[:100]),
    }
