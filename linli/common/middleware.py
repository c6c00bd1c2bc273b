"""A database or disk that fails becomes a clear page with 503 and Retry-After, never a 500; where nothing can be
written, reading goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware as DjangoSessions
from django.db import DatabaseError, InterfaceError, transaction
from django.http import HttpRequest, HttpResponse

from .outage import is_outage, unavailable

log = logging.getLogger("linli.errors")
TROUBLE = (DatabaseError, InterfaceError)
SAFE = ("GET", "HEAD", "OPTIONS")


def on_the_side(write: Callable[[], object]) -> bool:
    """A write beside a reading (seen, opened): whether it was done. What fails here does not break the reading.

    Not for the audit: what must leave a trace is not shown without one.
    """
    try:
        with transaction.atomic():
            write()
    except TROUBLE as error:
        log.warning("not noted while reading: %s", type(error).__name__)
        return False
    return True


class ErrorsMiddleware:
    """For what views raise. What other middleware raises comes to `handler500` (linli.design.errors)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request, exception) if is_outage(exception) else None


class SessionMiddleware(DjangoSessions):
    """A session that cannot be written does not take the page from who only reads; what he did in it is not kept."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except TROUBLE as error:
            if request.method not in SAFE:
                raise
            log.warning("session not kept while reading: %s", type(error).__name__)
            return response
