"""Boxes of a site's first page, rendered once for all visitors: a write to one noun renders one box anew."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.template.loader import render_to_string
from django.utils.translation import get_language

from linli.common import slots
from linli.common.pagecache import collected, expect, kept, valid_until
from linli.people.api import Actor

from .frame import noun_tag
from .models import Site

Provider = Callable[..., list[slots.Box]]
SLOTS = ("site.top", "site.main", "site.aside")
ALWAYS = ("sites", "areas", "bodies")  # names of places, sites and bodies stand in every box


@dataclass(frozen=True)
class _Rendered:
    boxes: tuple[slots.Box, ...]
    until: datetime | None


def kept_boxes(*nouns: str, tags: Iterable[str] | Callable[[Site], Iterable[str]] = ()) -> Callable[[Provider], Provider]:
    """For providers of `site.top`, `site.main` and `site.aside`: what visitors see of their boxes is kept.

    `nouns`: what is published at the site's place or above it (`noun_tag`); `tags`: on what else the boxes depend,
    names or a function of the site.
    The provider says by `valid_until` when time alone changes them. It is asked by nobody in particular: its request
    has no cookies, no session and no address, so that nothing personal can be kept. The boxes' templates know `box`
    alone. Whoever is signed in gets boxes of his own.
    """

    def decorate(provider: Provider) -> Provider:
        name = f"{provider.__module__}.{provider.__qualname__}"

        @wraps(provider)
        def boxes(request: HttpRequest, site: Site) -> list[slots.Box]:
            if request.actor.person is not None or not settings.LINLI_PAGE_CACHE:  # type: ignore[attr-defined]
                return provider(request, site=site)
            found = kept(
                ("boxes", name, site.pk, get_language()), lambda: _render(provider, site),
                tags=(*ALWAYS, *_named(site, tags), *_nouns(site, nouns)), until=lambda rendered: rendered.until,
            )  # fmt: skip
            valid_until(request, found.until)
            return list(found.boxes)

        boxes.kept = (nouns, tags if callable(tags) else tuple(tags))  # type: ignore[attr-defined]
        return boxes

    return decorate


def expect_boxes(site: Site) -> None:
    """Ask for the versions of all that the boxes depend on by one statement."""
    for slot in SLOTS:
        for provider in slots.providers(slot):
            nouns, tags = getattr(provider, "kept", ((), ()))
            expect((*_named(site, tags), *_nouns(site, nouns)))


def nav_tags(place: int) -> tuple[str, ...]:
    """What the navigation of a place's site asks for, so that a page can ask for it with its own: providers of `site.nav`
    that keep something say so by `tags_at(place)`."""
    found = (getattr(provider, "tags_at", None) for provider in slots.providers("site.nav"))
    return tuple(tag for tags_at in found if tags_at for tag in tags_at(place))


def _named(site: Site, tags: Iterable[str] | Callable[[Site], Iterable[str]]) -> Iterable[str]:
    return tags(site) if callable(tags) else tags


def _nouns(site: Site, nouns: Iterable[str]) -> Iterable[str]:
    places = (*site.place.ancestor_ids, site.place_id)
    return (noun_tag(noun, place) for noun in nouns for place in places)


def nobody(site: Site, path: str = "", query: str = "", modes: Any = None) -> HttpRequest:
    """The request of a visitor of whom nothing is known but which page of the site he asks for, and how to show it."""
    request: Any = HttpRequest()
    request.method, request.path, request.path_info = "GET", path or site.url, path or site.url
    request.GET, request.META["QUERY_STRING"] = QueryDict(query), query
    request.actor, request.local = Actor(), site
    if modes is not None:
        request.modes = modes
    return request  # type: ignore[no-any-return]


def _render(provider: Provider, site: Site) -> _Rendered:
    with collected() as moments:
        found = provider(nobody(site), site=site)
        boxes = tuple(
            slots.Box("sites/parts/kept_box.html", {"html": render_to_string(box.template, {"box": box.context})}, box.order, box.called)
            for box in found
        )  # fmt: skip
    return _Rendered(boxes, min(moments, default=None))
