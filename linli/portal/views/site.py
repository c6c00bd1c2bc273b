"""The first page of a site, and of the street that shows them all."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Level, ancestors, counts_below, dwellings_below, houses
from linli.common import clock
from linli.common.pagecache import cached, midnight
from linli.people.api import public
from linli.sites.api import Site, of_site, site_tags, stand_in
from linli.studio.api import HomePage, Part, arrangement, banner_of, parts_of, previews

from ..arranged import boxes
from ..queries import PLACE_TAGS, bodies_at
from ..scene import draw
from ..words import count_words


@require_safe
@public
@cached(tags=lambda slug: (*site_tags(slug), *PLACE_TAGS), valid_until=midnight)
@of_site
def site(request: HttpRequest, site: Site) -> HttpResponse:
    """What is urgent, what is new, whom to ask: boxes that the apps put around the site's plate, in the editor's order."""
    return render(request, "portal/site.html", _context(request, site, arrangement(site)))


def preview(request: HttpRequest, page: HomePage) -> HttpResponse:
    """A draft of the arrangement."""
    stand_in(request, page.site)
    return render(request, "portal/site.html", _context(request, page.site, parts_of(page)))


def _context(request: HttpRequest, site: Site, arranged: list[Part] | None) -> dict[str, Any]:
    place, banner = site.place, banner_of(site)
    return {
        "above": [area for area in ancestors(place) if area.level >= Level.STREET], "banner": banner,
        "scene": None if banner else draw(houses(place), place.pk), "line": site.lead or _size(place),
        "bodies": bodies_at(place, [], clock.local_date(clock.now())), **boxes(request, site, arranged),
    }  # fmt: skip


def _size(place: Area) -> str:
    """How many homes and houses, where the office has not written a line of its own."""
    counts, dwellings = counts_below(place), dwellings_below(place)
    parts = [count_words(Level.HOME, dwellings)] if dwellings else []
    return "·".join(
        parts
        + [
            count_words(level, counts[level])
            for level in (Level.COMPOUND, Level.BUILDING)
            if counts.get(level)
        ]
    )


previews["HomePage"] = preview
