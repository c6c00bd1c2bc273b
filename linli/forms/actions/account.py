"""What becomes of the forms of accounts that are closed or merged, and of those that nobody ends."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.common.states import UnknownTransition

from ..models import Filling
from .fillings import drop_filling

AT_ONCE = 500


@transaction.atomic
def forget_forms(*, person: UUID, now: datetime) -> int:
    """A closed account: what was begun is dropped; what was sent belongs to the body that asked, without the account."""
    rows = list(Filling.objects.begun().filter(person=person).select_related("version__kind__place"))
    for row in rows:
        drop_filling(filling=row, by=None, now=now)
    Filling.objects.filter(person=person).update(person=None, facts={})
    return len(rows)


def merge_forms(*, keep: UUID, drop: UUID) -> None:
    """All that the dropped account filled in is the kept one's."""
    Filling.objects.filter(person=drop).update(person=keep)


def drop_expired(*, now: datetime) -> int:
    """Forms that waited 30 days for their end; how many were dropped."""
    rows = Filling.objects.begun().filter(expires_at__lte=now).select_related("version__kind__place").order_by("expires_at")
    dropped = 0
    for row in rows[:AT_ONCE]:
        try:
            drop_filling(filling=row, by=None, now=now)
        except UnknownTransition:
            continue  # sent at this very moment
        dropped += 1
    return dropped
