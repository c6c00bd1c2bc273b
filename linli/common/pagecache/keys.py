"""What a kept page is looked for by; nothing else of the visitor reaches it."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info, get_str_from_wsgi
from django.http.cookie import parse_cookie
from django.http.request import split_domain_port, validate_host

from .declare import Spec, declared
from .store import Key

Environ = dict[str, Any]
LONG_PATH, LONG_VALUE = 512, 64
LONG_COOKIE, MOST = 256, 4096  # of what is remembered


class Keys:
    """What to look for; None for everything that is not an anonymous reading of an allowed host.

    Most requests ask for what somebody asked for before, byte for byte: their keys are remembered, a few thousand.
    """

    def __init__(self, modes: Callable[[dict[str, str]], str]) -> None:
        self.modes = modes
        self.known: dict[tuple[Any, ...], Key] = {}

    def __call__(self, wsgi: Environ) -> Key | None:
        said, get = wsgi.get("HTTP_COOKIE", ""), wsgi.get
        believed = settings.SECURE_PROXY_SSL_HEADER
        asked = (
            get("PATH_INFO"), get("QUERY_STRING"), get("HTTP_HOST"), said, wsgi["REQUEST_METHOD"], get("SCRIPT_NAME"), get("wsgi.url_scheme"),
            "HTTP_AUTHORIZATION" in wsgi, get(believed[0]) if believed else None,
        )  # fmt: skip
        key = self.known.get(asked)
        if key is None:
            key = key_of(wsgi, self.modes)
            if key is not None and len(said) < LONG_COOKIE:
                if len(self.known) >= MOST:
                    self.known.clear()
                self.known[asked] = key
        return key


def key_of(wsgi: Environ, modes: Callable[[dict[str, str]], str]) -> Key | None:
    """The key of one request, worked out."""
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
    return Key(_is_secure(wsgi), host, path, query, modes(cookies))


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
