"""Whom a message of the office reaches, and how far each channel came. Reads only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.areas.api import Area
from linli.areas.api import Level as PlaceLevel
from linli.common.text import mask_name
from linli.people.api import Actor, Person, Residency, ResidencyState

from .models import Delivery, Message
from .permissions import M
from .rules import PROVED, Channel, Level

SHOWN = 200


def audience(place: Area, day: date, codes: Collection[str] = ()) -> list[UUID]:
    """Who lives at or below the place by a verified residency; of them those with the card numbers, if any are given."""
    stays = Residency.objects.filter(
        Q(until=None) | Q(until__gt=day), state=ResidencyState.VERIFIED, since__lte=day, area__path__under=place.path
    )
    people = Person.objects.living().filter(pk__in=stays.values("person"))
    return list((people.filter(code__in=codes) if codes else people).order_by("pk").values_list("pk", flat=True))


def places(actor: Actor) -> QuerySet[Area]:
    """Where the actor may write to: his places and what is below, down to buildings."""
    mine = Area.objects.under_any(actor.paths_for(M.MESSAGES_SEND))
    return mine.filter(level__range=(PlaceLevel.STREET, PlaceLevel.BUILDING), valid_to=None).order_by("level", "path")


def sent(actor: Actor, before: UUID | None, limit: int) -> list[Message]:
    """What was written to places of the actor, the newest first."""
    under = Area.objects.under_any(actor.paths_for(M.MESSAGES_SEND)).values("pk")
    rows = Message.objects.filter(place__in=under).exclude(sent_by=None).select_related("place").order_by("-id")
    return list((rows.filter(pk__lt=before) if before else rows)[:limit])


@dataclass(frozen=True)
class Column:
    """One channel: how many at each level. The counts and those not yet fanned out add up to the audience."""

    channel: Any
    counts: dict[int, int]
    waiting: int
    total: int

    @property
    def cells(self) -> list[tuple[Any, int]]:
        return [(level.label, self.counts.get(level, 0)) for level in Level]


def columns(message: Message) -> list[Column]:
    found: dict[str, dict[int, int]] = {channel: {} for channel in (Channel.INBOX.value, *message.channels)}
    for channel, level, count in (
        Delivery.objects.filter(message=message).values_list("channel", "level").annotate(n=Count("pk")).order_by()
    ):
        found[channel][level] = count
    return [
        Column(Channel(channel).label, counts, message.audience - sum(counts.values()), message.audience)
        for channel, counts in found.items()
    ]


@dataclass(frozen=True)
class Unreached:
    """Whom nobody can prove to have it: masked, with the place to knock at."""

    name: str
    where: str


def unreached(message: Message) -> tuple[int, list[Unreached]]:
    """How many have no proof on any channel, and the first of them by their homes."""
    proved = Delivery.objects.filter(message=message, level__gte=PROVED).values("person")
    people = Delivery.objects.filter(message=message, channel=Channel.INBOX).exclude(person__in=proved)
    count = people.count()
    who = list(people.select_related("person").order_by("person")[:SHOWN])
    stays = Residency.objects.filter(person__in=[row.person_id for row in who], state=ResidencyState.VERIFIED)
    if message.place is not None:
        stays = stays.filter(area__path__under=message.place.path)
    homes = {stay.person_id: stay.area for stay in stays.select_related("area")}
    names = _doors(list(homes.values()))
    lines = [
        Unreached(mask_name(row.person.legal_name or row.person.display_name), names.get(getattr(homes.get(row.person_id), "pk", 0), ""))
        for row in who
    ]
    return count, sorted(lines, key=lambda one: one.where)


def _doors(homes: Collection[Area]) -> dict[int, str]:
    """The address of each home from its compound down; one query."""
    keys = {key for home in homes for key in home.ancestor_ids}
    above = {area.pk: area for area in Area.objects.filter(pk__in=keys, level__gte=PlaceLevel.COMPOUND)}
    return {
        home.pk: "".join([*(above[key].name for key in home.ancestor_ids if key in above), home.name]) for home in homes
    }
