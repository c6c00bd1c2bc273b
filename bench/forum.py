"""The forum at 1,000 and at 100,000 posts beside its floor and nginx: goals G1 to G10, interleaved in one run."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from . import forum_data as data
from . import forum_storm, servers
from .forum_rows import Reply, Row, bumper, interleaved, toucher, words
from .forum_scripts import COUNT, SEARCH
from .measure import Figure, pss, tree

SMALL, LARGE = 1_000, 100_000
FIND = f"/search/?q={quote(data.COMMON)}"
HIT = r'<a class="t" href="/(?:posts|topics)/'
TOPIC, MEMBERS, GIANT = (f"/topics/{number + 1}/" for number in (data.PUBLIC, data.MEMBERS, data.GIANT))
PAST = "?past=the-page-cache"  # a parameter that the page does not know


@dataclass
class Forum:
    """One of ours, filled: its folder, its server and what the loader said of it."""

    posts: int
    folder: Path
    book: dict[str, Any]
    server: servers.Server | None = None

    @property
    def base(self) -> Path:
        return self.folder / "linli" / "linli.sqlite3"

    @property
    def last_page(self) -> str:
        return f"{GIANT}?page={-(-data.sizes(self.posts)[data.GIANT] // data.IN_TOPIC)}"

    def cookie(self, person: int = data.READER) -> str:
        return str(self.book["cookies"][person])

    def writers(self, topic: int) -> Reply:
        """The forty who live here, one after the other."""
        cookies = [cookie for n, cookie in enumerate(self.book["cookies"]) if data.class_of(n) == "member"]
        return Reply(cookies, f"/topics/{topic + 1}/reply/", fields=words)


def run() -> Iterator[Figure]:
    yield from measured(SMALL, LARGE)


def measured(small: int, large: int, *, peers: bool = False) -> Iterator[Figure]:
    """Figures as they come, so that a long run shows where it is."""
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    folder.chmod(0o755)
    try:
        with contextlib.ExitStack() as stack:
            yield from _run(folder, stack, small, large, peers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, stack: contextlib.ExitStack, small: int, large: int, peers: bool) -> Iterator[Figure]:
    begun = time.monotonic()
    forums, lines = _build(folder, (small, large))
    yield Figure(f"loading {small:,} and {large:,} posts", time.monotonic() - begun, "s")
    for one in forums:
        one.server = stack.enter_context(servers.linli(one.folder, f"linli-{one.posts}"))
    ours, grown = forums
    assert ours.server is not None and grown.server is not None
    page = servers.get(ours.server.port, TOPIC)[1]
    nginx = stack.enter_context(servers.nginx(folder, page))
    cookies = _build_floor(folder, page, lines[0])
    floor = stack.enter_context(_floor(folder))
    rows = _rows(ours, grown, floor, nginx, cookies, folder / "forum_floor.sqlite3")
    for group in _groups(rows):
        interleaved(group)
        yield from _figures(group)
    yield from _against_floor(rows, ours, floor, page)
    yield from _growth(rows, forums)
    yield from _search(grown, lines[1])
    yield from _stormed(ours)
    if peers:
        from . import forum_peers

        yield from forum_peers.beside(folder, lines[0], rows)


def _build(folder: Path, sizes: tuple[int, ...]) -> tuple[list[Forum], list[Path]]:
    """An instance with people and boards, copied for each size and filled."""
    base = folder / "base"
    base.mkdir()
    servers.python(base, "-m", "bench.forum_load", "base")
    forums, files = [], []
    for posts in sizes:
        home = folder / f"posts-{posts}"
        shutil.copytree(base, home)
        lines = data.write(folder / f"{posts}.jsonl", posts)
        book = json.loads(servers.python(home, "-m", "bench.forum_load", str(lines)).splitlines()[-1])
        if book["posts"] != posts:
            raise SystemExit(f"{book['posts']} posts were loaded instead of {posts}")
        forums.append(Forum(posts, home, book))
        files.append(lines)
    return forums, files


def _build_floor(folder: Path, page: str, lines: Path) -> list[str]:
    """The floor's tables, and the shell of our own page around its posts."""
    start, end = page.index("<article"), page.rindex("</article>") + len("</article>")
    (folder / "forum_top.html").write_text(page[:start], encoding="utf-8")
    (folder / "forum_bottom.html").write_text(page[end:], encoding="utf-8")
    return list(json.loads(servers.python(folder, "-m", "bench.forum_floor.fill", str(lines)).splitlines()[-1]))


