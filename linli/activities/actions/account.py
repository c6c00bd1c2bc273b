"""What becomes of the sign-ups of accounts that are closed or merged."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ..models import Signup
from ..rules import SignupState
from .events import touch
from .line import lock, settle


@transaction.atomic
def forget_guest(*, person: UUID, now: datetime) -> int:
    """The sign-ups of a closed account go: places ahead are free again, figures of what is over stay."""
    rows = list(Signup.objects.filter(person=person).order_by("event_id"))
    for row in rows:
        _drop(row, now)
    return len(rows)


@transaction.atomic
def merge_guests(*, keep: UUID, drop: UUID, now: datetime) -> None:
    """What the dropped account had signed up for is the kept one's; where both are, one row stays."""
    own = {row.event_id: row for row in Signup.objects.filter(person=keep)}
    for row in Signup.objects.filter(person=drop).order_by("event_id"):
        twin = own.get(row.event_id)
        if twin is not None and _before(twin, row):
            _drop(row, now)
            continue
        if twin is not None:
            _drop(twin, now)
        Signup.objects.filter(pk=row.pk).update(person=keep)


_BETTER = {SignupState.GOING: 0, SignupState.WAITING: 1, SignupState.GONE: 2}


def _before(one: Signup, other: Signup) -> bool:
    """Whether the first is the one to stay: who came, then who has a place, then who stands in line."""

    def rank(row: Signup) -> tuple[bool, int]:
        return (row.came_at is None, _BETTER[SignupState(row.state)])

    return rank(one) <= rank(other)


def _drop(row: Signup, now: datetime) -> None:
    event = lock(row.event_id)
    row.delete()
    if event.is_ahead(now):
        settle(event, now)
        touch(event)
