"""A page rendered from its key alone, and whether what came back may be kept."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from .declare import NOTE, Note
from .store import Headers, Key

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
KEPT = {
    "content-type", "content-language", "content-security-policy", "x-frame-options", "x-content-type-options",
    "referrer-policy", "cross-origin-opener-policy", "strict-transport-security", "permissions-policy", "link",
}  # fmt: skip
OF_ONE = re.compile(rb"csrfmiddlewaretoken|\bnonce=|<form[^>]*\bmethod\s*=\s*[\"']?post|formmethod\s*=\s*[\"']?post", re.IGNORECASE)


@dataclass
class Rendered:
    status: str = ""
    headers: Headers = field(default_factory=list)
    body: bytes = b""

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


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


def kept_headers(headers: Headers) -> Headers:
    kept = [(name, value) for name, value in headers if name.lower() in KEPT]
    return [*kept, ("Vary", "Cookie, Accept-Encoding"), ("Cache-Control", "no-cache")]


def clean(key: Key, wsgi: Environ, note: Note) -> Environ:
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


def run(application: Application, wsgi: Environ) -> Rendered:
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
