"""A site's first page beside a Wagtail page of the same content in its own default set-up; then 500 sites and 30,000 notices."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from . import servers
from .home import Subject, interleaved, writer
from .measure import Figure

SLUG = "qingzhuanli"
SITE = f"/s/{SLUG}/"
LISTS = ("/streets/", "/s/qingzhuanli/guides/", "/s/qingzhuanli/notices/")  # those that are there
PAST = "?past=the-page-cache"
AFTER = ", after writes to all"
WALL = "/streets/"
MOVE = """
INSERT INTO linli_common_cachetag (tag, version)
SELECT tag, 1 FROM (SELECT noun.value || ':' || place_id AS tag FROM linli_sites_site, json_each('{nouns}') AS noun
  UNION SELECT value FROM json_each('{tags}')) WHERE true
ON CONFLICT (tag) DO UPDATE SET version = version + 1
"""
A_NOTICE = MOVE.format(nouns='["place", "notices"]', tags='["", "news"]')  # a notice came out, at every place at once
EVERYTHING = MOVE.format(
    nouns='["place", "notices", "events", "blog", "albums"]',
    tags='["", "news", "areas", "bodies", "sites", "posts", "phones", "calendar", "boxes"]',
)
GROW = r"""
import sys
from linli.config.cli import setup
setup.django()
from linli.areas.api import Area, Level, cell, create_areas
from linli.common import clock
from linli.sites.api import Site, ensure_sites
street = Area.objects.filter(level=Level.STREET, path__startswith=cell().path).first()
have = Site.objects.count()
for at in range(0, 500 - have, 100):
    create_areas([Area(parent=street, level=Level.COMMUNITY, name=f"第{n}社区", sort=1000 + n) for n in range(at, min(at + 100, 500 - have))])
ensure_sites(now=clock.now())
print(Site.objects.count())
"""
NOTICES = r"""
from linli.config.cli import setup
setup.django()
from datetime import timedelta
from django.apps import apps
from linli.common import clock
from linli.common.ids import uuid7
from linli.sites.api import Site
try:
    Notice = apps.get_model("linli_portal", "Notice")
except LookupError:
    print(0)
else:
    now, sites = clock.now(), list(Site.objects.select_related("place"))
    like = Notice.objects.filter(state="published").first()
    keep = {f.attname: getattr(like, f.attname) for f in Notice._meta.concrete_fields}
    rows = []
    for n in range(30_000 - Notice.objects.count()):
        site = sites[n % len(sites)]
        over = n % 10
        rows.append(Notice(**{**keep, "id": uuid7(), "site_id": site.pk, "place_id": site.place_id, "title": f"第{n}号公告",
            "published_at": now - timedelta(minutes=n), "created_at": now - timedelta(minutes=n), "corrects_id": None, "pinned": False,
            "valid_until": now + timedelta(days=30) if not over else now - timedelta(minutes=n) + timedelta(seconds=30),
            "state": "published" if not over else "expired"}))
    Notice.objects.bulk_create(rows, batch_size=500)
    print(Notice.objects.count())
"""
COUNT = r"""
import json, sys
from linli.config.cli import setup
setup.django()
from django.conf import settings
settings.LINLI_PAGE_CACHE, settings.ALLOWED_HOSTS = 0, ["*"]
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
counts = {}
for path in sys.argv[1:]:
    client = Client(raise_request_exception=False)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        status = client.get(path).status_code
    if status == 200:
        counts[path] = len(asked)
