"""The office writes to the people of a place."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.clock import local_date
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, may

from ..models import Message
from ..permissions import M
from ..reach import audience
from ..rules import Channel
from .tell import Free, tell


@transaction.atomic
def send_message(
    *, by: Actor, key: UUID, place: Area, codes: Collection[str], title: str, text: str, channels: Collection[str],
    urgent: bool, wants_ack: bool, now: datetime,
) -> Message:  # fmt: skip
    """Tell them; pressing twice sends once. Raises NotAllowed, and UserError where nobody would get it."""
    if not may(by, M.MESSAGES_SEND, place) or by.acting is None:
        raise NotAllowed(_("没有这个地方"))
    people = audience(place, local_date(now), codes)
    if codes and len(people) < len(set(codes)):
        missing = len(set(codes)) - len(people)
        raise UserError(_("有 %(n)d 个卡号不是这里的人，请核对") % {"n": missing}, field="codes")
    if not people:
        raise UserError(_("这里还没有住处核实过的人"), field="place")
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
