"""Forms on the desk and in one's account."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext as _

from linli.common import slots
from linli.people.api import Actor, may_anywhere

from .permissions import F


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None:
        return []
    links = []
    if may_anywhere(actor, F.FORM_TYPE):
        url = slots.url("forms:counter")
        links.append(slots.Link(_("代填表"), url, icon="edit", order=36, current=request.path.startswith(url)))
    if may_anywhere(actor, F.FORM_EDIT):
        url = slots.url("forms:desk")
        links.append(slots.Link(_("表单"), url, icon="doc", order=37, current=request.path.startswith(url)))
    return links


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("forms/parts/account_box.html", order=36)]


slots.fill("nav.desk", desk_links)
slots.fill("account.sections", account_box)
