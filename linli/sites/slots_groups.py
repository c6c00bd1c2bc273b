"""Groups on the pages of places and sites, and on the desk that opens them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import clock, slots
from linli.people.api import Actor, may_anywhere

from .kept_boxes import kept_boxes
from .models import GroupApplication, Site
from .permissions import S, may_at
from .queries import group_sites, waiting_groups
from .rules import SiteKind

MOST = 12


@kept_boxes()
def about_box(request: HttpRequest, site: Site) -> list[slots.Box]:
    """On a group's first page: what it does and where it is found."""
    if site.kind == SiteKind.PLACE:
        return []
    row = GroupApplication.objects.filter(site=site).first()
    if row is None:
        return []
    may_edit = may_at(request.actor, S.SITE_EDIT, site)  # type: ignore[attr-defined]
    return [slots.Box("sites/parts/group_box.html", {"row": row, "site": site, "may_edit": may_edit}, order=5)]


@kept_boxes()
def groups_box(request: HttpRequest, site: Site) -> list[slots.Box]:
    """On a place's first page: the groups that meet there."""
    if site.kind != SiteKind.PLACE:
        return []
    found = group_sites(site.place, clock.local_date(clock.now()))[:MOST]
    return [slots.Box("sites/parts/groups_box.html", {"groups": found}, order=50)] if found else []


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, S.GROUP_FOUND):
        return []
    url = slots.url("sites:group_desk")
    count = waiting_groups(actor).count()
    return [slots.Link(_("小组和社团"), url, icon="users", order=65, count=count or None, current=request.path.startswith(url))]


def account_box(request: HttpRequest) -> list[slots.Box]:
    """What became of the groups that one asked for; the way to ask, for whom it is open."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person is None or actor.acting is not None or not may_anywhere(actor, S.GROUP_APPLY):
        return []
    return [slots.Box("sites/parts/group_account_box.html", order=65)]


slots.fill("site.main", about_box)
slots.fill("site.aside", groups_box)
slots.fill("nav.desk", desk_links)
slots.fill("account.sections", account_box)
