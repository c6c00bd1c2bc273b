"""Events as the pages of sites and the desk show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.areas.api import Area, Level
from linli.common import prepared
from linli.common.clock import local_date
from linli.people.api import Actor
from linli.sites.api import Site, SiteKind

from ..models import Event
from ..models.event import EventQuerySet
from ..permissions import STEWARDS, A
from ..rules import SHOWN_CANCELLED, EventState


def events_of(site: Site) -> EventQuerySet:
    """What a site shows: of a place what is for all of it, of a group its own."""
    place = site.place
    rows = Event.objects.for_places([*place.ancestor_ids, place.pk]).select_related("place", "body")
    return rows if site.kind == SiteKind.PLACE else rows.filter(body=site.body_id)


def next_events(site: Site, now: datetime, limit: int) -> list[Event]:
    """The next ones that take place; what is going on still counts."""
    return list(events_of(site).coming(now).exclude(state=EventState.CANCELLED)[:limit])


def coming_at(places: Iterable[int], now: datetime) -> dict[int, int]:
    """How many events each place holds itself within a week, by its key; one statement."""
    return dict(prepared.rows(_coming_at, tuple(places), values=(now, now + timedelta(days=7))))


def _coming_at(places: tuple[int, ...], now: datetime, until: datetime) -> QuerySet[Event, tuple[int, int]]:
    rows = Event.objects.public().filter(place__in=places, ends__gt=now, starts__lt=until).exclude(state=EventState.CANCELLED)
    return rows.order_by().values_list("place").annotate(n=Count("pk"))


def by_day(events: Iterable[Event]) -> list[tuple[date, list[Event]]]:
    """Coming events by the day on which they begin, in their order."""
    return [(day, list(rows)) for day, rows in groupby(events, key=lambda event: local_date(event.starts))]


def changes_at(events: Iterable[Event], now: datetime) -> datetime | None:
    """The next moment at which time alone changes what is said of these events."""
    moments = (moment for event in events for moment in (event.closes_at, event.starts, event.ends))
    return min((moment for moment in moments if moment > now), default=None)


def for_feed(site: Site, now: datetime, limit: int) -> list[Event]:
    """What a calendar programme wants: all that is ahead, and the last two months with what was cancelled."""
    rows = events_of(site).public().filter(ends__gt=now - SHOWN_CANCELLED)
    return list(rows.order_by("starts", "pk")[:limit])


def public_event(pk: UUID) -> Event | None:
    return Event.objects.public().select_related("place", "body").filter(pk=pk).first()


def held_by(actor: Actor) -> QuerySet[Event]:
    """The events that the actor organises, as `may_hold` says."""
    acting = actor.acting
    if acting is None or A.EVENT_EDIT not in actor.permissions:
        return Event.objects.none()
    mine = Q(body=acting.body_id)
    if acting.role in STEWARDS:
        mine |= Q(place__in=Area.objects.under_any(actor.paths_for(A.EVENT_EDIT)).values("pk"))
    return Event.objects.filter(mine).select_related("place", "body")


def places_for(actor: Actor, day: date) -> QuerySet[Area]:
    """Where the actor may hold events: his body's places down to compounds, and where his group's site stands."""
    acting = actor.acting
    if acting is None or A.EVENT_EDIT not in actor.permissions:
        return Area.objects.none()
    inside = Area.objects.under_any(actor.paths_for(A.EVENT_EDIT)).filter(
        level__range=(Level.STREET, Level.COMPOUND)
    )
    group = Area.objects.filter(pk__in=Site.objects.filter(body=acting.body_id).values("place"))
    return (inside | group).valid_on(day).order_by("level", "path")
