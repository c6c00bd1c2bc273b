"""What stands behind the links of the footer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.people.api import public

from ..queries import OFFICES, bodies_at, home_place


def _page(request: HttpRequest, template: str) -> HttpResponse:
    """With the body that answers for the site and how to reach it."""
    day = clock.local_date(clock.now())
    place = home_place(day).place
    bodies = [body for body in bodies_at(place, [], day) if body.kind in OFFICES] if place else []
    return render(request, template, {"place": place, "host": bodies[0] if bodies else None})


@require_safe
@public
@cached(tags=("areas", "bodies"), valid_until=midnight)
def about(request: HttpRequest) -> HttpResponse:
    return _page(request, "portal/about.html")


@require_safe
@public
@cached(tags=("areas", "bodies"), valid_until=midnight)
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "portal/privacy.html")


@require_safe
@public
@cached(tags=("areas", "bodies"), valid_until=midnight)
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "portal/accessibility.html")
