"""The neutral lines into a fresh instance of Linli, in bulk but by the forum's own cooking, articles and search entries.

    python -m bench.forum_load base         the instance in LINLI_DATA with people and boards, to be copied
    python -m bench.forum_load LINES        fills it; prints a book as JSON

The book says which key has which topic, and the cookies of the people. Counters are set as the verbs would have left
them; whether they are right is then asked of the forum's own nightly repair, which must find nothing.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import batched
from pathlib import Path
from typing import Any

from . import forum_data as data
from .forum_cook import OFFICE, Cook, Line, Made

BATCH = 2000
AHEAD = 8  # packages that are cooked or being cooked while one is written


def main(what: str) -> None:
    from linli.config import instance, prepare
    from linli.config.cli import setup

    if what == "base":
        instance.create(instance.Instance(kind="demo", name="柳渡街道"), instance.data_folder())
        setup.django()
        prepare.prepare(instance.data_folder())
        make_base()
    else:
        setup.django()
        print(json.dumps(fill(Path(what))))


def fill(lines: Path) -> dict[str, Any]:
    """All that is said and read, into an instance with people and boards."""
    from django.db import connection

    from linli.common import clock

    loader = Loader(lines, clock.now())
    loader.visits()
    connection.close()  # the cooks are forked now and open their own
    with multiprocessing.get_context("fork").Pool(2) as cooks:
        loader.topics(cooks)
    loader.reads()
    loader.counters()
    wrong = [topic for topic in (data.GIANT, data.PUBLIC, data.OWN) if not loader.is_right(topic)]
    if wrong:
        raise SystemExit(f"counters of topics {wrong} are not what the forum itself counts")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"cookies": cookies(loader.persons), "boards": [board.pk for board in loader.boards], "posts": loader.posts}


def make_base() -> None:
    """Members own homes of building 3, handlers hold posts in the community's office, outsiders have nothing here."""
    from django.db import connection, transaction

    from linli.areas.tests.factories import make_cell, make_home
    from linli.common import clock
    from linli.forum.models import Board
    from linli.people.rules import BodyKind, Role
    from linli.people.tests.factories import make_body, make_person, make_post, make_residency
    from linli.sites.api import ensure_sites

    now = clock.now()
    with transaction.atomic():
        places = make_cell()
        office = make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"], name=OFFICE)
        for line in data.people():
            person = make_person(line["name"], demo_key=f"bench{line['n']}")
            person.created_at = now - timedelta(days=3650)
            person.save(update_fields=["created_at"])
            if line["class"] == "member":
                make_residency(person, make_home(places["entrance"], f"{line['n'] + 3}01", line["n"] + 3))
            elif line["class"] == "handler":
                make_post(person, office, Role.RESIDENTS_COMMITTEE)
        ensure_sites(now=now)
        for line in data.boards():
            theme = {"theme": f"theme-{line['n']}", "name": line["name"], "order": line["n"] + 1}
            Board.objects.create(place=places["compound_a1"], reads=line["reads"], **theme)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


class Loader:
    """Topic n has the key n + 1; posts have the keys 1, 2, 3 … in the order of the lines."""

    def __init__(self, lines: Path, now: datetime) -> None:
        from linli.forum.models import Board
        from linli.people.models import Person

        self.lines, self.now, self.posts = lines, now, 0
        people = Person.objects.filter(demo_key__startswith="bench")
        self.persons = sorted(people, key=lambda person: int(person.demo_key.removeprefix("bench")))
        self.boards = list(Board.objects.filter(theme__startswith="theme-").select_related("place").order_by("order"))

    def at(self, ago: int) -> datetime:
        return self.now - timedelta(seconds=ago)

    def visits(self) -> None:
        """Person n was last here n + 1 days ago."""
        from linli.forum.models import Visit

        Visit.objects.bulk_create(
            Visit(person=person, since=self.at(86400 * min(1 + n, 60)), at=self.now) for n, person in enumerate(self.persons)
        )

    def topics(self, cooks: Any) -> None:
        """Everything that is said; the index is built once at the end."""
        from django.db import connection

        from linli.search.index import FTS, statements
        from linli.search.models import SearchEntry

        with connection.cursor() as cursor:
            for name in ("insert", "delete", "update"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {FTS}_{name}")
            cursor.execute("PRAGMA synchronous=OFF")
        taken: set[int] = set()
        cook = Cook(self.persons, self.boards, self.now)
        ahead = threading.Semaphore(AHEAD)
        for some in cooks.imap(cook, _held_back(self._whole_topics(), ahead)):
            self._put(some, taken)
            ahead.release()
        with connection.cursor() as cursor:
            for statement in statements(SearchEntry._meta.db_table, "sqlite"):
                cursor.execute(statement)
            cursor.execute("PRAGMA synchronous=FULL")

    def _whole_topics(self) -> Iterator[tuple[int, list[Line]]]:
        """Topics with their posts, some hundred posts at a time, each with the key of its first post."""
        found, first = [], 1
        for line in data.read(self.lines):
            if line["kind"] == "topic" and len(found) > 400:
                yield first, found
                first += sum(one["kind"] == "post" for one in found)
                found = []
            if line["kind"] in ("topic", "post"):
                found.append(line)
        yield first, found

    def _put(self, made: Made, taken: set[int]) -> None:
        from django.db import transaction

        from linli.forum.models import Post, Reaction, Topic
        from linli.search.models import SearchEntry

        for entry in made.entries:
            while entry.pk in taken:
                entry.pk = (entry.pk >> 16 << 16) | ((entry.pk + 1) & 0xFFFF)
            taken.add(entry.pk)
        with transaction.atomic():
            for model, rows in ((Topic, made.topics), (Post, made.posts), (Reaction, made.reactions), (SearchEntry, made.entries)):
                for some in batched(rows, BATCH):
                    model.objects.bulk_create(some)
        self.posts += len(made.posts)

    def reads(self) -> None:
        """How far each has read; who reads most follows a topic in ten."""
        from linli.forum.models import Reading

        def rows() -> Iterator[Any]:
            for line in data.of_kind(self.lines, "read"):
                follows = line["person"] < 3 and line["topic"] % 10 == 1
                yield Reading(topic_id=line["topic"] + 1, person=self.persons[line["person"]], number=line["number"], at=self.now, following=int(follows))

        for some in batched(rows(), 5 * BATCH):
            Reading.objects.bulk_create(some)

    def counters(self) -> None:
        from django.db import connection

        from linli.forum.models import Reading, Topic

        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {Topic._meta.db_table} AS t SET readers = (SELECT COUNT(*) FROM {Reading._meta.db_table} r WHERE r.topic_id = t.id)"  # noqa: S608 - names of our own tables
            )
        from linli.forum.actions.counting import recount_board

        for board in self.boards:
            recount_board(board)

    def is_right(self, topic: int) -> bool:
        """Whether the forum's own count says what was written."""
        from linli.forum.actions.counting import figures_of
        from linli.forum.models import Topic

        row = Topic.objects.get(pk=topic + 1)
        return all(getattr(row, name) == value for name, value in figures_of(row).items())


def _held_back(packages: Iterator[Any], ahead: threading.Semaphore) -> Iterator[Any]:
    """No more than are wanted: cooks may be quicker than the database."""
    for package in packages:
        ahead.acquire()
        yield package


def cookies(persons: list[Any]) -> list[str]:
    """A signed-in session of each."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from linli.common.sessions import SessionStore

    found = []
    for person in persons:
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session.save()
        found.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return found


if __name__ == "__main__":
    main(sys.argv[1])
