"""The desks of people, bodies and audit in the staff's navigation, and their words for the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from linli.common import slots

from .account_words import register
from .permissions import P
from .policy import may_anywhere

DESKS = (
    (P.PEOPLE_FIND, _("找人和开户"), "people_desk", "user", 20),
    (P.POSTS_APPOINT, _("单位和人员"), "bodies", "building", 70),
    (P.AUDIT_READ, _("审计记录"), "audit", "eye", 90),
    (P.OUTBOX_RUN, _("发件箱"), "outbox", "bell", 95),
    (P.HEALTH_SEE, _("系统体检"), "health", "health", 96),
)


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = getattr(request, "actor", None)
    if actor is None or actor.acting is None:
        return []
    home = slots.url("people:desk")
    links = [slots.Link(_("工作台"), home, icon="home", order=0, current=request.path == home)]
    for permission, label, name, icon, order in DESKS:
        if may_anywhere(actor, permission):
            url = slots.url(f"people:{name}")
            links.append(slots.Link(label, url, icon=icon, order=order, current=request.path.startswith(url)))
    return links


def user_links(request: HttpRequest) -> list[slots.Link]:
    """The way to the desk, for whom a post acts."""
    actor = getattr(request, "actor", None)
    if actor is None or actor.acting is None:
        return []
    return [slots.Link(_("工作台"), slots.url("people:desk"), icon="home", order=30)]


register(
    {
        "people.find": _("按号码找到了您的账号"),
        "person.open": _("打开了您的资料页，姓名和号码遮住"),
        "person.enrol": _("当面给您建了账号"),
        "person.enrol.post": _("为任职给您建了账号"),
        "identity.seen": _("当面核对了您的证件"),
        "post.appoint": _("任命您担任职务"),
        "post.dismiss": _("免去了您的职务"),
        "outbox.retry": _("把发不出去的一件放回去重试"),
        "outbox.give_up": _("放弃了发不出去的一件"),
        "outgoing.retry": _("把没发出去的短信或邮件放回去重发"),
        "outgoing.give_up": _("放弃了没发出去的短信或邮件"),
    }
)
slots.fill("nav.desk", desk_links)
slots.fill("nav.user", user_links)
