"""What this app puts into the slots of the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.areas.api import Area
from linli.common import slots
from linli.people.api import P, may, register_audit_words
from linli.sites.api import local_of


def _link(request: HttpRequest, label: str, name: str, icon: str, order: int) -> slots.Link:
    url = slots.url(f"portal:{name}")
    return slots.Link(label, url, icon=icon, order=order, current=request.path == url)


def home_links(request: HttpRequest, *, home: int) -> list[slots.Link]:
    """In the chart's pane: put right what the register says of this home."""
    area = Area.objects.filter(pk=home).first()
    if area is None or not may(request.actor, P.HOMES_EDIT, area):  # type: ignore[attr-defined]
        return []
    return [slots.Link(_("改这一户的登记"), reverse("portal:home_edit", args=[home]), icon="edit", order=60)]


def main_links(request: HttpRequest) -> list[slots.Link]:
    return [
        _link(request, _("首页"), "home", "home", 0),
        _link(request, _("找地方"), "find", "search", 10),
        _link(request, _("找电话"), "phones", "phone", 20),
    ]


def tabs(request: HttpRequest) -> list[slots.Link]:
    """The bar of a phone, which has no room for the search box above."""
    local = local_of(request)
    first = slots.Link(_("首页"), local.url, icon="home", order=0, current=request.path == local.url) if local else None
    return [
        first or _link(request, _("首页"), "home", "home", 0),
        _link(request, _("搜索"), "search", "search", 10),
        _link(request, _("找电话"), "phones", "phone", 20),
    ]


def find_box(request: HttpRequest) -> list[slots.Link]:
    """The search above every page but those that have a box of their own."""
    own = {slots.url(f"portal:{name}") for name in ("home", "find", "search")}
    label = _("搜公告、话题、电话") if local_of(request) else _("搜地方、单位")
    return [] if request.path in own else [slots.Link(label, slots.url("portal:search"))]


QUICK = {  # section of a site → what one does there
    "questions": (gettext_lazy("提一个问题"), "new/", "ask", 20), "forum": (gettext_lazy("和邻居聊聊"), "", "talk", 50),
    "events": (gettext_lazy("看活动"), "", "calendar", 60), "phones": (gettext_lazy("找电话"), "", "phone", 90),
}  # fmt: skip


def quick_links(request: HttpRequest) -> list[slots.Link]:
    """What is done most, above the boxes of a site's first page, where the site has the section for it."""
    local = local_of(request)
    if local is None:
        return []
    there = {link.url for link in slots.entries("site.nav", request)}
    return [
        slots.Link(label, f"{local.url}{section}/{rest}", icon=icon, order=order)
        for section, (label, rest, icon, order) in QUICK.items()
        if f"{local.url}{section}/" in there
    ]


def foot_links(request: HttpRequest) -> list[slots.Link]:
    return [
        _link(request, _("关于本站"), "about", "", 10),
        _link(request, _("个人信息怎么用"), "privacy", "", 20),
        _link(request, _("无障碍说明"), "accessibility", "", 30),
    ]


register_audit_words({"homes.export": gettext_lazy("导出了房屋表")})
slots.fill("nav.main", main_links)
slots.fill("nav.tabbar", tabs)
slots.fill("find", find_box)
slots.fill("site.quick", quick_links)
slots.fill("foot.links", foot_links)
slots.fill("home.actions", home_links)
register_audit_words(
    {
        "place.edit": gettext_lazy("改了一个小区或楼栋的登记"),
        "place.move": gettext_lazy("把小区移到了另一个社区"),
        "home.edit": gettext_lazy("改了一户的登记"),
    }
)
