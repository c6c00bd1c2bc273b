"""Who is on duty: the box of a site's first page, and the way to its desk."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.common import clock, slots
from linli.common.pagecache import valid_until
from linli.people.api import register_audit_words
from linli.sites.api import Site, kept_boxes, local_of

from .duty_queries import on_duty


@kept_boxes("duty", tags=("calendar",))
def duty_box(request: HttpRequest, site: Site) -> list[slots.Box]:
    shown = on_duty(site, clock.now())
    if not shown:
        return []
    valid_until(request, min((one.status.change for one in shown if one.status.change), default=None))
    return [slots.Box("portal/duty/box.html", {"people": shown}, order=10)]


def desk_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    return [slots.Link(_("谁值班"), reverse("portal:duty_desk", args=[site.slug]), order=20)] if site else []


register_audit_words({"duty.write": _("写了谁值班"), "duty.remove": _("从值班的人里拿掉了一位")})
slots.fill("site.aside", duty_box)
slots.fill("site.desk", desk_link)
