"""The bytes of a file as an answer; whoever calls it has asked whether the visitor may see it."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from . import storage
from .actions.uploads import shown_as
from .models import File
from .rules import MIME, Type, byte_range

SANDBOX = "default-src 'none'; sandbox"


def answer(request: HttpRequest, file: File, size: str, *, public: bool = False) -> HttpResponse:
    """One size of the file, whole or a part."""
    response = _answer(request, file, size)
    _dress(response, file, public=public)
    return cast(HttpResponse, response)


def _answer(request: HttpRequest, file: File, size: str) -> HttpResponseBase:
    length = file.sizes[size][0]
    etag = f'"{file.sha256[:24]}-{size}"'
    if request.headers.get("If-None-Match") == etag:
        response: HttpResponseBase = HttpResponse(status=304)
        response["ETag"] = etag
        return response
    try:
        part = byte_range(request.headers.get("Range", ""), length)
    except ValueError:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{length}"
        return response
    if request.headers.get("If-Range", etag) != etag:
        part = None
    first, last = part or (0, length - 1)
    body = storage.read(file.path_of(size), first, last) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(body, status=206 if part else 200, content_type=MIME.get(Type(file.type), "image/webp"))
    response["Content-Length"] = str(last - first + 1)
    response["Accept-Ranges"], response["ETag"] = "bytes", etag
    if part:
        response["Content-Range"] = f"bytes {first}-{last}/{length}"
    return response


def _dress(response: HttpResponseBase, file: File, *, public: bool) -> None:
    """Nothing of an upload ever runs, and only public pictures are kept by caches between."""
    if response.status_code != 304:
        name = shown_as(file)
        response["Content-Disposition"] = content_disposition_header(not file.is_picture, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = SANDBOX
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    if public:
        patch_cache_control(response, public=True, max_age=86_400, immutable=True)
    else:
        patch_cache_control(response, private=True, no_cache=True, max_age=0)
