"""The outermost layer: numbers every request, counts it, and answers the three addresses of operation itself."""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseNotFound

from linli.common import clock

from . import health, metrics, numbers

SHOWN = (400, 500, 503)
FOR_THE_EDGE = "linli.pagecache"  # as in common.pagecache.declare, which is above this module
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
Answer = Callable[[HttpRequest], HttpResponse]


class OpsMiddleware:
    """First in the list: before hosts, sessions and cookies are looked at."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.started = clock.now()
        self.doors = {"/healthz": self.alive, "/readyz": ready, "/metrics": measured}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door = self.doors.get(request.path_info)
        if door:
            return plain(door(request)) if request.method in ("GET", "HEAD") else HttpResponseNotAllowed(["GET", "HEAD"])
        with numbers.numbered():
            started = time.perf_counter()
            response = self.get_response(request)
            if FOR_THE_EDGE not in request.META:  # the edge counts whom it answers
                metrics.count(
                    route_of(request), response.status_code, time.perf_counter() - started,
                    writing=request.method not in ("GET", "HEAD", "OPTIONS"),
                )  # fmt: skip
            if response.status_code in SHOWN:
                response["X-Request-Id"] = numbers.current()
        return response

    def alive(self, request: HttpRequest) -> HttpResponse:
        """Asks nothing of anybody. This machine itself is told since when, so that an update sees a reload."""
        response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
        if may_measure(request):
            response["X-Linli-Started"] = f"{self.started.timestamp():.3f}"
        return response


def plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def route_of(request: HttpRequest) -> str:
    """The name of the route that answered; one word for all static files and one for what no route knows."""
    match = getattr(request, "resolver_match", None)
    if match is not None:
        return match.view_name or metrics.NONE
    return metrics.STATIC if request.path_info.startswith(settings.STATIC_URL) else metrics.NONE


def ready(request: HttpRequest) -> HttpResponse:
    missing = health.ready(clock.now())
    text = f"not ready: {', '.join(missing)}\n" if missing else "ok\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8", status=503 if missing else 200)
    if missing:
        response["Retry-After"] = "5"
    return response


def measured(request: HttpRequest) -> HttpResponse:
    if not may_measure(request):
        return HttpResponseNotFound("not found\n", content_type="text/plain; charset=utf-8")
    return HttpResponse(metrics.exposition(clock.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


def may_measure(request: HttpRequest) -> bool:
    """This machine itself, or the networks in LINLI_METRICS_FROM; never what came through a proxy.

    A proxy on this machine has a loopback address too: what it passes on is known by its headers, and by a host
    name that is not this machine's.
    """
    if any(request.META.get(name) for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR") or "")
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    if any(address in network for network in settings.LINLI_METRICS_FROM):
        return True
    host = request.META.get("HTTP_HOST", "")
    name = host[1:].split("]")[0] if host.startswith("[") else host.split(":")[0]
    return address.is_loopback and name in LOOPBACK_NAMES
