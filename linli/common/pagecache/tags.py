"""Versions of tags: raised by writers in their own transaction, read by every process at most twice a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable

from django.db import DatabaseError, InterfaceError, close_old_connections, connection, transaction

GLOBAL = ""
TABLE = "linli_common_cachetag"
LIVE = "live:"  # rows of common.polling; no kept page has them
EVERY = 0.5  # seconds between two looks at the global row
STALE = 30.0  # how long pages are still given out when the database does not answer
PATIENCE = 0.25  # seconds to wait for another thread's look
BATCH = 400

Versions = dict[str, int]
TROUBLE = (DatabaseError, InterfaceError)
_watchers: list[Watch] = []


class _Bumped:
    """After the commit: this process looks at once. Django drops it with its transaction or savepoint."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def __call__(self) -> None:
        for watch in _watchers:
            watch.bumped += 1
            watch.due = 0.0


def bump(*tags: str) -> None:
    """Whoever shows one of the tags shows it anew once this transaction is committed. Call it last in a verb.

    The global row is locked first, so that two writers wait for each other instead of meeting head-on. One statement.
    """
    done = [job[1].names for job in connection.run_on_commit if isinstance(job[1], _Bumped)]
    names = set(tags).difference(*done)
    if names:
        raise_rows({GLOBAL, *names})
        transaction.on_commit(_Bumped(frozenset(names)))


def raise_rows(names: set[str]) -> None:
    """Add one to each row's version, in the order of their names; missing rows are made."""
    marks = ", ".join(["(%s, 1)"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {TABLE} (tag, version) VALUES {marks} "  # noqa: S608 - names a table of ours
            f"ON CONFLICT (tag) DO UPDATE SET version = {TABLE}.version + 1", sorted(names),
        )  # fmt: skip


def read(tags: Iterable[str]) -> Versions:
    """The versions of these tags and of the global row, in one statement up to 400 tags; 0 where never bumped."""
    names = sorted({GLOBAL, *tags})
    found = dict.fromkeys(names, 0)
    for at in range(0, len(names), BATCH):
        some = names[at : at + BATCH]
        marks = ", ".join(["%s"] * len(some))
        with connection.cursor() as cursor:  # by hand: this runs at every use of a kept part
            cursor.execute(f"SELECT tag, version FROM {TABLE} WHERE tag IN ({marks})", some)  # noqa: S608 - names a table of ours
            found.update(cursor.fetchall())
    return found


class Watch:
    """What this process knows of the versions. `moved(versions)` is called when the global row has changed."""

    def __init__(
        self, in_use: Callable[[], set[str]], moved: Callable[[Versions], None],
        aside: Callable[[Callable[[], None]], None] = lambda work: work(),
    ) -> None:  # fmt: skip
        self.in_use, self.moved, self.aside = in_use, moved, aside
        self.current = -1
        self.due, self.bumped = 0.0, 0
        self.good = 0.0  # when the database last answered
        self.lock = threading.Lock()
        _watchers.append(self)

    def look(self) -> float | None:
        """How many seconds old our knowledge may be beyond the agreed one: 0.0 when all is well; None: too old."""
        now = time.monotonic()
        if now < self.due:
            return self.behind(now)
        if self.lock.acquire(timeout=0 if now - self.good < EVERY + PATIENCE else PATIENCE):
            try:
                if now >= self.due:
                    self.aside(self.reread)
            finally:
                self.lock.release()
        return self.behind(time.monotonic())

    def behind(self, now: float) -> float | None:
        age = now - self.good
        if age <= EVERY + PATIENCE:
            return 0.0
        return age if self.good and age <= STALE else None

    def reread(self) -> None:
        started, bumped = time.monotonic(), self.bumped
        try:
            version = read(())[GLOBAL]
            if version != self.current:
                known = read(self.in_use())
                self.moved(known)
                self.current = known[GLOBAL]
            self.good = started
        except TROUBLE:
            pass
        finally:
            self.due = started + EVERY if self.bumped == bumped else 0.0  # who has committed meanwhile is looked for again
            close_old_connections()
