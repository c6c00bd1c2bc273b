"""Counting an event's places and letting the waiting list move up, under the event's lock."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from .. import told
from ..models import Event, Signup
from ..rules import SignupState, Waiting, promoted


def lock(event_id: UUID) -> Event:
    """The event, nobody else's until the end of the transaction. Raises Event.DoesNotExist."""
    rows = Event.objects.select_for_update(of=("self",)).select_related("place", "body")
    return rows.get(pk=event_id)


def settle(event: Event, now: datetime) -> list[Signup]:
    """Count anew and let those move up whose turn has come; they are told. Returns them. The event is locked."""
    event.taken = _seats(event, SignupState.GOING)
    moved = _move_up(event) if event.queued or event.is_ahead(now) else []
    if moved:
        Signup.objects.filter(pk__in=[row.pk for row in moved]).update(state=SignupState.GOING)
        event.taken += sum(row.seats for row in moved)
        for row in moved:
            row.state = SignupState.GOING
            told.tell_promoted(event, row, now)
    event.queued = _seats(event, SignupState.WAITING)
    Event.objects.filter(pk=event.pk).update(taken=event.taken, queued=event.queued)
    return moved


def _seats(event: Event, state: str) -> int:
    facts = Signup.objects.filter(event=event, state=state).aggregate(
        rows=Count("pk"), more=Sum("companions")
    )
    return int(facts["rows"]) + int(facts["more"] or 0)


def _move_up(event: Event) -> list[Signup]:
    queue = list(Signup.objects.filter(event=event).waiting())
    turn = promoted(event.capacity, event.taken, (Waiting(row.pk, row.seats) for row in queue))
    return [row for row in queue if row.pk in set(turn)]


def place_in_line(row: Signup) -> int:
    """How many parties stand before this one."""
    if row.state != SignupState.WAITING:
        return 0
    before = Q(at__lt=row.at) | Q(at=row.at, pk__lt=row.pk)
    return Signup.objects.filter(before, event_id=row.event_id, state=SignupState.WAITING).count()
