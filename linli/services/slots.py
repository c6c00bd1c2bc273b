"""Service items in the navigation of sites and desks, papers on the desk and in one's account."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import clock, slots
from linli.people.api import may_anywhere
from linli.sites.api import SiteKind, local_of

from .permissions import V
from .queries.papers import shown_to


def nav_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None or site.kind != SiteKind.PLACE:
        return []
    url = reverse("services:items", args=[site.slug])
    return [
        slots.Link(
            _("办事"), url, icon="seal", order=30, current=request.path.startswith((url, "/services/"))
        )
    ]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, V.SERVICE_EDIT):
        return []
    url = slots.url("services:desk")
    return [slots.Link(_("办事事项"), url, icon="seal", order=58, current=request.path.startswith(url))]


def papers_link(request: HttpRequest) -> list[slots.Link]:
    """With how many papers people show to the office now."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, V.PAPER_SEE):
        return []
    url = slots.url("services:papers_desk")
    count = shown_to(actor, clock.now()).count()
    return [
        slots.Link(
            _("给窗口看的证件"),
            url,
            icon="card",
            order=59,
            count=count or None,
            current=request.path.startswith(url),
        )
    ]


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("services/parts/account_box.html", order=25)]


slots.fill("site.nav", nav_link)
slots.fill("nav.desk", desk_link)
slots.fill("nav.desk", papers_link)
slots.fill("account.sections", account_box)
