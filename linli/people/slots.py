"""What this app puts into the slots of the shell."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots


def user_links(request: HttpRequest) -> list[slots.Link]:
    """In the strip: my account by name and the way out; or the way in."""
    person = request.actor.person  # type: ignore[attr-defined]
    if person is None:
        return [slots.Link(_("登录"), slots.url("account_login"), order=90)]
    url = slots.url("people:account")
    return [
        slots.Link(person.display_name, url, icon="user", order=80, current=request.path == url),
        slots.Link(_("退出"), slots.url("account_logout"), order=90),
    ]


def account_tab(request: HttpRequest) -> list[slots.Link]:
    url = slots.url("people:account")
    here = request.path.startswith((url, "/account/"))
    return [slots.Link(_("我的"), url, icon="user", order=90, current=here)]


slots.fill("nav.user", user_links)
slots.fill("nav.tabbar", account_tab)
