"""While `linli update` runs, reading goes on and every change is asked to come again: nothing that was
acknowledged can be lost if the update is undone."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from linli.config import instance

SAFE = ("GET", "HEAD", "OPTIONS")


class PauseMiddleware:
    """Behind the display modes, so that the page speaks the reader's language; before anything writes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or not instance.is_paused(settings.LINLI_DATA):
            return self.get_response(request)
        response = render(request, "503.html", status=503)
        response["Retry-After"] = "60"
        response["Cache-Control"] = "no-store"
        return response
