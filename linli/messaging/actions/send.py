"""Give deliveries to the gateways, and hear what became of them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from linli.gateways.api import Kind, State, send_email, send_sms
from linli.people.api import Identifier, Person

from .. import addresses
from ..kinds import get
from ..models import Delivery, Digest
from ..queries import said
from ..rules import Channel, Level
from .levels import raise_to

LEVEL_OF = {State.HANDED_OVER: Level.HANDED_OVER, State.DELIVERED: Level.DELIVERED, State.FAILED: Level.FAILED}


@transaction.atomic
def send_batch(*, deliveries: Collection[UUID], now: datetime) -> int:
    """Write each into the gateways' book, once; who has lost his number meanwhile is noted as without."""
    waiting = Delivery.objects.filter(pk__in=deliveries, level=Level.QUEUED, outgoing=None)
    rows = list(waiting.select_related("message__place", "person"))
    values = addresses_of({row.person_id for row in rows})
    sent = 0
    for row in rows:
        to = values.get((row.person_id, row.channel))
        if to is None or row.person.closed_at is not None:
            Delivery.objects.filter(pk=row.pk).update(level=Level.NO_ADDRESS)
            continue
        outgoing = _send(row, to, now)
        Delivery.objects.filter(pk=row.pk).update(outgoing=outgoing.pk)
        sent += 1
    return sent


def addresses_of(people: Collection[UUID]) -> dict[tuple[UUID, str], str]:
    """The number and the address of each, the one proved first."""
    found: dict[tuple[UUID, str], str] = {}
    verified = Identifier.objects.current().filter(person__in=people).exclude(verified_at=None)
    for row in verified.order_by("verified_at"):
        channel = Channel.SMS if row.kind == Identifier.Kind.PHONE else Channel.EMAIL
        found.setdefault((row.person_id, channel), row.value)
    return found


def _send(row: Delivery, to: str, now: datetime) -> Any:
    person: Person = row.person
    words = said(row.message, person.language)
    if row.channel == Channel.SMS:
        return send_sms(to=to, text=words.sms, kind=Kind.NOTICE, now=now, person=person, bulk=True)
    away = addresses.unsubscribe(person.pk, row.message.group)
    text = addresses.mail_text(words.text, get(row.message.template).address(row.message.words), away, person.language)
    subject = " ".join(words.title.split())
    return send_email(
        to=to, subject=subject, text=text, kind=Kind.NOTICE, now=now, person=person, bulk=True, unsubscribe=away
    )


@transaction.atomic
def note_outgoing(*, outgoing: UUID, state: str, now: datetime) -> int:
    """What the gateways say of one SMS or mail: its delivery rises, and all those of a digest."""
    level = LEVEL_OF.get(State(state))
    if level is None:
        return 0
    done = raise_to(Delivery.objects.filter(outgoing=outgoing), level, now)
    digest = Digest.objects.filter(outgoing=outgoing).first()
    return done + (raise_to(Delivery.objects.filter(digest=digest), level, now) if digest else 0)
