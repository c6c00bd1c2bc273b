"""HSDS 3.0 (Open Referral) paths over the directory: services and the organisations that offer them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.areas.api import cell
from linli.common.pagecache import cached
from linli.people.api import public
from linli.portal.api import DIRECTORY_TAGS, below, hsds_of
from linli.sites.api import absolute

from ..reading.shapes import PAGE, SIZE, Unfit

PROFILE = "https://docs.openreferral.org/en/3.0.1/hsds/"
Rows = list[dict[str, Any]]
_cached = cached(tags=("areas", *DIRECTORY_TAGS), query=("page", "per_page"))


def _all() -> dict[str, Rows]:
    top = cell()
    return hsds_of(below(top), top) if top is not None else {"services": [], "organizations": []}


def _answer(value: Any, status: int = 200) -> HttpResponse:
    found = JsonResponse(value, status=status, json_dumps_params={"ensure_ascii": False})
    found["Access-Control-Allow-Origin"] = "*"
    return found


def _listed(kind: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        try:
            number, size = (one.read(request.GET.get(one.name, usual)) for one, usual in ((PAGE, "1"), (SIZE, "100")))
        except Unfit as error:
            return _answer({"error": f"{error.name}: {error.text}"}, 400)
        rows = _all()[kind]
        pages, shown = -(-len(rows) // size), rows[(number - 1) * size : number * size]
        return _answer(
            {
                "total_items": len(rows), "total_pages": pages, "page_number": number, "size": len(shown), "first_page": number == 1,
                "last_page": number >= pages, "empty": not shown, "contents": shown,
            }
        )  # fmt: skip

    return require_safe(public(_cached(view)))


def _single(kind: str) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, key: str) -> HttpResponse:
        found = next((row for row in _all()[kind] if row["id"] == key), None)
        return _answer(found) if found is not None else _answer({"error": "not found"}, 404)

    return require_safe(public(view))


@require_safe
@public
def root(_request: HttpRequest) -> HttpResponse:
    return _answer({"version": "3.0", "profile": PROFILE, "openapi_url": absolute(reverse("openapi:document"))})


services, organizations = _listed("services"), _listed("organizations")
service, organization = _single("services"), _single("organizations")
