"""What people tells other apps, each fact once, in the transaction of the fact."""

from datetime import timedelta

import pytest

from linli.areas.tests.factories import make_cell
from linli.common import bus
from linli.common.clock import start_of
from linli.common.ids import uuid7
from linli.common.models import OutboxRow
from linli.events import people as events
from linli.people.actions.account_close import close_account
from linli.people.actions.claims import verify_in_person
from linli.people.actions.posts import appoint, dismiss
from linli.people.actions.residency import claim_residency, end_residency
from linli.people.rules import BodyKind, Role

from .factories import NOW, TODAY, actor_of, make_body, make_person, make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(monkeypatch):
    """The events that were written, as (name, due)."""
    for name in ("ResidencyVerified", "ResidencyEnded", "PostBegan", "PostEnded", "AccountClosed"):
        monkeypatch.setitem(bus._subscribers, getattr(events, name), {f"{name}>test.listen": bus.Listener("test")})
    return lambda: sorted((row.kind.split(">")[0], row.due) for row in OutboxRow.objects.all())


def test_a_residency_is_told_of_when_it_is_proved_and_when_it_ends(told):
    places = make_cell()
    clerk = actor_of(make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person)
    person = make_person()
    claim_residency(by=actor_of(person), key=uuid7(), area=places["home"], kind="owner", now=NOW)
    row = verify_in_person(by=clerk, person=person, area=places["home"], kind="owner", seen="x", now=NOW)
    end_residency(by=actor_of(person), residency_id=row.pk, now=NOW)
    assert told() == [("ResidencyEnded", NOW), ("ResidencyVerified", NOW)]


def test_a_post_is_told_of_at_its_first_and_last_day_and_at_its_early_end(told):
    places = make_cell()
    head = make_post(make_person(), make_body(BodyKind.DISTRICT, places["district"]), Role.DISTRICT, is_head=True)
    body, person = make_body(BodyKind.STREET_OFFICE, places["street"]), make_person("李敏")
    since, until = TODAY + timedelta(days=3), TODAY + timedelta(days=30)
    post = appoint(
        actor=actor_of(head.person), person=person, body=body, role=Role.STREET_OFFICE, title="干事", since=since,
        until=until, now=NOW,
    )  # fmt: skip
    assert told() == [("PostBegan", start_of(since)), ("PostEnded", start_of(until))]
    dismiss(actor=actor_of(head.person), post=post, reason="x", now=NOW)
    assert ("PostEnded", start_of(since)) in told() and len(told()) == 3


def test_closing_an_account_tells_of_its_residencies_too(told):
    places, person = make_cell(), make_person()
    clerk = actor_of(make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person)
    verify_in_person(by=clerk, person=person, area=places["home"], kind="owner", seen="x", now=NOW)
    close_account(person=person, by=actor_of(person), now=NOW)
    assert [name for name, _due in told()] == ["AccountClosed", "ResidencyEnded", "ResidencyVerified"]
    assert person.residencies.get().events.filter(event="end").count() == 1
