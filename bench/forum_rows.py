"""Rows of the forum's table: who is asked what, what must be in the answer, and what it took, database included."""

from __future__ import annotations

import http.client
import re
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from . import load, servers
from .load import Load
from .measure import cpu_seconds, tree

WINDOWS = 5
SECONDS = 1.5
ARTICLE = "<article "
TOKEN = "b" * 32  # a form's token is whatever the cookie says


@dataclass
class Reply:
    """How one writes there: a form with a one-time key, by one person after the other, so that no limit answers instead."""

    cookies: list[str]
    path: str
    csrf_cookie: str = "csrftoken"
    csrf_field: str = "csrfmiddlewaretoken"
    fields: Callable[[int], dict[str, str]] = lambda n: {}
    good: tuple[int, ...] = (302,)
    headers: dict[str, str] = field(default_factory=dict)

    def send(self, connection: http.client.HTTPConnection, n: int) -> None:
        """The next reply; anything but its acknowledgement ends the run."""
        body = urlencode({self.csrf_field: TOKEN, **self.fields(n)}).encode()
        cookie = f"{self.cookies[n % len(self.cookies)]}; {self.csrf_cookie}={TOKEN}"
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", **self.headers}
        connection.request("POST", self.path, body, headers)
        answer = connection.getresponse()
        said = answer.read()
        if answer.status not in self.good:
            raise SystemExit(f"POST {self.path}: {answer.status}\n{said.decode(errors='replace')[-3000:]}")


def words(n: int) -> dict[str, str]:
    """Some eighty letters that nobody has written before."""
    text = f"第 {n} 回说这件事：东门的停车昨天晚上又出了问题，有没有人知道找谁？三幢住的老人多，电梯这件事拖不得。\n\n**{uuid.uuid4().hex[:8]}** 是我记下的单号。"
    return {"text": text, "key": str(uuid.uuid4()), "to": ""}


@dataclass
class Row:
    """So many `posts` and `hits` (a pattern and how often) must be in the body; `also` are the processes of its database."""

    what: str
    server: servers.Server
    path: str = ""
    cookie: str = ""
    connections: int = 1
    number: int = 40
    before: Callable[[], None] | None = None
    posts: str = ARTICLE
    articles: int | None = None
    hits: tuple[str, int] | None = None
    must: tuple[str, ...] = ()
    reply: Reply | None = None
    also: tuple[int, ...] = ()
    loads: list[Load] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    sent: Iterator[int] = field(default_factory=lambda: iter(range(10**9)))

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}

    def page(self) -> str:
        return servers.get(self.server.port, self.path, **self.headers)[1]

    def server_pids(self) -> list[int]:
        return tree(self.server.process.pid)

    def pids(self) -> list[int]:
        return [pid for root in (self.server.process.pid, *self.also) for pid in tree(root)]

    def check(self) -> None:
        """Status, posts and hits, before anything is timed."""
        if self.reply is not None:
            return  # every one of them is checked
        status, text = servers.get(self.server.port, self.path, **self.headers)
        found = text.count(self.posts)
        if status != 200 or (self.articles is not None and found != self.articles):
            raise SystemExit(f"{self.what}: answers {status} with {found} posts instead of {self.articles}")
        if self.hits is not None and (n := len(re.findall(self.hits[0], text))) != self.hits[1]:
            raise SystemExit(f"{self.what}: {n} hits instead of {self.hits[1]}")
        for word in self.must:
            if word not in text:
                raise SystemExit(f"{self.what}: {word} is missing")

    def warm(self) -> None:
        """Each worker has done it."""
        if self.reply is not None:
            self._write(6)
        else:
            load.one_by_one(self.server.port, self.path, self.headers, number=16)

    def measure(self) -> None:
        pids = self.pids()
        before = cpu_seconds(pids)
        if self.reply is not None:
            found = self._write(self.number)
        elif self.connections == 1:
            found = load.one_by_one(self.server.port, self.path, self.headers, number=self.number, before=self.before)
        else:
            found = load.drive(self.server.port, self.path, self.headers, connections=self.connections, seconds=SECONDS)
        if found.bad:
            raise SystemExit(f"{self.what}: {found.bad} answers were not 200")
        self.loads.append(found)
        self.cpu.append((cpu_seconds(pids) - before) * 1000 / found.requests)

    def _write(self, number: int) -> Load:
        assert self.reply is not None
        made, started = Load(), time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        for _ in range(number):
            sent = time.perf_counter()
            self.reply.send(connection, next(self.sent))
            made.waits.append(time.perf_counter() - sent)
            made.requests += 1
        connection.close()
        made.seconds = time.perf_counter() - started
        return made.sorted_up()

    @property
    def milliseconds(self) -> float:
        return median(self.cpu)

    @property
    def rate(self) -> float:
        return median(one.rate for one in self.loads)

    @property
    def p50(self) -> float:
        return median(one.p50 for one in self.loads)


def interleaved(rows: list[Row]) -> None:
    """A-B-A-B: each window of each row next to the others', so that a busy moment meets them all."""
    for row in rows:
        row.check()
        row.warm()
    for _ in range(WINDOWS):
        for row in rows:
            row.measure()


def bumper(base: Path, *tags: str, topics: tuple[int, ...] = ()) -> Callable[[], None]:
    """Lets go of what is kept, as the last lines of a verb do: these topics have another version, these tags too."""
    connection = sqlite3.connect(base, isolation_level=None, timeout=10)
    rows = ", ".join(f"('{tag}', 1)" for tag in ("", *tags))
    statement = (
        f"INSERT INTO linli_common_cachetag (tag, version) VALUES {rows} "  # noqa: S608 - tags of our own
        "ON CONFLICT (tag) DO UPDATE SET version = version + 1"
    )

    versions = f"UPDATE linli_forum_topic SET version = version + 1 WHERE id IN ({', '.join(map(str, topics))})"  # noqa: S608 - keys of our own

    def bump() -> None:
        connection.execute(statement)
        connection.execute(versions)

    return bump


def toucher(base: Path, statement: str) -> Callable[[], None]:
    """A write from outside: it empties what each connection holds of the file, which the floor is to feel too."""
    connection = sqlite3.connect(base, isolation_level=None, timeout=10)

    def touch() -> None:
        connection.execute(statement)

    return touch
