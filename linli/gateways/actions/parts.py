"""Give a message to an adapter, in parts where it wants them; a part that is gone is not sent again."""

from __future__ import annotations

from datetime import datetime

from ..adapters import Adapter, Parcel, Part
from ..models import OutgoingMessage, OutgoingPart
from ..rules import Channel
from ..sms import is_gsm, split_sms
from .receipts import take_early


def send_parts(message: OutgoingMessage, adapter: Adapter, now: datetime) -> str:
    """Hand over what has not been yet; the first part's reference. Raises what the adapter raises.

    Each part is noted at once: after a crash or a refusal half way one part at most goes twice.
    """
    parts = split_sms(message.body) if adapter.splits and message.channel == Channel.SMS else [message.body]
    if message.part_count != len(parts):
        OutgoingMessage.objects.filter(pk=message.pk).update(part_count=len(parts))
    gone = dict(message.parts.values_list("number", "reference"))
    for number, text in enumerate(parts, 1):
        if number in gone:
            continue
        part = Part(message.pk.bytes[-1], number, len(parts), is_gsm(message.body)) if len(parts) > 1 else None
        key = str(message.pk) if part is None else f"{message.pk}-{number}"
        gone[number] = adapter.send(Parcel(key, message.recipient, text, message.subject, part, message.unsubscribe))
        _note(message, number, gone[number], now)
    return gone[1]


def _note(message: OutgoingMessage, number: int, reference: str, now: datetime) -> None:
    reference = reference[:100]
    OutgoingPart.objects.get_or_create(message=message, number=number, defaults={"reference": reference})
    if reference:
        take_early(reference, now)
