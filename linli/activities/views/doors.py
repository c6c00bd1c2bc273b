"""Who comes to the desk of events, and to which of them."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest

from linli.people.api import Actor

from ..models import Event
from ..permissions import may_hold


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def own_event(request: HttpRequest, pk: UUID) -> Event:
    """The event, for who organises it; for all others it is not there."""
    event = Event.objects.select_related("place", "body").filter(pk=pk).first()
    if event is None or not may_hold(actor_of(request), event):
        raise Http404
    return event
