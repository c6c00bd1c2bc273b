"""Reading service items: what a place has, what somebody looks for, what the desk has to see to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.areas.api import Area
from linli.areas.api import Level as AreaLevel
from linli.calendar.api import Hours, Status, days, read_hours, status_at
from linli.common.errors import UserError
from linli.people.api import Actor, Body, BodyKind
from linli.search.api import squash

from ..content import Content
from ..models import Item
from ..permissions import V
from ..rules import STALE_AFTER, ItemState

OFFICES = (
    BodyKind.DISTRICT,
    BodyKind.DEPARTMENT,
    BodyKind.STREET_OFFICE,
    BodyKind.RESIDENTS_COMMITTEE,
    BodyKind.SERVICE_STATION,
)


def items_of(place: Area) -> list[Item]:
    """What is done for people of the place, in the order of its letters."""
    rows = Item.objects.public().serving(place).select_related("current").order_by("letter", "name", "pk")
    return list(rows)


def chosen(items: Iterable[Item], *, event: str = "", audience: str = "", typed: str = "") -> list[Item]:
    """Those that fit everything that was asked."""
    words = [squash(word) for word in typed.split()]
    return [
        item
        for item in items
        if (not event or event in item.events)
        and (not audience or audience in item.audiences)
        and all(word in squash(" ".join((item.name, item.lead, *item.also))) for word in words)
    ]


def by_letter(items: Iterable[Item]) -> list[tuple[str, list[Item]]]:
    return [(letter, list(rows)) for letter, rows in groupby(items, key=lambda item: item.letter)]


def public_item(pk: UUID) -> Item | None:
    """Also a withdrawn one: whoever kept the address reads that it is no longer done."""
    rows = Item.objects.exclude(current=None).select_related("place", "body", "current")
    return rows.filter(pk=pk).first()


@dataclass(frozen=True)
class Office:
    """A body that takes it in, and whether it is open; `hours` None where nobody can work that out."""

    body: Body
    hours: Hours | None
    status: Status | None


def offices(content: Content, now: datetime) -> list[Office]:
    """In the order of the document; those that ended are left out."""
    wanted = [UUID(key) for key in content.offices]
    rows = {body.pk: body for body in Body.objects.filter(pk__in=wanted, valid_to=None)}
    calendar = days() if rows else None
    found = []
    for key in wanted:
        if key in rows and calendar is not None:
            hours = _hours(rows[key].hours)
            found.append(Office(rows[key], hours, status_at(hours, now, calendar) if hours else None))
    return found


def _hours(text: str) -> Hours | None:
    """What offices typed for people to read may be more than a machine understands."""
    try:
        hours = read_hours(text)
    except UserError:
        return None
    return hours if hours.known else None


def next_change(found: Iterable[Office]) -> datetime | None:
    """When the first of them opens or shuts."""
    return min((one.status.change for one in found if one.status and one.status.change), default=None)


# The desk


def kept_by(actor: Actor) -> QuerySet[Item]:
    rows = Item.objects.under_any(actor.paths_for(V.SERVICE_EDIT)).exclude(state=ItemState.DISCARDED)
    return rows.select_related("place", "body")


def overdue(today: date) -> Q:
    """Published and not looked at for too long."""
    return Q(state=ItemState.PUBLISHED) & (Q(verified_on=None) | Q(verified_on__lt=today - STALE_AFTER))


def places_for(actor: Actor, day: date) -> QuerySet[Area]:
    """Streets and communities for whose people the actor may offer something."""
    rows = Area.objects.under_any(actor.paths_for(V.SERVICE_EDIT)).valid_on(day)
    return rows.filter(level__range=(AreaLevel.DISTRICT, AreaLevel.COMMUNITY)).order_by("level", "sort", "pk")


def offices_for(place: Area, day: date) -> QuerySet[Body]:
    """Offices that act at the place, around it or below it."""
    near = Q(places__area__in=[*place.ancestor_ids, place.pk]) | Q(places__area__path__under=place.path)
    rows = Body.objects.valid_on(day).filter(near, places__until=None, kind__in=OFFICES)
    return rows.distinct().order_by("kind", "name", "pk")
