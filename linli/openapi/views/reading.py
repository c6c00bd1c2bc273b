"""`/api/v1/…`: each resource a page at a time, and the document that says so."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.people.api import public
from linli.sites.api import absolute

from ..reading.document import document
from ..reading.resources import RESOURCES
from ..reading.shapes import NotThere, Resource, Unfit

_BY_NAME = {row.name: row for row in RESOURCES}


def _json(value: Any, status: int = 200, kind: str = "application/json") -> HttpResponse:
    found = HttpResponse(json.dumps(value, ensure_ascii=False), status=status, content_type=kind)
    found["Access-Control-Allow-Origin"] = "*"
    found["Cache-Control"] = "no-cache"
    return found


def _problem(status: int, title: str, detail: str, **more: str) -> HttpResponse:
    """RFC 9457."""
    return _json({"status": status, "title": title, "detail": detail, **more}, status, "application/problem+json")


@require_safe
@public
def openapi(_request: HttpRequest) -> JsonResponse:
    return JsonResponse(document(RESOURCES, server=absolute("/api/v1")), json_dumps_params={"ensure_ascii": False})


@require_safe
@public
def resource(request: HttpRequest, name: str) -> HttpResponse:
    row = _BY_NAME.get(name)
    if row is None:
        return _problem(404, "Not Found", "there is no such resource")
    try:
        return _json(_page(row, request))
    except Unfit as error:
        return _problem(400, "Bad Request", f"{error.name}: {error.text}", parameter=error.name)
    except NotThere:
        return _problem(404, "Not Found", "what was asked for is not there")


def _page(row: Resource, request: HttpRequest) -> dict[str, Any]:
    asked = row.asked(request.GET.dict())
    start = (asked["page"] - 1) * asked["per_page"]
    items = row.read(asked, start, start + asked["per_page"] + 1)
    more, following = len(items) > asked["per_page"], request.GET.copy()
    following["page"] = str(asked["page"] + 1)
    where = reverse("openapi:resource", args=[row.name])
    return {"items": items[: asked["per_page"]], "next": absolute(f"{where}?{following.urlencode()}") if more else None}
