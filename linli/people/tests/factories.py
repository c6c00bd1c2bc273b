"""Invented persons, bodies and posts for tests. Not collected by pytest."""

from datetime import UTC, date, datetime
from itertools import count

from linli.people.models import Body, BodyPlace, Identifier, Person, Post, Residency
from linli.people.policy import Actor, load_holdings, load_stays
from linli.people.rules import BodyKind, ResidencyKind, ResidencyState, Role

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
TODAY = date(2026, 5, 19)
LONG_AGO = date(2020, 1, 1)
_n = count(1)


def make_person(name="何立群", phone=None, **fields) -> Person:
    """A person; `phone` in E.164 becomes his verified number."""
    person = Person.objects.create(display_name=name, created_at=NOW, **fields)
    if phone:
        Identifier.objects.create(person=person, kind=Identifier.Kind.PHONE, value=phone, verified_at=NOW)
    return person


def make_body(kind=BodyKind.RESIDENTS_COMMITTEE, *places, name=None, **fields) -> Body:
    body = Body.objects.create(kind=kind, name=name or f"{BodyKind(kind).label}{next(_n)}", **{"valid_from": LONG_AGO, **fields})
    for area in places:
        BodyPlace.objects.create(body=body, area=area, since=LONG_AGO)
    return body


def make_post(person=None, body=None, role=Role.RESIDENTS_COMMITTEE, **fields) -> Post:
    values = {"title": "干事", "since": LONG_AGO, **fields}
    return Post.objects.create(person=person or make_person("沈玉兰"), body=body or make_body(), role=role, **values)


def make_residency(person, area, kind=ResidencyKind.OWNER, state=ResidencyState.VERIFIED, **fields) -> Residency:
    return Residency.objects.create(
        person=person, area=area, kind=kind, state=state, **{"claimed_at": NOW, "since": LONG_AGO, **fields}
    )


def actor_of(person, day=TODAY) -> Actor:
    """The person as the middleware would load him, his first post acting."""
    holdings = load_holdings(person, day)
    return Actor(person=person, holdings=holdings, acting=holdings[0] if holdings else None, stays=load_stays(person, day))
