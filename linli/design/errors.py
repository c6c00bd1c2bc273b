"""The page for what no view caught, in the reader's language: also where a layer outside of the languages failed."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from linli.common.outage import is_outage, unavailable

from . import modes


def server_error(request: HttpRequest) -> HttpResponse:
    """`handler500`: 503 for the database, whichever layer met it; else the page that says it is our fault."""
    error = sys.exc_info()[1]
    chosen = modes.read(request.COOKIES)
    request.modes = chosen  # type: ignore[attr-defined]
    with translation.override(chosen.lang):
        response = unavailable(request, error) if is_outage(error) else render(request, "500.html", status=500)
    response.headers.setdefault("Content-Language", chosen.html_lang)
    return response
