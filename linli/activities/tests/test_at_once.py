"""Fifty people press at the same moment, each on a connection of his own."""

import pytest

from linli.activities.actions.signups import cancel_signup
from linli.activities.models import Event, Signup
from linli.areas.tests.factories import make_cell
from linli.common.tests.at_once_kit import at_once
from linli.people.policy import Actor

from .factories import NOW, join, make_event, make_guest

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]
PEOPLE = 50


def test_of_fifty_at_once_as_many_get_places_as_there_are_and_the_others_stand_in_line(patient):
    places = make_cell()
    event = make_event(places["compound_a1"], capacity=20)
    guests = [make_guest(places["home"]) for _ in range(PEOPLE)]
    said = at_once(*[lambda guest=guest, n=n: join(event, guest, n % 3) for n, guest in enumerate(guests)])
    assert all(isinstance(one, Signup) for one in said), said
    event = Event.objects.get(pk=event.pk)
    going = list(Signup.objects.filter(event=event).going())
    assert sum(row.seats for row in going) == event.taken <= 20
    assert Signup.objects.count() == PEOPLE and event.queued == sum(
        row.seats for row in Signup.objects.filter(state="waiting")
    )


def test_the_same_person_pressing_twice_at_once_has_one_row(patient):
    places = make_cell()
    event, guest = make_event(places["compound_a1"], capacity=5), make_guest(places["home"])
    said = at_once(*[lambda: join(event, guest, 1) for _ in range(8)])
    assert {row.pk for row in said} == {Signup.objects.get().pk}
    assert Event.objects.get(pk=event.pk).taken == 2


def test_while_some_leave_and_others_come_no_place_is_given_twice_or_lost(patient):
    places = make_cell()
    event = make_event(places["compound_a1"], capacity=8)
    rows = [join(event, make_guest(places["home"])) for _ in range(12)]
    new = [make_guest(places["home2"]) for _ in range(10)]
    leave = [
        lambda row=row: cancel_signup(signup=row.pk, by=Actor(person=row.person), now=NOW) for row in rows[:6]
    ]
    at_once(*leave, *(lambda guest=guest: join(event, guest) for guest in new))
    event = Event.objects.get(pk=event.pk)
    assert event.taken == Signup.objects.filter(state="going").count() == 8
    assert event.queued == Signup.objects.filter(state="waiting").count() == 8
