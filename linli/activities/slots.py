"""Events in the frame of a site, on its first page, on the desk and in one's account."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import clock, slots
from linli.common.pagecache import valid_until
from linli.sites.api import Site, kept_boxes, local_of

from . import words
from .permissions import A
from .queries import events as read

NEXT = 3


def nav_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None:
        return []
    url = f"{site.url}events/"
    return [
        slots.Link(
            _("活动"), url, icon="calendar", order=60, current=request.path.startswith((url, "/events/"))
        )
    ]


@kept_boxes("events")
def box(request: HttpRequest, site: Site) -> list[slots.Box]:
    """The next three; none where nothing is ahead."""
    now = clock.now()
    events = read.next_events(site, now, NEXT)
    valid_until(request, read.changes_at(events, now))
    if not events:
        return []
    context = {"lines": [words.line(event, now) for event in events], "url": f"{site.url}events/"}
    return [slots.Box("activities/parts/box.html", context, order=30, name="events")]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or A.EVENT_EDIT not in actor.permissions:
        return []
    url = reverse("activities:desk")
    return [slots.Link(_("活动"), url, icon="calendar", order=35, current=request.path.startswith(url))]


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("activities/parts/account_box.html", order=35)]


slots.fill("site.nav", nav_link)
slots.fill("site.aside", box)
slots.fill("nav.desk", desk_link)
slots.fill("account.sections", account_box)
