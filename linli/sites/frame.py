"""How a view stands in a site's frame: its plate above, its navigation, its colour."""

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


def local_of(request: HttpRequest) -> Site | None:
    """The site in whose frame the page stands."""
    return getattr(request, "local", None)


def _moved(request: HttpRequest, slug: str) -> HttpResponse:
    present = moved_to(slug)
    if present is None or request.method not in ("GET", "HEAD"):
        raise Http404
    head, _slug, tail = request.get_full_path().partition(f"/{slug}/")
    return redirect(f"{head}/{present}/{tail}", permanent=True)
