"""Choosing a site as one's own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from linli.common import clock
from linli.people.api import public

from . import maps
from .addresses import absolute
from .frame import of_site
from .front_door import COOKIE, YEAR
from .models import Site


@require_http_methods(["GET", "HEAD", "POST"])
@public
@of_site
def mine(request: HttpRequest, site: Site) -> HttpResponse:
    """Choose this site as one's own, or none: remembered on this device only, without signing in."""
    if request.method != "POST":
        return render(request, "sites/mine.html", {"chosen": request.COOKIES.get(COOKIE) == site.slug})
    if request.POST.get("forget"):
        answer = redirect("portal:streets")
        answer.delete_cookie(COOKIE)
        messages.success(request, _("不记了，打开首页看整个街道"))
        return answer
    answer = redirect(site.url)
    answer.set_cookie(
        COOKIE, site.slug, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
    )
    messages.success(request, _("记住了，下次打开直接到%(name)s") % {"name": site.name})
    return answer


HIDDEN = ("/me/", "/desk/", "/account/", "/search/", "/residency/", "/messages/")


@require_safe
@public
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines find the public pages; nobody's own pages are theirs to ask for."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in HIDDEN), f"Sitemap: {absolute(reverse('sites:map'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@public
def site_index(request: HttpRequest) -> HttpResponse:
    """The map of maps: one for each open site."""
    rows = Site.objects.open_on(clock.local_date(clock.now())).order_by("pk")
    return _streamed(maps.index(rows))


@require_safe
@public
@of_site
def site_map(request: HttpRequest, site: Site) -> HttpResponse:
    return _streamed(maps.of_site(site))


def _streamed(pieces: Iterator[str]) -> HttpResponse:
    return cast(HttpResponse, StreamingHttpResponse(pieces, content_type="application/xml; charset=utf-8"))
