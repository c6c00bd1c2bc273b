"""Puts `request.actor` on every request; loaded on first use."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from linli.common import clock

from .arriving import load_arrival
from .policy import Actor, Stay, load_holdings, load_stays_under
from .queries.mandates import right_to_act

ACTING_POST = "acting_post"  # session: key of the post that acts, or "self"
SET_UP = "set_up"  # session: came by a one-time link, first steps not done
ACTING_FOR = "acting_for"  # session: key of the mandate under which one acts


class ActingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: load_actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


class SetUpMiddleware:
    """Who came by a one-time link sets a password (and a second factor) before anything else opens."""

    ALLOWED = ("/me/set-up/", "/me/second-factor/", "/account/", "/static/", "/design/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        if signed_in and SET_UP in request.session and not request.path.startswith(self.ALLOWED) and request.user.is_authenticated:
            return redirect("people:set_up")
        return self.get_response(request)


def load_actor(request: HttpRequest) -> Actor:
    """The actor of a request; a mandate or post that has ended since no longer counts."""
    if not request.user.is_authenticated:
        return Actor()
    person = request.user
    day = clock.local_date(clock.now())
    known = person.arrival if person.arrival and person.arrival.day == day else load_arrival(person, day)
    holdings = load_holdings(person, day) if known.holds else ()
    needs_factor = bool(holdings) and settings.LINLI_STAFF_SECOND_FACTOR and not has_second_factor(person)
    if needs_factor:
        holdings = ()
    actor = Actor(person=person, holdings=holdings, stays=known.stays, needs_factor=needs_factor)
    chosen = request.session.get(ACTING_POST)
    if holdings and chosen != "self":
        actor.acting = next((h for h in holdings if str(h.id) == chosen), holdings[0])
    key = request.session.get(ACTING_FOR)
    if key and actor.acting is None:
        actor.mandate = right_to_act(person, key, day)
        if actor.mandate is not None:  # the rights are the principal's, not the agent's own
            mandate = actor.mandate
            actor.stays = _later(lambda: load_stays_under(mandate, day))
    return actor


def _later(load: Callable[[], tuple[Stay, ...]]) -> tuple[Stay, ...]:
    """Read on first use."""
    return cast("tuple[Stay, ...]", SimpleLazyObject(load))


def has_second_factor(person: object) -> bool:
    """Whether the person set up TOTP or a passkey."""
    from allauth.mfa.utils import is_mfa_enabled

    return is_mfa_enabled(person)
