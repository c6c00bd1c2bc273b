"""GeoReport v2 over HTTP: discovery, services, definitions, requests, tokens; JSON and XML."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from linli.areas.api import cell
from linli.common import clock
from linli.common.errors import UserError
from linli.people.api import public

from ..actions.keys import Refused, Spent, ask_key, spend_key
from ..georeport import asked, cases, services
from ..georeport.forms import TYPES, Wrong, written

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-22T00:00:00+08:00"
BODIES = ("application/x-www-form-urlencoded", "multipart/form-data")
Answer = tuple[str, Any]


def spoken(view: Callable[..., Answer]) -> Callable[..., HttpResponse]:
    """The view's value in the form of the address; a refusal as the specification writes it."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, form: str, **kw: Any) -> HttpResponse:
        status, created = 200, request.method == "POST"
        try:
            _jurisdiction(request)
            root, value = view(request, *args, **kw)
            status = 201 if created else 200
        except Wrong as wrong:
            status, root, value = wrong.status, "errors", [{"code": wrong.status, "description": wrong.text}]
        except UserError as error:
            status, root, value = 400, "errors", [{"code": 400, "description": str(error)}]
        found = HttpResponse(written(form, root, value), status=status, content_type=TYPES[form])
        found["Access-Control-Allow-Origin"] = "*"
        found["Cache-Control"] = "no-store" if created else "no-cache"
        return found

    return answer


def _jurisdiction(request: HttpRequest) -> None:
    """One server, one district: naming it is allowed, naming another is not. Raises Wrong(404)."""
    named = request.GET.get("jurisdiction_id", "") or (_body(request).get("jurisdiction_id", "") if request.method == "POST" else "")
    top = cell()
    if named and (top is None or named not in (top.code, str(top.pk))):
        raise Wrong(404, "jurisdiction_id was not found")


def _body(request: HttpRequest) -> Any:
    """The form of a report. Raises Wrong for anything else (nothing of it is read, so it has no key), cut off or too large."""
    if request.content_type not in BODIES:
        raise Wrong(403, f"api_key is missing: it is read from a body that is {' or '.join(BODIES)}")
    try:
        return request.POST
    except RequestDataTooBig:
        raise Wrong(413, "the report is too large") from None
    except (MultiPartParserError, SuspiciousOperation, OSError):
        raise Wrong(400, "the body cannot be read; it may have been cut off") from None


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


@require_safe
@public
@spoken
def discovery(request: HttpRequest) -> Answer:
    base = request.build_absolute_uri("/open311/v2/").rstrip("/")
    endpoint = {
        "specification": SPECIFICATION, "url": base, "changeset": CHANGESET, "type": "test" if settings.LINLI_INSTANCE.kind == "demo" else "production",
        "formats": ["application/json", "text/xml"],
    }  # fmt: skip
    about = request.build_absolute_uri("/api/")
    return "discovery", {"changeset": CHANGESET, "contact": about, "key_service": about, "endpoints": [endpoint]}


@require_safe
@public
@spoken
def service_list(request: HttpRequest) -> Answer:
    return "services", services.services()


@require_safe
@public
@spoken
def service(request: HttpRequest, code: str) -> Answer:
    return "service_definition", services.definition(code)


@csrf_exempt  # programs have no cookie; a report needs a key
@require_http_methods(["GET", "HEAD", "POST"])
@public
@spoken
def request_list(request: HttpRequest) -> Answer:
    if request.method != "POST":
        return "service_requests", cases.requests(asked.listing(request.GET.dict(), clock.now()), _origin(request))
    now, form = clock.now(), _body(request).dict()
    try:
        key = ask_key(text=form.get("api_key", ""))
        report = asked.report(form)
        spend_key(key=key, now=now)
    except Refused:
        raise Wrong(403, "api_key is missing or wrong") from None
    except Spent:
        raise Wrong(429, "this api_key has made as many reports as it may within the hour") from None
    return "service_requests", [cases.file_report(report, request.FILES.getlist("media"), now=now)]


@require_safe
@public
@spoken
def request_one(request: HttpRequest, key: str) -> Answer:
    return "service_requests", [cases.request(key, _origin(request))]


@require_safe
@public
@spoken
def token(request: HttpRequest, key: str) -> Answer:
    """Reports are filed at once, so that no token is ever given; a public case answers to its own id."""
    return "service_requests", [{"service_request_id": cases.request(key, _origin(request))["service_request_id"], "token": key}]
