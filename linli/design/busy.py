"""What a refused reader sees, in his language and display mode: made once for each, then only bytes."""

from __future__ import annotations

import secrets
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import get_str_from_wsgi
from django.http import HttpRequest, HttpResponse
from django.http.cookie import parse_cookie
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.module_loading import import_string

from linli.design import modes

Head = list[tuple[str, str]]
LAYERS = (
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
)
SOONEST, SPREAD = 3, 6  # seconds: so that not all come again at once
MAIN = b'<main id="main"'


def busy(wsgi: dict[str, Any], writing: bool) -> tuple[Head, bytes]:
    """Headers and body of the page that asks to come again."""
    head, body = _busy(_language_and_modes(wsgi), writing)
    return [*head, ("Retry-After", str(SOONEST + secrets.randbelow(SPREAD)))], body


def _language_and_modes(wsgi: dict[str, Any]) -> str:
    cookies = parse_cookie(get_str_from_wsgi(wsgi, "HTTP_COOKIE", "")) if wsgi.get("HTTP_COOKIE") else {}
    return str(modes.canonical(cookies))


@lru_cache(maxsize=128)
def _busy(chosen: str, writing: bool) -> tuple[Head, bytes]:
    chosen_modes = modes.read(parse_cookie(chosen))
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", "/", "/"
    with translation.override(chosen_modes.lang):
        context = {"modes": chosen_modes, "site": settings.LINLI_INSTANCE, "writing": writing}
        response = HttpResponse(render_to_string("busy.html", context), status=503)
    for name in LAYERS:
        response = import_string(name)(lambda _request, answer=response: answer)(request)
    response["Cache-Control"], response["Content-Language"] = "no-store", chosen_modes.html_lang
    response["Content-Length"] = str(len(response.content))
    return list(response.items()), response.content


@lru_cache(maxsize=16)
def _note(language: str) -> bytes:
    with translation.override(language):
        return render_to_string("public_copy.html").encode()


def with_note(body: bytes, chosen: str) -> bytes:
    """A public page that says that it is one: the note stands first in its main part."""
    main = body.find(MAIN)
    at = body.find(b">", body.find(b'<div class="wrap"', main)) + 1 if main >= 0 else 0
    return body[:at] + _note(modes.read(parse_cookie(chosen)).lang) + body[at:] if at else body