@contextlib.contextmanager
def _floor(folder: Path) -> Iterator[servers.Server]:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    command = ["-m", "bench.forum_floor.serve", str(listener.fileno()), "2"]
    path = f"/jinja/{data.PUBLIC + 1}/"
    with listener, servers.running("forum-floor", [sys.executable, *command], listener.getsockname()[1], path, folder, (listener.fileno(),)) as server:
        yield server


def _rows(ours: Forum, grown: Forum, floor: servers.Server, nginx: servers.Server, cookies: list[str], floor_base: Path) -> dict[str, Row]:
    assert ours.server is not None
    touch = toucher(floor_base, "UPDATE forum_floor_user SET last_login = NULL WHERE id = 1")
    number, twenty = data.PUBLIC + 1, {"articles": data.IN_TOPIC}
    rows = {
        "warm": Row("topic, anonymous, warm, 16 readers", ours.server, TOPIC, connections=16, **twenty),
        "still": Row("nginx, the same bytes, 16 readers", nginx, "/home.html", connections=16, **twenty),
        "warm one": Row("topic, anonymous, warm, 1 reader", ours.server, TOPIC, **twenty),
        "still one": Row("nginx, the same bytes, 1 reader", nginx, "/home.html", **twenty),
        "jinja": Row("floor: topic, Jinja2 + ORM objects", floor, f"/jinja/{number}/", before=touch, **twenty),
        "joined": Row("floor: topic, joined fragments", floor, f"/joined/{number}/", **twenty),
        "signed": Row("floor: topic, fragments, signed in", floor, f"/signed-in/{number}/", cookies[data.READER], **twenty),
        "bare": Row(
            "floor: reply, bare insert", floor, number=20, also=(),
            reply=Reply(cookies[:40], f"/reply/{data.GIANT + 1}/", fields=words),
        ),
    }  # fmt: skip
    for one in (ours, grown):
        rows |= {f"{what} {one.posts}": row for what, row in _pages(one).items()}
    return rows


def _pages(one: Forum) -> dict[str, Row]:
    """What is asked of each size: every page past the page cache, as after a write to all that it shows."""
    assert one.server is not None
    board = f"/boards/{one.book['boards'][data.board_of(data.PUBLIC)]}/"
    topics = data.PUBLIC + 1, data.GIANT + 1
    bump = bumper(
        one.base, *(f"topic:{topic}" for topic in topics), f"board:{one.book['boards'][data.board_of(data.PUBLIC)]}", topics=topics
    )
    twenty, size, mine = {"articles": data.IN_TOPIC}, f"{one.posts:,} posts", one.cookie()
    return {
        "cold": Row(f"topic, anonymous, cold: after a write, {size}", one.server, TOPIC + PAST, before=bump, **twenty),
        "last": Row(f"last page of the giant topic, cold, {size}", one.server, f"{one.last_page}&{PAST[1:]}", before=bump, **twenty),
        "board": Row(f"board, anonymous, cold, {size}", one.server, board + PAST, before=bump, must=("/topics/",)),
        "topic": Row(f"topic, signed in, {size}", one.server, TOPIC, mine, **twenty),
        "members": Row(f"topic of members, signed in, {size}", one.server, MEMBERS, mine, **twenty),
        "home": Row(f"the forum's home, signed in, {size}", one.server, "/forum/", mine, must=("/topics/",)),
        "find": Row(f"search of two characters, {size}", one.server, FIND, hits=(HIT, 20), must=(f"<mark>{data.COMMON}</mark>",), number=30),
        "reply": Row(f"reply, {size}", one.server, number=20, reply=one.writers(data.GIANT)),
    }  # fmt: skip


SIZED = ("cold", "last", "board", "topic", "members", "home", "find", "reply")
NAMES = {
    "cold": "cold topic", "last": "last page of the giant topic", "board": "board", "topic": "signed-in topic", "members": "members' topic",
    "home": "signed-in home", "find": "search", "reply": "reply",
}  # fmt: skip


def _sizes(rows: dict[str, Row]) -> list[int]:
    return [int(name.removeprefix("cold ")) for name in rows if name.startswith("cold ")]


def _groups(rows: dict[str, Row]) -> list[list[Row]]:
    """Rows that are held against each other run side by side."""
    small, large = _sizes(rows)
    beside = {"cold": ["jinja", "joined"], "topic": ["signed"], "reply": ["bare"]}
    sized = [[*beside.get(what, []), f"{what} {small}", f"{what} {large}"] for what in SIZED]
    return [[rows[name] for name in names] for names in (["warm", "still"], ["warm one", "still one"], *sized)]


def _figures(rows: list[Row]) -> Iterator[Figure]:
    for row in rows:
        yield Figure(f"{row.what}: processor a request", row.milliseconds, "ms")
        if row.connections > 1:
            yield Figure(f"{row.what}: rate", row.rate, "/s")
        else:
            yield Figure(f"{row.what}: p50", row.p50, "ms")


