"""Live counters without sockets: a page asks again every few seconds, and mostly hears that nothing changed.

A counter has a version of its own, raised by the writer in his transaction (`touch`), read by one point query
(`version`). `conditional` answers 304 where the asker has that version already.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags

from .models import CacheTag
from .pagecache import tags


def touch(name: str) -> None:
    """The counter of this name (`inbox:<person>`) has changed. Part of the writer's transaction."""
    tags.raise_rows({tags.LIVE + name})


def version(name: str) -> int:
    """How often it changed; 0 before the first time."""
    return CacheTag.objects.filter(tag=tags.LIVE + name).values_list("version", flat=True).first() or 0


def conditional(request: HttpRequest, name: str, render: Callable[[], HttpResponse], *, varies: str = "") -> HttpResponse:
    """304 where the asker has the current version, else `render()`, tagged with it. One query for the version.

    The name must say whose counter it is; `varies` is whatever else the answer depends on, such as the acting post.
    The version is read before rendering, so that a change in between is only shown once more, never missed.
    """
    modes = getattr(request, "modes", "")
    text = "|".join((name, str(version(name)), varies, str(modes)))
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    asked = [tag.removeprefix("W/") for tag in parse_etags(request.headers.get("If-None-Match", ""))]
    response = HttpResponseNotModified() if etag in asked else render()
    if response.status_code in (200, 304):
        response.headers["ETag"] = etag
        response.headers["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Cookie"])
    return response
