"""Two accounts of one person became one: he has one inbox and one set of wishes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from ..models import Box, Delivery, Digest, Preference
from ..rules import Channel, Level


@transaction.atomic
def move_reader(*, kept: UUID, dropped: UUID, now: datetime) -> None:
    """Letters, digests and wishes go over; of what both have, that of `kept` stays.

    A letter that both got keeps both rows, so that the figures of its audience add up, and counts as read where
    either was. Told twice it changes nothing more.
    """
    _join_doubles(kept, dropped)
    both = Delivery.objects.filter(person=kept).values("message")
    Delivery.objects.filter(person=dropped).exclude(message__in=both).update(person=kept)
    for digest in Digest.objects.filter(person=dropped):
        if not Digest.objects.filter(person=kept, mode=digest.mode, period=digest.period).exists():
            Digest.objects.filter(pk=digest.pk).update(person=kept)
    own = {(row.group, row.channel) for row in Preference.objects.filter(person=kept)}
    for wish in Preference.objects.filter(person=dropped):
        if (wish.group, wish.channel) not in own:
            Preference.objects.filter(pk=wish.pk).update(person=kept)
    Preference.objects.filter(person=dropped).delete()
    _join_boxes(kept, dropped)


def _join_doubles(kept: UUID, dropped: UUID) -> None:
    """What was proved of the one row was proved of the person; a second SMS of the same words is not sent."""
    here = {(row.message_id, row.channel): row for row in Delivery.objects.filter(person=kept)}
    for row in Delivery.objects.filter(person=dropped, message__in={key[0] for key in here}):
        twin = here.get((row.message_id, row.channel))
        if twin is not None and row.level > twin.level:
            stamps: dict[str, Any] = {
                name: getattr(row, name)
                for name in ("delivered_at", "opened_at", "acknowledged_at")
                if getattr(row, name)
            }
            Delivery.objects.filter(pk=twin.pk, level__lt=row.level).update(level=row.level, **stamps)
        if row.level == Level.QUEUED and row.outgoing is None:
            Delivery.objects.filter(pk=row.pk).update(level=Level.UNWANTED, period="")


def _join_boxes(kept: UUID, dropped: UUID) -> None:
    old = Box.objects.filter(pk=dropped).first()
    if old is None:
        return
    Box.objects.get_or_create(
        pk=kept, defaults={"quiet_since": old.quiet_since, "quiet_until": old.quiet_until}
    )
    unread = Delivery.objects.filter(person=kept, channel=Channel.INBOX, opened_at=None).count()
    Box.objects.filter(pk=kept).update(unread=unread, version=F("version") + 1)
    old.delete()
