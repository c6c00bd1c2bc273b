"""The WSGI wrapper: answers from the kept pages, renders a missing one once, lets everything else through."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_path_info
from django.http.cookie import parse_cookie

from linli.common import clock
from linli.common.ops import metrics
from linli.common.overload import Door, Lane, Refused, lane_of

from .declare import Note, Spec, declared
from .keys import Keys
from .render import Application, Environ, clean, kept_headers, run, why_not
from .store import Form, Key, Page, Store, make_page
from .tags import GLOBAL, TROUBLE, Watch, read

log = logging.getLogger("linli.pagecache")

LONGEST = timedelta(minutes=10)  # a net under whatever was written past the verbs
WAIT = 10.0  # seconds to wait for another thread's render
LONG = 1.0  # seconds after which a render is not waited for, since what it shows may be older than a reader may see
NO_GZIP = re.compile(r"\bgzip\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$)")


@dataclass
class Flight:
    """A render under way; others wait for it."""

    started: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    page: Page | None = None
    refused: bool = False


class Edge:
    """`modes(cookies)` gives the display modes as the Cookie header that asks for them: known values only."""

    def __init__(
        self, application: Application, modes: Callable[[dict[str, str]], str], most_bytes: int = 16 << 20, *,
        door: Door | None = None, with_note: Callable[[bytes, str], bytes] = lambda body, _modes: body,
    ) -> None:  # fmt: skip
        self.application, self.door, self.with_note = application, door, with_note
        self.key_of = Keys(modes)
        self.past: Application = door or application  # for whatever is not kept
        if door is not None:
            door.instead, door.has_copy = self.copy, self.has_copy
        self.store = Store(most_bytes)
        self.watch = Watch(self.store.tags, self.store.drop_moved, self.aside)
        self.flights: dict[Key, Flight] = {}
        self.lock = threading.Lock()
        self.renders = self.hits = 0

    def __call__(self, wsgi: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        started = time.perf_counter()
        key = self.key_of(wsgi)
        behind = self.watch.look() if key is not None else None
        if key is None or behind is None:
            return self.past(wsgi, start_response)
        page, how = self.store.get(key), "hit"
        if page is None or ((page.moved or page.until <= clock.now()) and not behind):
            try:
                page, how = self.fly(key, wsgi)
            except Refused:
                assert self.door is not None
                if page is None or not page.just_moved():
                    return self.door.refuse(wsgi, start_response, started)
                how = "former"
        else:
            self.hits += 1
        if page is None or (page.plain is None and not page.once):
            return self.past(wsgi, start_response)
        if page.once:
            start_response(*page.once[:2])
            metrics.count(page.route, int(page.once[0][:3]), time.perf_counter() - started, page=how)
            return [] if wsgi["REQUEST_METHOD"] == "HEAD" else [page.once[2]]
        status, answer = _answer(page, wsgi, start_response, behind)
        metrics.count(page.route, status, time.perf_counter() - started, page="late" if behind else how)
        return answer

    def aside[T](self, work: Callable[[], T], lane: Lane = Lane.EMERGENCY) -> T:
        """Done in a thread that has a connection to the database; in this one where there are no lanes."""
        return self.door.lanes.run(lane, work) if self.door else work()

    def has_copy(self, wsgi: Environ) -> bool:
        """Whether a signed-in reader asks for a page that is kept for everybody."""
        return self._public_key(wsgi) is not None

    def _public_key(self, wsgi: Environ) -> Key | None:
        cookies = wsgi.get("HTTP_COOKIE", "")
        if settings.SESSION_COOKIE_NAME not in cookies or declared(get_path_info(wsgi), settings.ROOT_URLCONF) is None:
            return None
        rest = "; ".join(f"{name}={value}" for name, value in parse_cookie(cookies).items() if name != settings.SESSION_COOKIE_NAME)
        return self.key_of({**wsgi, "HTTP_COOKIE": rest})

    def copy(self, wsgi: Environ, start_response: Callable[..., Any]) -> Iterable[bytes] | None:
        """In a crowd: the public page for a signed-in reader, with a note that says so; None where there is none."""
        started = time.perf_counter()
        key = self._public_key(wsgi)
        if key is None or self.watch.look() is None:
            return None
        page = self.store.get(key)
        if page is None or page.moved or page.until <= clock.now():
            try:
                page, _how = self.fly(key, wsgi)
            except Refused:
                return None
        if page is None or page.plain is None:
            return None
        body = self.with_note(page.plain.body, key.modes)
        kept = [pair for pair in page.plain.headers if pair[0].lower() not in ("etag", "cache-control", "content-length")]
        start_response("200 OK", [*kept, ("Cache-Control", "no-store"), ("Content-Length", str(len(body)))])
        metrics.count(page.route, 200, time.perf_counter() - started, page="copy")
        return [] if wsgi["REQUEST_METHOD"] == "HEAD" else [body]

    def fly(self, key: Key, wsgi: Environ) -> tuple[Page | None, str]:
        """The page, rendered by this thread or by another, and which; None where it is not one to keep.

        While another thread renders it, the former one is given for a moment, so that a crowd does not queue for every
        reply. Raises Refused in a crowd, for all who wait for the same render.
        """
        found = declared(get_path_info(wsgi), settings.ROOT_URLCONF)
        if found is None:
            return None, ""
        with self.lock:
            flight, page = self.flights.get(key), self.store.get(key)
            if page is not None and not page.moved and page.until > clock.now():
                return page, "hit"  # another thread has landed in between
            mine = flight is None or time.monotonic() - flight.started > LONG
            if mine:
                flight = self.flights[key] = Flight()
        assert flight is not None
        if not mine:
            if page is not None and page.moved and page.just_moved():
                return page, "former"
            return self._join(flight), "shared"
        try:
            lane = lane_of(wsgi) if self.door else None
            lane = Lane.EMERGENCY if lane == Lane.EMERGENCY else Lane.SHARED
            flight.page = self.aside(lambda: self.render(key, wsgi, *found), lane)
        except Refused:
            flight.refused = True
            raise
        finally:
            with self.lock:
                if self.flights.get(key) is flight:
                    del self.flights[key]
            flight.done.set()
        return flight.page, "miss"

    def _join(self, flight: Flight) -> Page | None:
        with self.door.lanes.guest() if self.door else nullcontext():
            flight.done.wait(WAIT)
        if flight.refused:
            raise Refused
        return flight.page

    def render(self, key: Key, wsgi: Environ, spec: Spec, arguments: dict[str, Any], route: str) -> Page | None:
        """Render from the key alone, with the versions read before, and keep it."""
        try:
            versions = read(spec.tags_of(arguments))
        except TROUBLE:
            return None
        self.renders += 1
        note, until = Note(), clock.now() + LONGEST
        rendered = run(self.application, clean(key, wsgi, note))
        reason = why_not(rendered, note)
        until = min([until, *note.until])
        if reason:
            page = Page(versions, until)
            if reason == "status" and rendered.status[:3] in ("301", "302", "404") and not rendered.header("set-cookie"):
                page.once = (rendered.status, rendered.headers, rendered.body)
            if not rendered.status.startswith(("3", "4", "5")):
                log.warning("a page declared as cached is not kept: %s", reason)
        else:
            page = make_page(rendered.body, kept_headers(rendered.headers), versions, until)
        page.route = route
        if rendered.status.startswith("200") and self.watch.current <= versions[GLOBAL]:
            self.store.put(key, page)
        return page


def _answer(page: Page, wsgi: Environ, start_response: Callable[..., Any], behind: float) -> tuple[int, Iterable[bytes]]:
    accepted = wsgi.get("HTTP_ACCEPT_ENCODING", "")
    plain = page.plain
    assert plain is not None
    form: Form = page.zipped if page.zipped and "gzip" in accepted and not NO_GZIP.search(accepted) else plain
    late = [("X-Linli-Behind", str(int(behind)))] if behind else []
    asked = wsgi.get("HTTP_IF_NONE_MATCH")
    if asked and (asked.strip() == "*" or form.etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]):
        start_response("304 Not Modified", form.unchanged + late)
        return 304, []
    start_response("200 OK", form.headers + late)
    return 200, [] if wsgi["REQUEST_METHOD"] == "HEAD" else [form.body]
