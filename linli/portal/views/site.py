"""The first page of a site, and of the street that shows them all."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.areas.api import Area, Level, ancestors, counts_below, dwellings_below, houses
from linli.common import clock
from linli.common.pagecache import cached, kept, midnight
from linli.forum.api import forum_tags
from linli.people.api import public
from linli.sites.api import Site, of_site, stand_in
from linli.studio.api import HomePage, Part, arrangement, banner_of, parts_of, previews

from ..arranged import boxes
from ..queries import PLACE_TAGS, bodies_at
from ..scene import draw
from ..words import count_words


@require_safe
@public
@cached(tags=lambda slug: (*forum_tags(slug), *PLACE_TAGS, "posts"), valid_until=midnight)
@of_site
def site(request: HttpRequest, site: Site) -> HttpResponse:
    """What is urgent, what is new, whom to ask: boxes that the apps put around the site's plate, in the editor's order."""
    return render(request, "portal/site.html", _context(request, site, arrangement(site)))


def preview(request: HttpRequest, page: HomePage) -> HttpResponse:
    """A draft of the arrangement."""
    stand_in(request, page.site)
    return render(request, "portal/site.html", _context(request, page.site, parts_of(page)))


class Front:
    """What the page shows of the place itself; read when the template asks, since a kept part does not ask."""

    def __init__(self, site: Site) -> None:
        self.site, self.place = site, site.place

    @cached_property
    def above(self) -> list[Area]:
        return [area for area in ancestors(self.place) if area.level >= Level.STREET]

    @cached_property
    def banner(self) -> dict[str, Any] | None:
        return banner_of(self.site)

    @cached_property
    def scene(self) -> Any:
        return draw(houses(self.place), self.place.pk)

    @cached_property
    def line(self) -> str:
        return self.site.lead or _size(self.place)

    @cached_property
    def bodies(self) -> Any:
        return bodies_at(self.place, [], clock.local_date(clock.now()))


def _context(request: HttpRequest, site: Site, arranged: list[Part] | None) -> dict[str, Any]:
    return {"front": Front(site), **boxes(request, site, arranged)}


def _size(place: Area) -> str:
    """How many homes and houses, where the office has not written a line of its own."""
    return kept(("size of a place", place.pk, get_language()), lambda: _counted(place), tags=("areas",))


def _counted(place: Area) -> str:
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
