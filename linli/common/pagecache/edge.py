"""The WSGI wrapper: answers from the kept pages, renders a missing one once, lets everything else through."""

from __future__ import annotations

import io
import logging
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info, get_str_from_wsgi
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from linli.common import clock

from .declare import NOTE, Note, Spec, declared
from .store import Form, Headers, Key, Page, Store, make_page
from .tags import EVERY, GLOBAL, TROUBLE, Watch, read

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
log = logging.getLogger("linli.pagecache")

LONGEST = timedelta(minutes=10)  # a net under whatever was written past the verbs
WAIT = 10.0  # seconds to wait for another thread's render
LONG_PATH, LONG_VALUE = 512, 64
KEPT = {
    "content-type", "content-language", "content-security-policy", "x-frame-options", "x-content-type-options",
    "referrer-policy", "cross-origin-opener-policy", "strict-transport-security", "permissions-policy", "link",
}  # fmt: skip
OF_ONE = re.compile(rb"csrfmiddlewaretoken|\bnonce=|<form[^>]*\bmethod\s*=\s*[\"']?post|formmethod\s*=\s*[\"']?post", re.IGNORECASE)
NO_GZIP = re.compile(r"\bgzip\s*;\s*q\s*=\s*0(\.0*)?\s*(,|$)")


@dataclass
class Flight:
    """A render under way; others wait for it."""

    started: float = field(default_factory=time.monotonic)
    done: threading.Event = field(default_factory=threading.Event)
    page: Page | None = None


@dataclass
class Rendered:
    status: str = ""
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class Edge:
    """`modes(cookies)` gives the display modes as the Cookie header that asks for them: known values only."""

    def __init__(self, application: Application, modes: Callable[[dict[str, str]], str], most_bytes: int = 16 << 20) -> None:
        self.application, self.modes = application, modes
        self.store = Store(most_bytes)
        self.watch = Watch(self.store.tags, self.store.drop_moved)
        self.flights: dict[Key, Flight] = {}
        self.lock = threading.Lock()
        self.renders = self.hits = 0

    def __call__(self, wsgi: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        key = self.key(wsgi)
        behind = self.watch.look() if key is not None else None
        if key is None or behind is None:
            return self.application(wsgi, start_response)
        page = self.store.get(key)
        if page is None or (page.until <= clock.now() and not behind):
            page = self.fly(key, wsgi)
        else:
            self.hits += 1
        if page is not None and page.once:
            start_response(*page.once[:2])
            return [] if wsgi["REQUEST_METHOD"] == "HEAD" else [page.once[2]]
        if page is None or page.plain is None:
            return self.application(wsgi, start_response)
        return _answer(page, wsgi, start_response, behind)

    def key(self, wsgi: Environ) -> Key | None:
        """What to look for; None for everything that is not an anonymous reading of an allowed host."""
        path = wsgi.get("PATH_INFO", "")
        if wsgi["REQUEST_METHOD"] not in ("GET", "HEAD") or wsgi.get("SCRIPT_NAME") or len(path) > LONG_PATH:
            return None
        cookies = parse_cookie(get_str_from_wsgi(wsgi, "HTTP_COOKIE", "")) if wsgi.get("HTTP_COOKIE") else {}
        if settings.SESSION_COOKIE_NAME in cookies or "HTTP_AUTHORIZATION" in wsgi:
            return None
        host = wsgi.get("HTTP_HOST", "").lower()
        if not _allowed_host(host, tuple(settings.ALLOWED_HOSTS)):
            return None
        query = wsgi.get("QUERY_STRING", "")
        if query:
            found = declared(get_path_info(wsgi), settings.ROOT_URLCONF)
            canonical = _allowed(query, found[0]) if found else None
            if canonical is None:
                return None
            query = canonical
        return Key(_is_secure(wsgi), host, path, query, self.modes(cookies))

    def fly(self, key: Key, wsgi: Environ) -> Page | None:
        """The page, rendered by this thread or by another; None where it is not one to keep."""
        found = declared(get_path_info(wsgi), settings.ROOT_URLCONF)
        if found is None:
            return None
        with self.lock:
            flight = self.flights.get(key)
            mine = flight is None or time.monotonic() - flight.started > EVERY
            if mine:
                page = self.store.get(key)  # another thread may have landed in between
                if page is not None and page.until > clock.now():
                    return page
                flight = self.flights[key] = Flight()
        assert flight is not None
        if not mine:
            flight.done.wait(WAIT)
            return flight.page
        try:
            flight.page = self.render(key, wsgi, found[1])
        finally:
            with self.lock:
                if self.flights.get(key) is flight:
                    del self.flights[key]
            flight.done.set()
        return flight.page

    def render(self, key: Key, wsgi: Environ, tags: frozenset[str]) -> Page | None:
        """Render from the key alone, with the versions read before, and keep it."""
        try:
            versions = read(tags)
        except TROUBLE:
            return None
        self.renders += 1
        note, until = Note(), clock.now() + LONGEST
        rendered = _run(self.application, _clean(key, wsgi, note))
        reason = why_not(rendered, note)
        until = min([until, *note.until])
        if reason:
            page = Page(versions, until)
            if reason == "status" and rendered.status[:3] in ("301", "302", "404") and not rendered.header("set-cookie"):
                page.once = (rendered.status, rendered.headers, rendered.body)
            if not rendered.status.startswith(("3", "4", "5")):
                log.warning("a page declared as cached is not kept: %s", reason)
        else:
            page = make_page(rendered.body, _headers(rendered.headers), versions, until)
        if rendered.status.startswith("200") and self.watch.current <= versions[GLOBAL]:
            self.store.put(key, page)
        return page


def why_not(rendered: Rendered, note: Note) -> str:
    """Why a rendered page may not be kept; empty where it may."""
    control = rendered.header("cache-control").lower()
    reasons = {
        "status": not rendered.status.startswith("200"),
        "not declared": not note.declared,
        "session": note.session_read,
        "cookie": bool(rendered.header("set-cookie")),
        "cache-control": "no-store" in control or "private" in control,
        "kind": not rendered.header("content-type").startswith("text/html"),
        "encoding": bool(rendered.header("content-encoding")),
        "nonce": "nonce-" in rendered.header("content-security-policy"),
        "form": bool(OF_ONE.search(rendered.body)),
    }
    return next((name for name, true in reasons.items() if true), "")


def _headers(headers: Headers) -> Headers:
    kept = [(name, value) for name, value in headers if name.lower() in KEPT]
    return [*kept, ("Vary", "Cookie, Accept-Encoding"), ("Cache-Control", "no-cache")]


def _allowed(query: str, spec: Spec) -> str | None:
    """The query in its one form; None where it has a parameter that the page does not know, or one twice."""
    pairs = parse_qsl(query, keep_blank_values=True)
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names) or not spec.query.issuperset(names) or not pairs:
        return None
    if any(len(value) > LONG_VALUE for _name, value in pairs):
        return None
    return urlencode(sorted(pairs))


