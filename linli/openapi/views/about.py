"""The page for whoever writes a program: what there is, where, and how to begin."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common.pagecache import cached
from linli.people.api import public


@require_safe
@public
@cached(tags=("bodies",))
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "openapi/about.html")
