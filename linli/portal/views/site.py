"""The first page of a site, and of the street that shows them all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Level, ancestors, counts_below, dwellings_below, houses
from linli.common import clock, slots
from linli.common.pagecache import cached, midnight
from linli.people.api import public
from linli.sites.api import Site, of_site, site_tags

from ..queries import PLACE_TAGS, bodies_at
from ..scene import draw
from ..words import count_words


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), *PLACE_TAGS, "posts"), valid_until=midnight)
@of_site
def site(request: HttpRequest, site: Site) -> HttpResponse:
    """What is urgent, what is new, whom to ask: boxes that the apps put around the site's plate."""
    place = site.place
    context = {
        "above": [area for area in ancestors(place) if area.level >= Level.STREET],
        "scene": draw(houses(place), place.pk), "line": site.lead or _size(place), "bodies": bodies_at(place, [], clock.local_date(clock.now())),
        **{part: slots.entries(f"site.{part}", request, site=site) for part in ("top", "main", "aside")},
    }  # fmt: skip
    return render(request, "portal/site.html", context)


def _size(place: Area) -> str:
    """How many homes and houses, where the office has not written a line of its own."""
    counts, dwellings = counts_below(place), dwellings_below(place)
    parts = [count_words(Level.HOME, dwellings)] if dwellings else []
    return "·".join(parts + [count_words(level, counts[level]) for level in (Level.COMPOUND, Level.BUILDING) if counts.get(level)])