@lru_cache(maxsize=256)
def _allowed_host(host: str, allowed: tuple[str, ...]) -> bool:
    return validate_host(split_domain_port(host)[0], list(allowed))


def _is_secure(wsgi: Environ) -> bool:
    believed = settings.SECURE_PROXY_SSL_HEADER
    if believed and believed[0] in wsgi:
        return bool(wsgi[believed[0]].split(",", 1)[0].strip() == believed[1])
    return bool(wsgi.get("wsgi.url_scheme") == "https")


def _clean(key: Key, wsgi: Environ, note: Note) -> Environ:
    """The request that the key describes, and nothing else of the visitor's."""
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": key.path, "QUERY_STRING": key.query,
        "SERVER_NAME": wsgi.get("SERVER_NAME", ""), "SERVER_PORT": wsgi.get("SERVER_PORT", "80"),
        "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "", "HTTP_HOST": key.host, "HTTP_COOKIE": key.modes,
        "wsgi.version": (1, 0), "wsgi.url_scheme": "https" if key.secure else "http", "wsgi.input": io.BytesIO(),
        "wsgi.errors": wsgi.get("wsgi.errors"), "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        **({settings.SECURE_PROXY_SSL_HEADER[0]: settings.SECURE_PROXY_SSL_HEADER[1]} if key.secure and settings.SECURE_PROXY_SSL_HEADER else {}),
        NOTE: note,
    }  # fmt: skip


def _run(application: Application, wsgi: Environ) -> Rendered:
    rendered = Rendered()

    def start_response(status: str, headers: Headers, exc_info: Any = None) -> None:
        rendered.status, rendered.headers = status, list(headers)

    answer = application(wsgi, start_response)
    try:
        rendered.body = b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close:
            close()
    return rendered


def _answer(page: Page, wsgi: Environ, start_response: Callable[..., Any], behind: float) -> Iterable[bytes]:
    accepted = wsgi.get("HTTP_ACCEPT_ENCODING", "")
    plain = page.plain
    assert plain is not None
    form: Form = page.zipped if page.zipped and "gzip" in accepted and not NO_GZIP.search(accepted) else plain
    late = [("X-Linli-Behind", str(int(behind)))] if behind else []
    asked = wsgi.get("HTTP_IF_NONE_MATCH")
    if asked and (asked.strip() == "*" or form.etag in [tag.strip().removeprefix("W/") for tag in asked.split(",")]):
        start_response("304 Not Modified", form.unchanged + late)
        return []
    start_response("200 OK", form.headers + late)
    return [] if wsgi["REQUEST_METHOD"] == "HEAD" else [form.body]
