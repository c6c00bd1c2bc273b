"""The first page, and finding a place."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.areas.api import cell, find_places, title
from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.common.text import clean
from linli.people.api import public
from linli.sites.api import site_urls

from ..queries import CLUSTER_TAGS, home_place, place_url
from .cluster import render_cluster


@require_safe
@public
@cached(tags=CLUSTER_TAGS, query=("page",), valid_until=midnight)
def home(request: HttpRequest) -> HttpResponse:
    """The one street's page, or the district's where there are several."""
    found = home_place(clock.local_date(clock.now()))
    if found.place is None:
        return render(request, "portal/unset.html")
    return render_cluster(request, found.place)


@require_safe
@public
@cached(tags=CLUSTER_TAGS, query=("page",), valid_until=midnight)
def streets(request: HttpRequest) -> HttpResponse:
    """The same for those whom `/` leads to their own community."""
    return home(request)


@require_safe
@public
@cached(tags=("areas", "sites"), valid_until=midnight)
def find(request: HttpRequest) -> HttpResponse:
    """Places by name, address or number of the building."""
    text = clean(request.GET.get("q", ""))[:60]
    top = cell()
    found = find_places(text, top, clock.local_date(clock.now())) if top else []
    urls = site_urls(place.pk for place in found)
    context = {"text": text, "results": [_result(place, urls.get(place.pk) or place_url(place.pk)) for place in found]}
    return render(request, "portal/find.html", context)


def _result(place, url):  # type: ignore[no-untyped-def]
    kind = place.get_level_display()
    return {"place": place, "url": url, "name": title(place), "parent": title(place.parent) if place.parent else "", "kind": kind}
