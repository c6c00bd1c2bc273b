"""Downloads: each is asked of the owner's app. What one may not see and what is not there are the same 404."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.people.access import public

from .. import storage
from ..actions.uploads import shown_as
from ..models import File
from ..owners import owner_kind
from ..rules import MIME, Type, byte_range

SANDBOX = "default-src 'none'; sandbox"


@require_safe
@public
def download(request: HttpRequest, pk: UUID, size: str) -> HttpResponse:
    """One size of a file, for whom its owner's app lets."""
    file = File.objects.filter(pk=pk).first()
    kind = owner_kind(file.owner_kind) if file else None
    actor = request.actor  # type: ignore[attr-defined]
    if file is None or kind is None or size not in file.sizes or not kind.sees(actor, file.owner_id):
        raise Http404
    if not storage.exists(file.path_of(size)):
        raise Http404
    if request.method == "GET":
        kind.looked(actor, file.owner_id, size, clock.now())
    response = _answer(request, file, size)
    _dress(response, file, public=kind.public)
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
