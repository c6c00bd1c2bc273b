"""Who comes to the desk of events, and to which of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.people.api import Actor, signed_in

from ..models import Event
from ..permissions import A, may_hold

View = Callable[..., HttpResponse]


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def organiser(view: View) -> View:
    """Like `needs(A.EVENT_EDIT)`, but also for the posts of groups, which have no places of their own."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kw: Any) -> HttpResponse:
        actor = actor_of(request)
        if actor.acting is None or A.EVENT_EDIT not in actor.permissions:
            if actor.needs_factor:
                return redirect("people:second_factor")
            raise Http404
        return view(request, *args, **kw)

    guarded.access = A.EVENT_EDIT  # type: ignore[attr-defined]
    return guarded


def own_event(request: HttpRequest, pk: UUID) -> Event:
    """The event, for who organises it; for all others it is not there."""
    event = Event.objects.select_related("place", "body").filter(pk=pk).first()
    if event is None or not may_hold(actor_of(request), event):
        raise Http404
    return event
