"""What `/` means before the page cache is asked: of a host with a site of its own, that site; to somebody who chose
his community, his site; to all others the street."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http.cookie import parse_cookie

from linli.common.pagecache import kept

from .models import Site
from .rules import SLUG

COOKIE = "linli_place"
YEAR = 365 * 24 * 3600
HERE = [("Vary", "Cookie"), ("Cache-Control", "no-store"), ("Content-Length", "0")]
Wsgi = dict[str, Any]
Application = Callable[[Wsgi, Callable[..., Any]], Iterable[bytes]]


class FrontDoor:
    """WSGI, around the page cache. Whatever is not a reading of `/` goes through untouched."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, wsgi: Wsgi, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if wsgi.get("PATH_INFO") != "/" or wsgi["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(wsgi, start_response)
        slug = slug_at_host(wsgi.get("HTTP_HOST", ""))
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


def slug_at_host(host: str) -> str:
    """The address of the site that has this host name; empty for all other hosts and while the database is away."""
    try:
        hosts = kept(
            "sites at hosts",
            lambda: dict(Site.objects.exclude(host="").values_list("host", "slug")),
            tags=("sites",),
        )
    except (DatabaseError, InterfaceError):
        return ""
    return hosts.get(host.rsplit(":", 1)[0].lower(), "")
