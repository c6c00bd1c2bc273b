"""The WSGI layer: each request in its lane, and a short answer for those who are refused."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpResponse

from ..ops import metrics
from .lanes import Lanes, Refused
from .pressure import Lane

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]
Busy = Callable[[Environ, bool], tuple[list[tuple[str, str]], bytes]]  # the page for the refused, reading or writing
SAFE = ("GET", "HEAD", "OPTIONS")
SMALL = 2_621_440  # bytes of a body that are read before a slot is taken, so that a slow sender holds none


def lane_of(wsgi: Environ) -> Lane | None:
    """None: passes by, since it neither renders nor asks the database."""
    path = wsgi.get("PATH_INFO", "")
    if path.startswith(settings.STATIC_URL) or path == "/healthz":
        return None
    if path in ("/readyz", "/metrics") or path.startswith(settings.LINLI_EMERGENCY_PATHS):
        return Lane.EMERGENCY
    if wsgi["REQUEST_METHOD"] not in SAFE:
        return Lane.WRITE
    searching = path in settings.LINLI_SPARE_PATHS or (path in settings.LINLI_SEARCH_PATHS and wsgi.get("QUERY_STRING"))
    return Lane.SPARE if searching else Lane.READ


class Streamed:
    """A body that is made while it is sent, in the server's thread, which lets go of its connections afterwards."""

    def __init__(self, answer: Iterable[bytes]) -> None:
        self.answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.answer)

    def close(self) -> None:
        try:
            close = getattr(self.answer, "close", None)
            if close:
                close()
        finally:
            connections.close_all()


class Door:
    """`instead(wsgi, start_response)` may have something for a refused reader; else he is told to come again."""

    def __init__(self, application: Application, lanes: Lanes, busy: Busy) -> None:
        self.application, self.lanes, self.busy = application, lanes, busy
        self.instead: Callable[[Environ, Start], Iterable[bytes] | None] | None = None
        self.has_copy: Callable[[Environ], bool] = lambda _wsgi: False

    def __call__(self, wsgi: Environ, start_response: Start) -> Iterable[bytes]:
        lane = lane_of(wsgi)
        if lane is None:
            return self.application(wsgi, start_response)
        if lane == Lane.READ and self.lanes.crowded() and self.has_copy(wsgi):
            lane = Lane.SPARE  # there is something else for him
        started = time.perf_counter()
        _read_small(wsgi)
        try:
            status, headers, body = self.lanes.run(lane, lambda: self._answer(wsgi))
        except Refused:
            return self.refuse(wsgi, start_response, started)
        start_response(status, headers)
        return body

    def aside[T](self, work: Callable[[], T]) -> T:
        """Done in a thread that has a connection to the database, before all else."""
        return self.lanes.run(Lane.EMERGENCY, work)

    def _answer(self, wsgi: Environ) -> tuple[str, list[tuple[str, str]], Iterable[bytes]]:
        head: list[Any] = []
        answer = self.application(wsgi, lambda status, headers, exc_info=None: head.extend((status, headers)))
        if not isinstance(answer, HttpResponse):
            return head[0], head[1], Streamed(answer)
        try:
            body = [b"".join(answer)]
        finally:
            answer.close()  # here, where its connection is
        return head[0], head[1], body

    def refuse(self, wsgi: Environ, start_response: Start, started: float) -> Iterable[bytes]:
        """The public copy where there is one, else 503: made beforehand, so that it costs next to nothing."""
        if self.instead is not None and wsgi["REQUEST_METHOD"] in ("GET", "HEAD"):
            found = self.instead(wsgi, start_response)
            if found is not None:
                return found
        writing = wsgi["REQUEST_METHOD"] not in SAFE
        head, body = self.busy(wsgi, writing)
        metrics.count(metrics.NONE, 503, time.perf_counter() - started, writing=writing, page="refused")
        start_response("503 Service Unavailable", head)
        return [] if wsgi["REQUEST_METHOD"] == "HEAD" else [body]


def _read_small(wsgi: Environ) -> None:
    try:
        length = int(wsgi.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return
    if 0 < length <= SMALL:
        wsgi["wsgi.input"] = io.BytesIO(wsgi["wsgi.input"].read(length))
