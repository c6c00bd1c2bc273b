"""Puts `request.actor` on every request; loaded on first use."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from linli.common import clock

from .models import Mandate
from .policy import Actor, load_holdings, load_stays

ACTING_POST = "acting_post"  # session: key of the post that acts, or "self"
ACTING_FOR = "acting_for"  # session: key of the mandate under which one acts


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: load_actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def load_actor(request: HttpRequest) -> Actor:
    """The actor of a request; a mandate or post that has ended since no longer counts."""
    if not request.user.is_authenticated:
        return Actor()
    person = request.user
    day = clock.local_date(clock.now())
    holdings = load_holdings(person, day)
    needs_factor = bool(holdings) and settings.LINLI_STAFF_SECOND_FACTOR and not has_second_factor(person)
    if needs_factor:
        holdings = ()
    actor = Actor(person=person, holdings=holdings, stays=load_stays(person, day), needs_factor=needs_factor)
    chosen = request.session.get(ACTING_POST)
    if holdings and chosen != "self":
        actor.acting = next((h for h in holdings if str(h.id) == chosen), holdings[0])
    mandate_id = request.session.get(ACTING_FOR)
    if mandate_id and actor.acting is None:
        mandates = Mandate.objects.in_force(day).select_related("principal")
        actor.mandate = mandates.filter(pk=mandate_id, agent=person).first()
    return actor


def has_second_factor(person: object) -> bool:
    """Whether the person set up TOTP or a passkey."""
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(person)
