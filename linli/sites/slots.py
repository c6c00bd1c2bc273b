"""The first entries of a site's own navigation; other apps add theirs to `site.nav`."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots

from .frame import local_of


def home_link(request: HttpRequest) -> list[slots.Link]:
    site = local_of(request)
    return (
        []
        if site is None
        else [slots.Link(_("首页"), site.url, icon="home", order=0, current=request.path == site.url)]
    )


slots.fill("site.nav", home_link)
