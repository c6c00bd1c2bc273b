"""The way to the inbox from every page, with how much is unread; the desk; the words for the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.common import slots
from linli.people.api import may_anywhere, register_audit_words

from . import queries
from .permissions import M


def user_links(request: HttpRequest) -> list[slots.Link]:
    person = request.actor.person  # type: ignore[attr-defined]
    if person is None:
        return []
    url = slots.url("messaging:inbox")
    unread, _version = queries.state(person.pk)
    return [slots.Link(_("消息"), url, icon="bell", order=40, count=unread or None, current=request.path.startswith(url))]


def poll(request: HttpRequest) -> list[slots.Box]:
    """The script that keeps the number fresh; it shows nothing itself."""
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("messaging/poll.html", order=99)]


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.acting is None or not may_anywhere(actor, M.MESSAGES_SEND):
        return []
    url = reverse("messaging:sent")
    return [slots.Link(_("发消息"), url, icon="horn", order=30, current=request.path.startswith(url))]


def account_box(request: HttpRequest) -> list[slots.Box]:
    if request.actor.person is None:  # type: ignore[attr-defined]
        return []
    return [slots.Box("messaging/account_box.html", order=30)]


register_audit_words({"message.send": _("给一个地方的人发了消息"), "message.look": _("看了谁还没收到消息，姓名遮住")})
slots.fill("nav.user", user_links)
slots.fill("nav.desk", desk_links)
slots.fill("banner", poll)
slots.fill("account.sections", account_box)
