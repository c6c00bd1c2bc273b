"""What was proved of a delivery; a level only rises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from linli.people.api import Person

from ..models import Box, Delivery, Message
from ..rules import Channel, Level

_STAMPS = {
    Level.HANDED_OVER: "handed_over_at",
    Level.DELIVERED: "delivered_at",
    Level.OPENED: "opened_at",
    Level.ACKNOWLEDGED: "acknowledged_at",
}


def raise_to(rows: QuerySet[Delivery], level: Level, now: datetime) -> int:
    """Lift those below the level to it, in one conditional update; a repeated or late receipt changes nothing."""
    changes: dict[str, Any] = {"level": level}
    if level in _STAMPS:
        changes[_STAMPS[level]] = now
    return rows.filter(level__lt=level).update(**changes)


@transaction.atomic
def open_delivery(*, delivery: Delivery, now: datetime) -> None:
    """The person looks at it in his inbox: counted once."""
    mine = Delivery.objects.filter(pk=delivery.pk, channel=Channel.INBOX, opened_at=None)
    if mine.update(opened_at=now, level=Level.OPENED):
        Box.objects.filter(person=delivery.person_id, unread__gt=0).update(unread=F("unread") - 1, version=F("version") + 1)


@transaction.atomic
def acknowledge(*, delivery: Delivery, now: datetime) -> None:
    """“收到”: where it was asked for; a second press changes nothing."""
    if not delivery.message.wants_ack:
        return
    open_delivery(delivery=delivery, now=now)
    if raise_to(Delivery.objects.filter(pk=delivery.pk, channel=Channel.INBOX), Level.ACKNOWLEDGED, now):
        Box.objects.filter(person=delivery.person_id).update(version=F("version") + 1)


@transaction.atomic
def open_all(*, person: Person, now: datetime) -> int:
    """Everything in the inbox has been seen."""
    done = Delivery.objects.filter(person=person, channel=Channel.INBOX, opened_at=None).update(opened_at=now, level=Level.OPENED)
    Box.objects.filter(person=person).update(unread=0, version=F("version") + 1)
    return done


def open_for(*, message: Message, people: Iterable[Person], now: datetime, acknowledged: bool = False) -> None:
    """As if these persons had opened the message, or said that they have it; for the demo."""
    for row in Delivery.objects.filter(message=message, person__in=list(people), channel=Channel.INBOX).select_related("message"):
        open_delivery(delivery=row, now=now)
        if acknowledged:
            acknowledge(delivery=row, now=now)
