"""Events and guests for tests. Not collected by pytest."""

from datetime import timedelta
from itertools import count

from linli.activities.actions.events import Facts, create_event, publish_event
from linli.activities.actions.signups import sign_up
from linli.people.policy import Actor
from linli.people.rules import BodyKind, ResidencyKind, Role
from linli.people.tests.factories import NOW, actor_of, make_body, make_person, make_post, make_residency

STARTS = NOW + timedelta(days=4, hours=-2)  # 23 May, 14:00 in Shanghai
_n = count(1)


def make_facts(**more) -> Facts:
    values = {
        "title": "旧衣改一改", "where": "社区 2 楼", "starts": STARTS, "ends": STARTS + timedelta(hours=2), "capacity": 10,
        "companions": 2, **more,
    }  # fmt: skip
    return Facts(**values)


def make_event(place, body=None, *, published=True, by=None, now=NOW, **facts):
    body = body or make_body(BodyKind.RESIDENTS_COMMITTEE, place)
    event = create_event(facts=make_facts(**facts), place=place, body=body, by=by, now=now)
    return publish_event(event=event, by=by, now=now) if published else event


def make_guest(home, name="", **fields):
    """A resident of the home, with nothing but his account."""
    person = make_person(name or f"邻居{next(_n)}", **fields)
    make_residency(person, home, ResidencyKind.FAMILY)
    return person


def join(event, person, companions=0, now=NOW, **more):
    return sign_up(
        event=event.pk, person=person, companions=companions, by=Actor(person=person), now=now, **more
    )


def make_organiser(place, kind=BodyKind.RESIDENTS_COMMITTEE, role=Role.RESIDENTS_COMMITTEE, **fields):
    """A person in post at the place; `actor_of` gives him as he acts."""
    return make_post(make_person("沈玉兰"), make_body(kind, place), role, **fields).person


__all__ = ["NOW", "STARTS", "actor_of", "join", "make_event", "make_facts", "make_guest", "make_organiser"]
