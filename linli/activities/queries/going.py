"""Who may come, who comes, and one's own sign-ups."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from linli.areas.api import Area
from linli.people.api import Person, Residency

from ..models import Event, Signup


def may_come(person: Person, place: Area, day: date) -> bool:
    """Whether he lives or works at or below the place, and that was proved."""
    rows = Residency.objects.filter(person=person, area__path__under=place.path).verified_on(day)
    return bool(rows.exists())


def own_signup(person_id: UUID | None, event: Event) -> Signup | None:
    """The person's row, also one that he cancelled."""
    return Signup.objects.filter(event=event, person=person_id).first() if person_id else None


def by_code(code: str) -> Signup | None:
    rows = Signup.objects.select_related("event__place", "event__body", "person")
    return rows.filter(code=code).first()


def ahead(person_id: UUID, now: datetime) -> list[Signup]:
    """What he signed up for and is not over, the next one first."""
    rows = Signup.objects.filter(person=person_id, event__ends__gt=now).there().select_related("event__place")
    return list(rows.order_by("event__starts", "pk"))


def behind(person_id: UUID, now: datetime, limit: int) -> list[Signup]:
    rows = (
        Signup.objects.filter(person=person_id, event__ends__lte=now).there().select_related("event__place")
    )
    return list(rows.order_by("-event__starts", "pk")[:limit])


def guests(event: Event) -> QuerySet[Signup]:
    """Who comes and who waits, for the organiser: those with a place first, each in the order of coming."""
    return Signup.objects.filter(event=event).there().select_related("person").order_by("state", "at", "pk")
