"""Choosing a site as one's own."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.people.api import public

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
