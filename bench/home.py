"""The home page: anonymous warm and cold, signed in, beside nginx and the floor; interleaved in one run."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from . import load, servers
from .load import Load
from .measure import Figure, cpu_seconds, pss, tree

WINDOWS = 5
SECONDS = 1.5
NUMBER = 60  # requests in a window of one reader
PAST = "/?past=the-page-cache"  # a parameter that the page does not know
LINK = re.compile(r'<a [^>]*href="((?:/s/|/notices/|/bodies/|/events/|/blog/|/albums/|tel:)[^"]+)"[^>]*>(.*?)</a>', re.DOTALL)
COUNT = re.compile(r"<span>\s*(\d+ (?:个小区|幢)|一周 \d+ 条公告)\s*</span>")
MARK = re.compile(r"<[^>]+>|\s")
UNBROKEN = re.compile(r'<span class="nb">(.*?)</span>')  # keeps number and measure word together
# A write to all that the page shows: the most that verbs move.
BUMP = (
    "INSERT INTO linli_common_cachetag (tag, version) VALUES ('', 1), ('areas', 1), ('bodies', 1), ('sites', 1), ('news', 1)"
    " ON CONFLICT (tag) DO UPDATE SET version = version + 1"
)
Told = set[tuple[str, str]]


def told(page: str) -> Told:
    """What the page's own part says: each link to a thing with its words, and each figure."""
    main = page[page.index("<main") : page.index("</main>")].replace("\xa0", " ")
    links = {(MARK.sub("", address), MARK.sub("", words)) for address, words in LINK.findall(main)}
    return links | {("", words) for words in COUNT.findall(UNBROKEN.sub(r"\1", main))}


@dataclass
class Subject:
    """What is asked of whom, and what came out: one Load and processor milliseconds a request for each window."""

    what: str
    server: servers.Server
    path: str
    cookie: str = ""
    connections: int = 1
    before: Callable[[], None] | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    loads: list[Load] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": self.cookie} if self.cookie else {}

    def check(self, expected: Told) -> None:
        """Status and content, before anything is timed."""
        status, text = servers.get(self.server.port, self.path, **self.headers)
        other = told(text) ^ expected if status == 200 else set()
        if status != 200 or other:
            raise SystemExit(f"{self.what}: answers {status} with other content than the rest: {sorted(other)[:6]}")
        for word in self.must:
            if word not in text:
                raise SystemExit(f"{self.what}: {word} is missing")
        for word in self.must_not:
            if word in text:
                raise SystemExit(f"{self.what}: holds {word}")

    def measure(self) -> None:
        pids = tree(self.server.process.pid)
        before = cpu_seconds(pids)
        if self.connections == 1:
            found = load.one_by_one(self.server.port, self.path, self.headers, number=NUMBER, before=self.before)
        else:
            found = load.drive(self.server.port, self.path, self.headers, connections=self.connections, seconds=SECONDS)
        if found.bad:
            raise SystemExit(f"{self.what}: {found.bad} answers were not 200")
        self.loads.append(found)
        self.cpu.append((cpu_seconds(pids) - before) * 1000 / found.requests)

    @property
    def milliseconds(self) -> float:
        return median(self.cpu)

    @property
    def rate(self) -> float:
        return median(one.rate for one in self.loads)


def interleaved(subjects: list[Subject]) -> None:
    """A-B-A-B: each window of each subject next to the others', so that a busy moment meets them all."""
    for subject in subjects:
        load.one_by_one(subject.server.port, subject.path, subject.headers, number=20)  # each worker is warm
    for _ in range(WINDOWS):
        for subject in subjects:
            subject.measure()


def writer(base: Path, statement: str) -> Callable[[], None]:
    """Changes what the home page shows, as a verb does, in the least possible way."""
    connection = sqlite3.connect(base, isolation_level=None, timeout=10)

    def write() -> None:
        connection.execute(statement)

    return write


def run() -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    try:
        with contextlib.ExitStack() as stack:
            return _run(folder, stack)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class Subjects:
    """Who is measured, and against whom."""

    kept: servers.Server
    warm: Subject
    still: Subject
    fresh: Subject
    jinja: Subject
    signed: Subject
    signed_floor: Subject
    groups: list[list[Subject]]