print(json.dumps(counts))
"""


def run() -> list[Figure]:
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    try:
        with contextlib.ExitStack() as stack:
            return _run(folder, stack)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, stack: contextlib.ExitStack) -> list[Figure]:
    small, large = folder / "small", folder / "large"
    small.mkdir()
    servers.build(small)
    shutil.copytree(small, large)
    size = f"{int(servers.python(large, '-c', GROW).splitlines()[-1])} sites, {int(servers.python(large, '-c', NOTICES).splitlines()[-1])} notices"
    counts = [json.loads(servers.python(one, "-c", COUNT, SITE, *LISTS).splitlines()[-1]) for one in (small, large)]
    ours, grown = (stack.enter_context(servers.linli(one, "linli")) for one in (small, large))
    words = _content(small)
    servers.python(small, "-m", "bench.wagtail_peer.fill")
    peer = stack.enter_context(_peer(small))
    _check(servers.get(ours.port, SITE)[1], "our page", words)
    _check(servers.get(peer.port, "/")[1], "Wagtail's page", words)
    pairs = _grown(ours, grown, (small, large), size, list(counts[0]))
    beside = _beside_wagtail(ours, peer, small)
    for group in [beside[:2], beside[2:], *pairs]:
        interleaved(group)
    warm, theirs, cold, theirs_one, _bare = beside
    return [
        *(Figure(f"{subject.what}: processor a request", subject.milliseconds, "ms") for group in [beside, *pairs] for subject in group),
        Figure("goal: Wagtail's processor against a warm first page", theirs.milliseconds / warm.milliseconds, "×", at_least=50),
        Figure("goal: Wagtail's processor against a cold first page", theirs_one.milliseconds / cold.milliseconds, "×", at_least=2),
        *(_spread(one, other) for one, other in pairs),
        *(Figure(f"goal: {path}, statements against the demo", counts[1][path] / number, "×", at_most=1) for path, number in counts[0].items()),
    ]  # fmt: skip


def _grown(
    ours: servers.Server, grown: servers.Server, folders: tuple[Path, Path], size: str, paths: list[str]
) -> list[list[Subject]]:
    """Each page of the demo beside the same of its grown copy: as it is, and with nothing kept."""
    pairs = []
    for path in paths:
        for when, statement in (("", ""), (AFTER, EVERYTHING)):
            writers = [_writer(folder, statement) if statement else None for folder in folders]
            pairs.append([
                Subject(f"{path} of the demo{when}", ours, path + PAST, before=writers[0]),
                Subject(f"{path} of {size}{when}", grown, path + PAST, before=writers[1]),
            ])  # fmt: skip
    return pairs


def _spread(one: Subject, other: Subject) -> Figure:
    """A page of the wall holds 20 plates, the demo's street has three: made anew it is shown, not judged."""
    longer = other.path.startswith(WALL) and AFTER in other.what
    name = f"{'' if longer else 'goal: '}{other.what} against the demo"
    return Figure(name, other.milliseconds / one.milliseconds, "×", at_most=None if longer else 1.3)


def _writer(folder: Path, statement: str) -> Callable[[], None]:
    return writer(folder / "linli" / "linli.sqlite3", statement)


def _beside_wagtail(ours: servers.Server, peer: servers.Server, folder: Path) -> list[Subject]:
    """Warm and theirs, cold and theirs; and ours with no box kept, for what keeping the boxes of other nouns saves."""
    noted = writer(folder / "wagtail.sqlite3", "UPDATE wagtailcore_locale SET language_code = language_code")
    return [
        Subject("site, anonymous, warm, 16 readers", ours, SITE, connections=16),
        Subject("Wagtail's own, 16 readers", peer, "/", connections=16),
        Subject("site, cold: after a notice", ours, SITE + PAST, before=_writer(folder, A_NOTICE)),
        Subject("Wagtail's own, 1 reader, after a write", peer, "/", before=noted),
        Subject("site, cold: after writes to all", ours, SITE + PAST, before=_writer(folder, EVERYTHING)),
    ]


def _content(folder: Path) -> list[str]:
    """What our page lists, noun by noun, given to the peer; the words that both pages have to say."""
    text = servers.python(folder, "-m", "bench.wagtail_peer.content", SLUG).splitlines()[-1]
    (folder / "content.json").write_text(text, encoding="utf-8")
    found = json.loads(text)
    things = [one for noun in ("notices", "posts", "events", "links", "shots") for one in found[noun]]
    words = [found["title"], found["album"]["title"], *found["album"]["pictures"], *(one["title"] for one in things)]
    words += [one["status"] for one in found["events"]]
    words += [word for noun in ("phones", "bodies") for one in found[noun] for word in (one["name"], one["hours"], one["number"])]
    return words


def _check(page: str, whose: str, words: list[str]) -> None:
    """Before anything is timed: the page says all of it."""
    said = _bare(page)
    missing = [word for word in words if _bare(word) not in said]
    if missing:
        raise SystemExit(f"{whose} does not say {missing}")


def _bare(html: str) -> str:
    kept = re.sub(r'<img[^>]* alt="([^"]*)"[^>]*>', r"\1", html)
    return re.sub(r"<[^>]+>|\s", "", kept.replace("\xa0", "").replace("&nbsp;", ""))


@contextlib.contextmanager
def _peer(folder: Path) -> Iterator[servers.Server]:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", 0))
    listener.listen(1024)
    command = [sys.executable, "-m", "bench.wagtail_peer.serve", str(listener.fileno()), "2"]
    with (
        listener,
        servers.running(
            "wagtail", command, listener.getsockname()[1], "/", folder, (listener.fileno(),)
        ) as server,
    ):
        yield server
