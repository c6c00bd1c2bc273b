"""A database that fails becomes a clear page with 503 and Retry-After, never a 500."""

import logging
from collections.abc import Callable

from django.db import DatabaseError, IntegrityError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

log = logging.getLogger("linli.errors")


class ErrorsMiddleware:
    """Outermost of those that may touch the database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        except (DatabaseError, InterfaceError) as error:
            return self.unavailable(request, error)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        broken = isinstance(exception, (DatabaseError, InterfaceError)) and not isinstance(exception, IntegrityError)
        return self.unavailable(request, exception) if broken else None

    def unavailable(self, request: HttpRequest, error: Exception) -> HttpResponse:
        log.error("database unavailable: %s", type(error).__name__)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "30"
        response["Cache-Control"] = "no-store"
        return response
