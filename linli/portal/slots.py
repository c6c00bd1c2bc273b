"""What this app puts into the slots of the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots


def _link(request: HttpRequest, label: str, name: str, icon: str, order: int) -> slots.Link:
    url = slots.url(f"portal:{name}")
    return slots.Link(label, url, icon=icon, order=order, current=request.path == url)


def main_links(request: HttpRequest) -> list[slots.Link]:
    return [
        _link(request, _("首页"), "home", "home", 0),
        _link(request, _("找地方"), "find", "search", 10),
        _link(request, _("找电话"), "phones", "phone", 20),
    ]


def foot_links(request: HttpRequest) -> list[slots.Link]:
    return [
        _link(request, _("关于本站"), "about", "", 10),
        _link(request, _("个人信息怎么用"), "privacy", "", 20),
        _link(request, _("无障碍说明"), "accessibility", "", 30),
    ]


slots.fill("nav.main", main_links)
slots.fill("nav.tabbar", main_links)
slots.fill("foot.links", foot_links)
