"""The directory in the navigation of sites and desks, and its box on a site's first page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import clock, slots
from linli.common.pagecache import valid_until
from linli.people.api import may_anywhere, register_audit_words
from linli.sites.api import Site, kept_boxes, local_of

from .directory_permissions import D
from .directory_queries import cards, listing, next_change

BOX = 4  # numbers in the box


def site_links(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None:
        return []
    url = f"{site.url}phones/"
    return [slots.Link(_("找电话"), url, icon="phone", order=90, current=request.path.startswith(url))]


@kept_boxes(tags=("phones", "calendar"))
def site_box(request: HttpRequest, site: Site) -> list[slots.Box]:
    """The numbers that are used most, the nearest first."""
    now = clock.now()
    found = listing(site.place, clock.local_date(now))
    if not found.entries:
        return []
    often = sorted(found.entries, key=lambda row: (row.rank, -row.place.level))[:BOX]
    shown = cards(found, now, often)
    valid_until(request, next_change(shown))
    return [slots.Box("portal/directory/box.html", {"cards": shown, "site": site, "total": len(found.entries)}, order=20)]


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, D.DIRECTORY_EDIT):
        return []
    url = slots.url("portal:phones_desk")
    return [slots.Link(_("电话簿"), url, icon="phone", order=60, current=request.path.startswith(url))]


register_audit_words(
    {
        "phone.add": _("在电话簿里加了一条"),
        "phone.change": _("改了电话簿里的一条"),
        "phone.verify": _("核对了电话簿里的一条"),
        "phone.end": _("从电话簿里去掉了一条"),
        "phone.settle": _("处理了一条“号码不对”"),
        "phone.import": _("导入了电话簿"),
        "phone.export": _("导出了电话簿"),
    }
)
slots.fill("site.nav", site_links)
slots.fill("site.aside", site_box)
slots.fill("nav.desk", desk_links)
