"""The day before, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from .. import told
from ..models import Event
from ..rules import COMING, REMIND_BEFORE


@transaction.atomic
def remind_due(*, now: datetime) -> int:
    """Tell those who come of what begins within a day; each event once, and again where it moved."""
    due = Event.objects.filter(
        state__in=COMING, reminded_at=None, starts__gt=now, starts__lte=now + REMIND_BEFORE
    )
    done = 0
    for event in due.select_related("place").order_by("starts", "pk")[:200]:
        if Event.objects.filter(pk=event.pk, reminded_at=None).update(reminded_at=now):
            told.tell_reminder(event, now)
            done += 1
    return done
