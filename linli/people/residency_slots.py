"""What residency puts into the slots: the box in one's account, the desks of the office."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.common.slots import Box, Link, fill

from .permissions import P
from .policy import Actor, may_anywhere
from .queries import claims as desk
from .queries import residency as queries
from .rules import MandateScope
from .views.residency import card


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def desk_links(request: HttpRequest) -> Iterable[Link]:
    """Each desk that the acting post gives; the claims with how many wait."""
    actor = _actor(request)
    if actor.person is None:
        return []
    links = []
    for permission, label, name, icon, order in (
        (P.CLAIMS_DECIDE, _("住处认领"), "claims", "door", 10),
        (P.CODES_PRINT, _("入户码"), "home_codes", "printer", 40),
        (P.HOMES_EDIT, _("住户名册"), "roll", "doc", 45),
    ):
        if may_anywhere(actor, permission):
            url = reverse(f"people:{name}")
            current = request.path.startswith(url)
            count = desk.waiting_count(actor) if name == "claims" else None
            links.append(Link(label, url, icon, order, count, current or (name == "claims" and "/desk/counter/" in request.path)))
    return links


def account_box(request: HttpRequest) -> Iterable[Box]:
    """我的住处, for oneself or whom one acts for."""
    actor = _actor(request)
    if actor.principal is None or not actor.may_for_other(MandateScope.ACCOUNT):
        return []
    live = [row for row in queries.mine(actor.principal) if row.state in ("claimed", "verified", "refused")][:6]
    names = queries.place_names(row.area for row in live)
    cards = [card(row, names[row.area_id]) for row in live]
    return [Box("people/residency/box.html", {"cards": cards}, order=10)]


fill("nav.desk", desk_links)
fill("account.sections", account_box)
