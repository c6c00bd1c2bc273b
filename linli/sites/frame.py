"""How a view stands in a site's frame: its plate above, its navigation, its colour; and what its page depends on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.common import clock

from .models import Site
from .queries import find_site, moved_to

View = Callable[..., HttpResponse]


def of_site(view: View) -> View:
    """For routes that begin with `s/<str:slug>/`: the view gets the site instead of the slug.

    `request.local` is the site too, for the providers of slots. A former address leads to the present one.
    """

    @wraps(view)
    def framed(request: HttpRequest, slug: str, *args: Any, **kw: Any) -> HttpResponse:
        site = find_site(slug, clock.local_date(clock.now()))
        if site is None:
            return _moved(request, slug)
        request.local = site  # type: ignore[attr-defined]
        return view(request, site, *args, **kw)

    return framed


def stand_in(request: HttpRequest, site: Site) -> None:
    """Put the page into the frame of this site: for routes of things, which know their site themselves."""
    request.local = site  # type: ignore[attr-defined]


def local_of(request: HttpRequest) -> Site | None:
    """The site in whose frame the page stands."""
    return getattr(request, "local", None)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    present = moved_to(slug)
    if present is None or request.method not in ("GET", "HEAD"):
        raise Http404
    head, _slug, tail = request.get_full_path().partition(f"/{slug}/")
    return redirect(f"{head}/{present}/{tail}", permanent=True)


def place_tag(pk: int) -> str:
    """The tag of what is published at a place: whoever publishes bumps that of his own place, and `news`."""
    return f"place:{pk}"


def noun_tag(noun: str, place: int) -> str:
    """The tag of the things of one noun at a place: a box that shows them alone depends on it, and whoever publishes
    one bumps it beside `place_tag`, on which whole pages depend."""
    return f"{noun}:{place}"


def site_tags(slug: str) -> tuple[str, ...]:
    """What the pages of a site depend on: all that is published at its place or above it. One statement."""
    found = Site.objects.filter(slug=slug).values_list("place_id", "place__path").first()
    if found is None:
        return ("sites", "areas", "news")
    keys = found[1].strip("/").split("/")
    return ("sites", "areas", *map(place_tag, map(int, keys)))
