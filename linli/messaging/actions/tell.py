"""Write a message down and fan it out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from linli.areas.api import Area
from linli.common.outbox import Letter, put_many
from linli.people.api import Identifier, Person

from .. import kinds
from ..models import Box, Delivery, Message, Preference
from ..rules import AT_ONCE, BATCH, PERIODS, Channel, Level, Mode, quiet_until, usual

FAN_OUT, SEND = "messaging.fan_out", "messaging.send"


@dataclass(frozen=True)
class Free:
    """What staff wrote themselves, and for whom they speak."""

    title: str
    text: str
    sender: Person | None = None
    sent_for: str = ""


@transaction.atomic
def tell(
    *,
    people: Iterable[Person | UUID],
    template: str,
    key: str,
    now: datetime,
    words: Mapping[str, Any] | None = None,
    place: Area | None = None,
    urgent: bool = False,
    wants_ack: bool = False,
    channels: Collection[Channel] | None = None,
    free: Free | None = None,
) -> Message:
    """Tell them once, however often it is called with the key. A few are told in this transaction, many in batches.

    Raises LookupError for an unknown template.
    """
    found = Message.objects.filter(key=key).first()
    if found is not None:
        return found
    kind = kinds.get(template)
    audience: list[UUID] = list(dict.fromkeys(one.pk if isinstance(one, Person) else one for one in people))
    far = kind.channels if channels is None else channels
    message = Message.objects.create(
        key=key, template=template, words=dict(words or {}), group=kind.group, place=place, urgent=urgent,
        wants_ack=wants_ack, channels=[channel.value for channel in Channel if channel in far], audience=len(audience),
        created_at=now, title=free.title if free else "", text=free.text if free else "",
        sent_by=free.sender if free else None, sent_for=free.sent_for if free else "",
    )  # fmt: skip
    if len(audience) <= AT_ONCE:
        fan_out(message=message, people=audience, now=now)
    else:
        put_many(
            (
                Letter(
                    FAN_OUT, f"{FAN_OUT}:{message.pk.hex}:{number}",
                    {"message": message.pk.hex, "people": [one.hex for one in part]},
                )
                for number, part in enumerate(batched(audience, BATCH, strict=False))
            ),
            now=now,
        )
    return message


def drafts(*, message: Message, people: Collection[UUID], now: datetime) -> list[Delivery]:
    """The rows beside the inbox that telling them would make, by what they wish now; nothing is written."""
    readers = _readers(people, message)
    return [_row(message, one, Channel(channel), readers[one], now) for one in people for channel in message.channels]


@dataclass
class _Reader:
    """What is known of a person when a message is sent to him."""

    addresses: set[str] = field(default_factory=set)
    modes: dict[str, str] = field(default_factory=dict)
    box: Box | None = None


def fan_out(*, message: Message, people: Collection[UUID], now: datetime) -> int:
    """One delivery a person and channel, and the letters that carry them out; who has his already is left alone.

    In the caller's transaction. Returns how many persons were new.
    """
    people = _living(people)
    there = set(Delivery.objects.filter(message=message, person__in=people).values_list("person_id", flat=True))
    new = [one for one in people if one not in there]
    readers = _readers(new, message)
    rows: list[Delivery] = []
    due: dict[tuple[str, datetime], list[str]] = {}
    for person in new:
        rows.append(
            Delivery(
                message=message, person_id=person, channel=Channel.INBOX, level=Level.HANDED_OVER, created_at=now,
                handed_over_at=now,
            )
        )
        for channel in message.channels:
            row = _row(message, person, Channel(channel), readers[person], now)
            rows.append(row)
            if row.level == Level.QUEUED and not row.period:
                box = readers[person].box or Box()
                at = now if message.urgent else quiet_until(now, box.quiet_since, box.quiet_until)
                due.setdefault((channel, at), []).append(row.pk.hex)
    Delivery.objects.bulk_create(rows, batch_size=200)
    Box.objects.bulk_create([Box(person_id=one) for one in new], ignore_conflicts=True)
    Box.objects.filter(person__in=new).update(unread=F("unread") + 1, version=F("version") + 1)
    put_many(
        (
            Letter(SEND, f"{SEND}:{keys[0]}", {"channel": channel, "deliveries": keys}, at)
            for (channel, at), keys in due.items()
        ),
        now=now,
    )
    return len(new)


def _living(people: Collection[UUID]) -> list[UUID]:
    """An account that was merged into another stands for that one, which may have been merged in its turn."""
    found = list(people)
    while merged := _merged(found):
        found = [merged.get(one, one) for one in found]
    return list(dict.fromkeys(found))


def _merged(people: Collection[UUID]) -> dict[UUID, UUID]:
    rows = Person.objects.filter(pk__in=people).exclude(merged_into=None)
    return {old: new for old, new in rows.values_list("pk", "merged_into_id") if new is not None}


def _readers(people: Collection[UUID], message: Message) -> dict[UUID, _Reader]:
    readers = {one: _Reader() for one in people}
    verified = Identifier.objects.current().filter(person__in=people).exclude(verified_at=None)
    for person, kind in verified.values_list("person_id", "kind"):
        readers[person].addresses.add(Channel.SMS if kind == Identifier.Kind.PHONE else Channel.EMAIL)
    for wish in Preference.objects.filter(person__in=people, group=message.group):
        readers[wish.person_id].modes[wish.channel] = wish.mode
    for box in Box.objects.filter(person__in=people):
        readers[box.person_id].box = box
    return readers


def _row(message: Message, person: UUID, channel: Channel, reader: _Reader, now: datetime) -> Delivery:
    mode = reader.modes.get(channel, usual(message.group, channel))
    row = Delivery(message=message, person_id=person, channel=channel, created_at=now, level=Level.QUEUED)
    if mode == Mode.OFF and not message.urgent:
        row.level = Level.UNWANTED
    elif channel not in reader.addresses:
        row.level = Level.NO_ADDRESS
    elif mode in PERIODS and not message.urgent:
        row.period = mode
    return row