def _run(folder: Path, stack: contextlib.ExitStack) -> list[Figure]:
    cookie = servers.build(folder)
    kept = stack.enter_context(servers.linli(folder, "linli"))
    page = servers.get(kept.port, "/")[1]
    nginx = stack.enter_context(servers.nginx(folder, page))
    floor_cookie = servers.build_floor(folder, page)
    floor = stack.enter_context(servers.floor(folder))
    subjects = _subjects(folder, kept, nginx, floor, (cookie, floor_cookie))
    expected = told(page)
    for group in subjects.groups:
        for subject in group:
            subject.check(expected)
    for group in subjects.groups:
        interleaved(group)
    time.sleep(0.2)
    return [*_figures(subjects), *_goals(subjects)]


def _subjects(folder: Path, kept: servers.Server, nginx: servers.Server, floor: servers.Server, cookies: tuple[str, str]) -> Subjects:
    write = writer(folder / "linli" / "linli.sqlite3", BUMP)
    # A write from outside also empties what each connection holds of the file: the floor is to feel that as well.
    write_floor = writer(folder / "floor.sqlite3", "UPDATE floor_user SET last_login = NULL")
    mine, nobody = ("何立群",), ("csrfmiddlewaretoken", "何立群")
    warm = Subject("home, anonymous, warm, 16 readers", kept, "/", connections=16, must_not=nobody)
    warm_one = Subject("home, anonymous, warm, 1 reader", kept, "/", must_not=nobody)
    still = Subject("nginx, the same bytes, 16 readers", nginx, "/home.html", connections=16)
    still_one = Subject("nginx, the same bytes, 1 reader", nginx, "/home.html")
    fresh = Subject("home, anonymous, cold: after a write", kept, PAST, before=write, must_not=nobody)
    other = Subject("home, anonymous, not kept, nothing written", kept, PAST, must_not=nobody)
    signed = Subject("home, signed in", kept, "/", cookies[0], must=mine)
    django = Subject("floor: Django template + ORM", floor, "/django/", before=write_floor)
    jinja = Subject("floor: Jinja2 + ORM", floor, "/jinja/", before=write_floor)
    joined = Subject("floor: joined fragments", floor, "/joined/")
    signed_floor = Subject("floor: fragments, signed in", floor, "/signed-in/", cookies[1], must=mine)
    groups = [[warm, still], [warm_one, still_one], [fresh, other, jinja, django, joined], [signed, signed_floor]]
    return Subjects(kept, warm, still, fresh, jinja, signed, signed_floor, groups)


def _figures(subjects: Subjects) -> list[Figure]:
    figures = []
    for subject in (one for group in subjects.groups for one in group):
        waits = sorted(subject.loads, key=lambda one: one.p50)[len(subject.loads) // 2]
        figures += [
            Figure(f"{subject.what}: processor a request", subject.milliseconds, "ms"),
            Figure(f"{subject.what}: rate", subject.rate, "/s"),
            Figure(f"{subject.what}: p50", waits.p50, "ms"), Figure(f"{subject.what}: p99", waits.p99, "ms"),
        ]  # fmt: skip
    return figures


def _goals(all_: Subjects) -> list[Figure]:
    pids = tree(all_.kept.process.pid)
    web = [pid for pid in pids if "linli.config.web" in Path(f"/proc/{pid}/cmdline").read_text()]
    return [
        Figure("goal: warm home, rate against nginx at 16", all_.warm.rate / all_.still.rate, "×", at_least=0.35),
        Figure("goal: warm home, processor against nginx", all_.warm.milliseconds / max(all_.still.milliseconds, 1e-6), "×", at_most=8),
        Figure("goal: cold home against Jinja2 + ORM", all_.fresh.milliseconds / all_.jinja.milliseconds, "×", at_most=1.5),
        Figure("goal: signed-in home against its floor", all_.signed.milliseconds / all_.signed_floor.milliseconds, "×", at_most=3),
        Figure("goal: two workers and their main process, memory", pss(web), "MiB", at_most=260),
    ]