def _against_floor(rows: dict[str, Row], ours: Forum, floor: servers.Server, page: str) -> list[Figure]:
    assert ours.server is not None
    ms, small = {name: row.milliseconds for name, row in rows.items()}, ours.posts
    web = [pid for pid in tree(ours.server.process.pid) if "linli.config.web" in Path(f"/proc/{pid}/cmdline").read_text()]
    return [
        Figure("goal: G1 warm topic, rate against nginx at 16", rows["warm"].rate / rows["still"].rate, "×", at_least=0.35),
        Figure("goal: G1 warm topic, processor against nginx", ms["warm"] / max(ms["still"], 1e-6), "×", at_most=8),
        Figure("goal: G2 cold topic against Jinja2 + ORM", ms[f"cold {small}"] / ms["jinja"], "×", at_most=1.2),
        Figure("goal: G2 cold topic, processor", ms[f"cold {small}"], "ms", at_most=3.5),
        Figure("goal: G3 signed-in topic against its floor", ms[f"topic {small}"] / ms["signed"], "×", at_most=2),
        Figure("goal: G4 signed-in home against the same floor", ms[f"home {small}"] / ms["signed"], "×", at_most=2),
        Figure("goal: G5 search of two characters, processor", ms[f"find {small}"], "ms", at_most=4),
        Figure("goal: G6 reply against a bare insert", ms[f"reply {small}"] / ms["bare"], "×", at_most=3),
        Figure("goal: G7 memory of two workers against the floor", pss(web) / pss(tree(floor.process.pid)), "×", at_most=1.8),
        Figure("memory of two workers and their main process", pss(web), "MiB"),
        Figure("goal: G8 page of 20 posts, HTML", len(page.encode()) / 1024, "KiB", at_most=30),
        Figure("goal: G8 page of 20 posts, gzip", len(gzip.compress(page.encode(), 6)) / 1024, "KiB", at_most=12),
    ]


def _growth(rows: dict[str, Row], forums: list[Forum]) -> list[Figure]:
    """G9: how pages grow with the forum, and whether they ask more."""
    small, large = forums
    figures = [
        Figure(
            f"goal: G9 {NAMES[what]}, {large.posts:,} posts against {small.posts:,}",
            rows[f"{what} {large.posts}"].milliseconds / rows[f"{what} {small.posts}"].milliseconds, "×", at_most=3 if what == "find" else 1.3,
        )
        for what in SIZED
    ]  # fmt: skip
    counts = []
    for one in forums:
        asked = [(what, rows[f"{what} {one.posts}"].path, rows[f"{what} {one.posts}"].cookie) for what in SIZED if what != "reply"]
        counts.append(json.loads(servers.python(one.folder, "-c", COUNT, json.dumps(asked)).splitlines()[-1]))
    for what, number in counts[0].items():
        figures.append(Figure(f"goal: G9 {NAMES[what]}, statements more than the {number} of the small one", counts[1][what] - number, "", at_most=0))
    return figures


def _search(one: Forum, lines: Path) -> list[Figure]:
    found = json.loads(servers.python(one.folder, "-c", SEARCH, str(lines)).splitlines()[-1])
    size = f"{one.posts:,} posts"
    return [
        Figure(f"goal: G5 recall of {found['words']} words of two characters, {size}", found["recall"], "", at_least=1),
        Figure(f"goal: G5 found what is not there, {size}", found["wrong"], "", at_most=0),
        Figure(f"search alone, median of the words, {size}", found["median"], "ms"),
        Figure(f"search alone, p95 of the words, {size}", found["p95"], "ms"),
    ]


def _stormed(one: Forum) -> list[Figure]:
    assert one.server is not None
    before = forum_storm.renders(one.folder)
    seen = forum_storm.storm(one.server.port, TOPIC, one.writers(data.PUBLIC))
    after = forum_storm.renders(one.folder)
    if seen.trouble or not seen.reads:
        raise SystemExit(f"storm: {len(seen.reads)} answers, {seen.trouble[:1]}")
    most = max(after[process] - before.get(process, 0) for process in after)
    return [
        Figure("storm: 64 connections on one page, 5 writes a second: reads", len(seen.reads) / forum_storm.SECONDS, "/s"),
        Figure("goal: G10 answers refused", len(seen.refused), "", at_most=0),
        Figure("goal: G10 renders of a version in one process", most / (len(seen.acknowledged) + 1), "", at_most=1),
        Figure("goal: G10 age of the oldest read", seen.oldest, "s", at_most=1),
    ]
