"""How a view says who may see it. Every view carries exactly one of these.

To a signed-in person the invisible is 404; an anonymous visitor gets the sign-in page whether the thing exists
or not.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from linli.areas.api import Area

from .policy import Actor, holds, may, may_anywhere

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anyone may see it."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Any signed-in person, for his own things."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        if request.actor.person is None:  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path(), login_url="account_login")
        return view(request, *args, **kw)

    guarded.access = "signed_in"  # type: ignore[attr-defined]
    return never_cache(guarded)


def needs(permission: StrEnum, *, groups: bool = False) -> Callable[[View], View]:
    """Whoever has the permission somewhere; the view then asks `require` for its own place.

    With `groups` also posts of civic groups, which have no place but their site; the view then asks for the site.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if actor.person is None:
                return redirect_to_login(request.get_full_path(), login_url="account_login")
            if not (may_anywhere(actor, permission) or (groups and holds(actor, permission))):
                if actor.needs_factor:
                    return redirect("people:second_factor")
                raise Http404
            return view(request, *args, **kw)

        guarded.access = permission  # type: ignore[attr-defined]
        return never_cache(guarded)

    return decorate


def require(actor: Actor, permission: StrEnum, place: Area | str) -> None:
    """Raise Http404 unless the actor has the permission at the place."""
    if not may(actor, permission, place):
        raise Http404
