"""What this app puts into the navigation of sites and desks, and its words for the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import slots
from linli.people.api import holds, register_audit_words
from linli.sites.api import S, local_of


def guide_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    if site is None:
        return []
    url = f"{site.url}guides/"
    return [slots.Link(_("指南"), url, icon="doc", order=80, current=request.path.startswith(url))]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    actor = getattr(request, "actor", None)
    if actor is None or actor.acting is None or not holds(actor, S.SITE_EDIT):
        return []
    url = slots.url("studio:desk")
    return [slots.Link(_("网站"), url, icon="globe", order=60, current=request.path.startswith(url))]


register_audit_words(
    {
        "site.arrange": _("开始编排站点首页"),
        "site.look": _("改了站点的颜色和横幅"),
        "library.add": _("往资料库里放了一份资料"),
        "library.remove": _("从资料库里拿掉了一份资料"),
    }
)
slots.fill("site.nav", guide_link)
slots.fill("nav.desk", desk_link)
