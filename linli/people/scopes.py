"""What may be done in another's name: marks of views, beside their mark of access.

`within(scope)`: acting for another, only inside the mandate's scope. `oneself`: never in another's name.
Both answer 403 with the way back to oneself; acting for nobody they change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from .rules import MandateScope

View = Callable[..., HttpResponse]


def within(scope: MandateScope) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
            if not request.actor.may_for_other(scope):  # type: ignore[attr-defined]
                return _refuse(request, MandateScope(scope))
            return view(request, *args, **kw)

        return guarded

    return decorate


def oneself(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        if request.actor.mandate is not None:  # type: ignore[attr-defined]
            return _refuse(request, None)
        return view(request, *args, **kw)

    return guarded


def _refuse(request: HttpRequest, scope: MandateScope | None) -> HttpResponse:
    mandate = request.actor.mandate  # type: ignore[attr-defined]
    context = {"scope": scope.label if scope else "", "mandate": mandate, "back_to": request.path}
    return render(request, "people/mandates/out_of_scope.html", context, status=403)
