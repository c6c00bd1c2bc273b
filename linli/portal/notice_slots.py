"""Notices on a site's first page, in its navigation, and on the desk's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.common import clock, pagecache, slots
from linli.people.api import holds, may_anywhere
from linli.sites.api import Site, kept_boxes, local_of

from .notice_desk_queries import waiting_count
from .notice_lines import lines_of, urgent_words
from .notice_queries import Listing, first_end, leading, living_elsewhere
from .permissions import N

SHOWN, URGENT = 5, 3


def nav_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None:
        return []
    url = f"{site.url}notices/"
    return [slots.Link(_("公告"), url, icon="horn", order=10, current=request.path == url)]


@kept_boxes("notices")
def urgent(request: HttpRequest, site: Site) -> list[slots.Box]:
    """What is urgent stands above all else, in red."""
    now = clock.now()
    rows = leading(site, now, URGENT, urgent=True)
    pagecache.valid_until(request, first_end(rows))
    return [
        slots.Box("portal/notices/urgent.html", urgent_words(notice, now), order=n)
        for n, notice in enumerate(rows)
    ]


@kept_boxes("notices")
def newest_box(request: HttpRequest, site: Site) -> list[slots.Box]:
    now, actor = clock.now(), request.actor  # type: ignore[attr-defined]
    if living_elsewhere(actor, site):
        found = Listing(site, now).without_buildings()[0 : SHOWN + URGENT]
    else:
        found = leading(site, now, SHOWN + URGENT)
    rows = [notice for notice in found if not notice.is_urgent]  # those stand above
    pagecache.valid_until(request, first_end(found))
    if not rows:
        return []
    context: dict[str, Any] = {
        "lines": lines_of(actor, rows[:SHOWN], site),
        "more": reverse("portal:notices", args=[site.slug]),
    }
    return [slots.Box("portal/notices/box.html", context, order=10)]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not (
        holds(actor, N.NOTICE_WRITE) or may_anywhere(actor, N.NOTICE_CHECK)
    ):
        return []
    url = reverse("portal:notices_desk")
    return [
        slots.Link(
            _("公告"),
            url,
            icon="horn",
            order=25,
            count=waiting_count(actor) or None,
            current=request.path.startswith(url),
        )
    ]


slots.fill("site.nav", nav_link)
slots.fill("site.top", urgent)
slots.fill("site.main", newest_box)
slots.fill("nav.desk", desk_link)
