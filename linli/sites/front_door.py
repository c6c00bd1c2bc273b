"""What `/` means before the page cache is asked: of a host with a site of its own, that site; to somebody who chose
his community, his site; to all others the street."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.http.cookie import parse_cookie

from linli.common.pagecache import kept

from .models import Site
from .rules import SLUG

COOKIE = "linli_place"
YEAR = 365 * 24 * 3600
HERE = [("Vary", "Cookie"), ("Cache-Control", "no-store"), ("Content-Length", "0")]
Wsgi = dict[str, Any]
Work = Callable[[], dict[str, str]]
EVERY = 1.0  # seconds between two looks at the hosts
Application = Callable[[Wsgi, Callable[..., Any]], Iterable[bytes]]


class FrontDoor:
    """WSGI, around the page cache. Whatever is not a reading of `/` goes through untouched."""

    def __init__(self, application: Application, aside: Callable[[Work], dict[str, str]] = lambda work: work()) -> None:
        self.application = application
        self.hosts = Hosts(aside)

    def __call__(self, wsgi: Wsgi, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if wsgi.get("PATH_INFO") != "/" or wsgi["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(wsgi, start_response)
        slug = self.hosts.slug(wsgi.get("HTTP_HOST", ""))
        if slug:
            return self.application({**wsgi, "PATH_INFO": f"/s/{slug}/"}, start_response)
        chosen = (
            parse_cookie(wsgi.get("HTTP_COOKIE", "")).get(COOKIE, "")
            if COOKIE in wsgi.get("HTTP_COOKIE", "")
            else ""
        )
        if SLUG.fullmatch(chosen):
            start_response("302 Found", [("Location", f"/s/{chosen}/"), *HERE])
            return []
        return self.application(wsgi, start_response)


class Hosts:
    """The sites with a host name of their own: reread at most once a second, since `/` is what most ask for.

    `aside` does it in a thread that has a connection to the database. While the database is away, as last known.
    """

    def __init__(self, aside: Callable[[Work], dict[str, str]]) -> None:
        self.aside, self.due = aside, 0.0
        self.known: dict[str, str] = {}
        self.lock = threading.Lock()

    def slug(self, host: str) -> str:
        """The address of the site that has this host name; empty for all other hosts."""
        now = time.monotonic()
        if now >= self.due and self.lock.acquire(blocking=self.due == 0.0):
            try:
                if now >= self.due:
                    self.due = now + EVERY
                    self.known = self.aside(_hosts)
            except (DatabaseError, InterfaceError):
                pass
            finally:
                self.lock.release()
        return self.known.get(host.rsplit(":", 1)[0].lower(), "")


def _hosts() -> dict[str, str]:
    try:
        return kept("sites at hosts", lambda: dict(Site.objects.exclude(host="").values_list("host", "slug")), tags=("sites",))
    finally:
        close_old_connections()
