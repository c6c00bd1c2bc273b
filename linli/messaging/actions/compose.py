"""The office writes to the people of a place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.clock import local_date
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.gateways.api import size, split_sms
from linli.people.api import Actor, may

from .. import kinds
from ..models import Message
from ..permissions import M
from ..reach import audience
from ..rules import Channel, Level
from .tell import Free, drafts, tell


@dataclass(frozen=True)
class Way:
    """One channel of a message that is not sent yet: how many it reaches, who wants none, who left no address."""

    channel: Channel
    reached: int
    unwanted: int
    no_address: int


@dataclass(frozen=True)
class Plan:
    """What a message would do, before it is sent. `parts` is how many SMS one person's text is, `sms` all of them."""

    audience: int
    ways: tuple[Way, ...]
    size: int
    parts: int

    @property
    def sms(self) -> int:
        return sum(way.reached * self.parts for way in self.ways if way.channel == Channel.SMS)


def plan_message(
    *, by: Actor, place: Area, codes: Collection[str], title: str, text: str, channels: Collection[str], urgent: bool, now: datetime
) -> Plan:
    """Count whom it reaches, by everybody's wishes now; writes nothing. Raises as `send_message` does."""
    people = _people(by, place, codes, now)
    message = Message(group=kinds.get("free").group, urgent=urgent, channels=list(channels))
    levels: dict[str, Counter[int]] = {channel: Counter() for channel in Channel if channel in channels}
    for row in drafts(message=message, people=people, now=now):
        levels[row.channel][row.level] += 1
    ways = [
        Way(Channel(channel), count[Level.QUEUED], count[Level.UNWANTED], count[Level.NO_ADDRESS])
        for channel, count in levels.items()
    ]
    sender = by.acting.body_name if by.acting else ""
    words = kinds.say(kinds.get("free"), {"title": clean(title), "text": clean(text), "sender": sender}, "zh-hans")
    inbox = Way(Channel.INBOX, len(people), 0, 0)
    return Plan(len(people), (inbox, *ways), size(words.sms), len(split_sms(words.sms)))


def _people(by: Actor, place: Area, codes: Collection[str], now: datetime) -> list[UUID]:
    """Who is told. Raises NotAllowed, and UserError where a card is not from here or nobody is there."""
    if not may(by, M.MESSAGES_SEND, place) or by.acting is None:
        raise NotAllowed(_("没有这个地方"))
    people = audience(place, local_date(now), codes)
    if codes and len(people) < len(set(codes)):
        missing = len(set(codes)) - len(people)
        raise UserError(_("有 %(n)d 个卡号不是这里的人，请核对") % {"n": missing}, field="codes")
    if not people:
        raise UserError(_("这里还没有住处核实过的人"), field="place")
    return people


@transaction.atomic
def send_message(
    *, by: Actor, key: UUID, place: Area, codes: Collection[str], title: str, text: str, channels: Collection[str],
    urgent: bool, wants_ack: bool, now: datetime,
) -> Message:  # fmt: skip
    """Tell them; pressing twice sends once. Raises NotAllowed, and UserError where nobody would get it."""
    people = _people(by, place, codes, now)
    assert by.acting is not None
    name = f"compose:{by.person_id}:{key}"
    known = Message.objects.filter(key=name).exists()
    message = tell(
        people=people, template="free", key=name, now=now, place=place, urgent=urgent, wants_ack=wants_ack,
        channels=[Channel(one) for one in channels],
        free=Free(clean(title), clean(text), by.person, by.acting.body_name),
    )  # fmt: skip
    if not known:
        audit.record(
            actor=by, action="message.send", subject=message, place=place, now=now,
            detail={"audience": message.audience, "urgent": urgent},
        )  # fmt: skip
    return message
