"""Who acts, shown on every page; the boxes of the account; the desk's entry; the words of the audit log."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.common import clock, slots

from .account_words import register
from .middleware import ACTING_FOR, ACTING_POST
from .permissions import P
from .policy import Actor, may_anywhere
from .queries.mandates import given, held

register(
    {
        "mandate.give": gettext_lazy("设了一份委托"),
        "mandate.replace": gettext_lazy("用新的委托换下了旧的"),
        "mandate.revoke": gettext_lazy("撤回了一份委托"),
        "mandate.act": gettext_lazy("开始替您办事"),
        "mandate.stop": gettext_lazy("不再替您办事，换回了自己"),
        "mandate.look": gettext_lazy("看了您的委托"),
    }
)


def _actor(request: HttpRequest | None) -> Actor | None:
    """The actor, where there is one: pages for errors may come before he was looked for."""
    actor = getattr(request, "actor", None)
    return actor if actor is not None and actor.person is not None else None


def banner(request: HttpRequest) -> list[slots.Box]:
    """Both names while one acts for another; and a word when what one had chosen has ended."""
    actor = _actor(request)
    if actor is None:
        return []
    template, path = "people/mandates/banner.html", request.path
    if actor.mandate is not None and actor.person is not None:
        names = {"me": actor.person.display_name, "other": actor.mandate.principal.display_name}
        text = _("%(me)s，正在替%(other)s办事") % names
        return [slots.Box(template, {"text": text, "label": _("换回自己"), "as": "self", "next": path}, order=10)]
    if request.session.get(ACTING_FOR):
        text = _("委托已经结束或被撤回，现在是您自己：%(me)s") % {"me": str(actor.person)}
        return [slots.Box(template, {"text": text, "label": _("知道了"), "as": "self", "next": path}, order=10)]
    chosen = request.session.get(ACTING_POST)
    if chosen and chosen not in ("self", str(actor.post_id)) and not actor.needs_factor:
        now_as = actor.acting.label if actor.acting else str(actor.person)
        text = _("您选的职务已经结束，现在的身份：%(now)s") % {"now": now_as}
        key = f"post:{actor.post_id}" if actor.acting else "self"
        return [slots.Box(template, {"text": text, "label": _("知道了"), "as": key, "next": path}, order=10)]
    return []


def user_links(request: HttpRequest) -> list[slots.Link]:
    """The post that acts, in the strip; a press leads to the choice. Whoever holds a post sees it, also as himself."""
    actor = _actor(request)
    if actor is None or not actor.holdings:
        return []
    label = actor.acting.title if actor.acting else _("以居民身份")
    return [slots.Link(label, reverse("people:acting"), icon="transfer", order=40)]


def desk_links(request: HttpRequest) -> list[slots.Link]:
    actor = _actor(request)
    if actor is None or not may_anywhere(actor, P.MANDATES_RECORD):
        return []
    url = reverse("people:mandates_desk")
    return [slots.Link(_("委托登记"), url, icon="users", order=60, current=request.path == url)]


def account_boxes(request: HttpRequest) -> list[slots.Box]:
    """Mandates and posts on the account page."""
    actor = _actor(request)
    if actor is None or actor.person is None:
        return []
    today = clock.local_date(clock.now())
    held_now = [{"key": row.pk, "name": row.principal.display_name} for row in held(actor.person, today)]
    names = [row.agent.display_name for row in given(actor.person, today)]
    boxes = [slots.Box("people/mandates/box.html", {"held": held_now, "given": names}, order=60)]
    if actor.holdings:
        boxes.append(slots.Box("people/mandates/posts_box.html", {"holdings": actor.holdings, "acting": actor.acting}, order=30))
    return boxes


slots.fill("banner", banner)
slots.fill("nav.user", user_links)
slots.fill("nav.desk", desk_links)
slots.fill("account.sections", account_boxes)
