"""How a peer is set up, filled, served and asked."""

from __future__ import annotations

import contextlib
import json
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from bench import forum_data as data
from bench import servers
from bench.forum_rows import TOKEN, Reply, Row, words

from .place import Missing, Place, environment_of

FIND = quote(data.COMMON)


@dataclass
class Peer:
    """`article` is what each post's HTML begins with; `find` and `home` are addresses; `reply` makes a Reply for a topic's key."""

    name: str
    packages: tuple[str, ...]
    article: str
    find: str
    reply: Callable[[list[str], int], Reply] | None
    hit: str
    hits: int = 0

    @property
    def short(self) -> str:
        return self.name.lower()

    @contextlib.contextmanager
    def running(self, place: Place, lines: Path) -> Iterator[dict[str, Row]]:
        """Filled, served on gunicorn with two workers of four threads, and its rows."""
        python = environment_of(self.short, *self.packages)
        place.make_database(self.short)
        more = {**place.environment(self.short), "DJANGO_SETTINGS_MODULE": f"bench.forum_peers.{self.short}_settings"}
        done = subprocess.run(
            [python, "-m", f"bench.forum_peers.{self.short}_fill", str(lines)], cwd=servers.ROOT, env=servers.environment(place.folder, **more),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise Missing(f"it could not be filled:\n{(done.stdout + done.stderr)[-3000:]}")
        book = json.loads(done.stdout.splitlines()[-1])
        port = servers.free_port()
        command = [
            str(python), "-m", "gunicorn", "--workers", "2", "--threads", "4", "--worker-class", "gthread", "--keep-alive", "75",
            "--bind", f"127.0.0.1:{port}", "django.core.wsgi:get_wsgi_application()",
        ]  # fmt: skip
        with servers.running(self.short, command, port, book["topic"], place.folder, **more) as server:
            yield self._rows(server, book, place.pids)

    def _rows(self, server: servers.Server, book: dict, pids: tuple[int, ...]) -> dict[str, Row]:
        mine, posts = book["cookies"][data.READER], {"posts": self.article, "articles": data.IN_TOPIC}
        _status, found = servers.get(server.port, self.find, Cookie=mine)
        self.hits = len(re.findall(self.hit, found))
        rows = {
            "topic, anonymous": Row("topic, anonymous", server, book["topic"], **posts),
            "topic, signed in": Row("topic, signed in", server, book["topic"], mine, **posts),
            "home, signed in": Row("home, signed in", server, "/", mine),
            "search": Row("search", server, self.find, mine),
        }
        if self.reply is not None:
            rows["reply"] = Row("reply", server, number=20, reply=self.reply(book["cookies"], book["key"]))
        for row in rows.values():
            row.what, row.also, row.number = f"{self.name}: {row.what}", pids, 20
        return rows


def _misago_reply(cookies: list[str], topic: int) -> Reply:
    return Reply(cookies, f"/api/threads/{topic}/posts/", fields=lambda n: {"post": words(n)["text"]}, good=(200, 201), headers={"X-CSRFToken": TOKEN})


MISAGO = Peer(
    "Misago", ("misago==0.39.6", "gunicorn==23.0.0", "setuptools<81"), '<li id="post-', f"/api/search/?q={FIND}", _misago_reply, r'"is_read"|"content"'
)
SPIRIT = Peer(
    "Spirit", ("django-spirit==0.14.3", "psycopg2-binary", "gunicorn==23.0.0", "setuptools<81"), 'js-comment"', f"/search/?q={FIND}", None, r"/topic/\d+/"
)  # it lets nobody post more than once in ten seconds
__all__ = ["MISAGO", "SPIRIT", "Missing", "Peer"]
