"""Events in the world of the policy: one at every site with a guest, and one of each organiser's own body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from linli.activities.api import Event, Facts, Signup, create_event, publish_event
from linli.areas.api import Area
from linli.common import clock
from linli.people.models import Body, Person
from linli.people.rules import Role


@dataclass(frozen=True)
class Ticket:
    """A sign-up as its address names it: by its code."""

    pk: str


def at_spot(area: Area, body: Body, guest: Person) -> dict[str, Any]:
    """An event of the spot's body; his sign-up, its code."""
    row = Signup.objects.create(event=_event(area, body), person=guest, state="going", at=clock.now())
    return {"event": row.event, "signup": row, "ticket": Ticket(row.code)}


def of_body(role: Role, place: Area, body: Body) -> dict[str, Any]:
    """An event of the actor's own body, where his role holds any."""
    return {"event": _event(place, body)} if role in ORGANISERS else {}


ORGANISERS = {
    Role.OWNERS_COMMITTEE, Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.PROPERTY_COMPANY, Role.STREET_OFFICE, Role.SITE_EDITOR,
}  # fmt: skip


def _event(place: Area, body: Body) -> Event:
    starts = clock.now() + timedelta(days=9)
    facts = Facts(
        title=f"活动{place.pk}", where="2 楼", starts=starts, ends=starts + timedelta(hours=2), capacity=50
    )
    event = create_event(facts=facts, place=place, body=body, by=None, now=clock.now())
    return publish_event(event=event, by=None, now=clock.now())
