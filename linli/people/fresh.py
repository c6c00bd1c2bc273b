"""Sensitive steps ask again who is there, unless he proved it a moment ago (ASVS 7.5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse

from linli.common import clock


def is_fresh(request: HttpRequest) -> bool:
    """Whether this person proved himself in this session within the last 15 minutes, or has nothing to prove by."""
    user: Any = request.user
    proofs = [r for r in get_authentication_records(request, user) if r.get("reauthenticated") or r.get("passwordless")]
    if proofs and clock.now().timestamp() - proofs[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
        return True
    return not get_adapter(request).get_reauthentication_methods(user)


def fresh(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Under `@signed_in`: allauth's middleware leads to the page that asks, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        if not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kw)

    return guarded
