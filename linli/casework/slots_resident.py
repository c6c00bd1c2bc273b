"""Reporting in the frame of a site, on its first page, in one's account and on a phone's bar."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import clock, slots
from linli.common.pagecache import midnight, valid_until
from linli.people.api import may_anywhere
from linli.sites.api import Site, SiteKind, kept_boxes, local_of

from .permissions import C
from .queries import public as read

SHOWN = 5


def nav_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None or site.kind != SiteKind.PLACE:
        return []
    url = f"{site.url}cases/"
    current = request.path.startswith((url, f"{site.url}report/", "/public-cases/"))
    return [slots.Link(_("反映"), url, icon="report", order=20, current=current)]


@kept_boxes("cases")
def doing(request: HttpRequest, site: Site) -> list[slots.Box]:
    """正在办: the newest public ones that are not done yet, the late ones marked."""
    if site.kind != SiteKind.PLACE:
        return []
    now = clock.now()
    rows = list(read.listed(site.place, show="open")[:SHOWN])
    valid_until(request, min([midnight(now), *(row.due for row in rows if row.due is not None and row.due > now)]))
    context = {"lines": read.lines(rows, now), "url": f"{site.url}cases/", "report": reverse("casework:report", args=[site.slug])}
    return [slots.Box("casework/parts/doing.html", context, order=20, name="cases")]


def tab(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    url = reverse("casework:report", args=[site.slug]) if site is not None and site.kind == SiteKind.PLACE else slots.url("casework:start")
    return [slots.Link(_("反映"), url, icon="report", order=15, current=request.path == url)]


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("casework/parts/account_box.html", order=25)]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    if request.actor.acting is None or not may_anywhere(request.actor, C.CASE_TABLES):  # type: ignore[attr-defined]
        return []
    url = slots.url("casework:spots")
    return [slots.Link(_("点位"), url, icon="qr", order=34, current=request.path.startswith(url))]


slots.fill("site.nav", nav_link)
slots.fill("site.aside", doing)
slots.fill("nav.tabbar", tab)
slots.fill("account.sections", account_box)
slots.fill("nav.desk", desk_link)
