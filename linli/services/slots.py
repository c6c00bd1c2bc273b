"""Service items in the navigation of sites and desks."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import slots
from linli.people.api import may_anywhere
from linli.sites.api import SiteKind, local_of

from .permissions import V


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


slots.fill("site.nav", nav_link)
slots.fill("nav.desk", desk_link)
