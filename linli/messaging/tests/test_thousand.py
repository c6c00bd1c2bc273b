"""A message to 1,000 persons over three channels, the SMS gateway down for the middle third."""

from collections import Counter
from datetime import timedelta

import pytest

from linli.areas.tests.factories import make_cell, make_home
from linli.gateways import jobs as gateway_jobs
from linli.gateways.actions import outgoing
from linli.gateways.models import OutgoingMessage
from linli.gateways.rules import Channel as Way
from linli.messaging import reach
from linli.messaging.actions.compose import send_message
from linli.messaging.models import Delivery
from linli.messaging.rules import Level
from linli.people.rules import ResidencyKind
from linli.people.tests.factories import actor_of, make_body, make_post, make_residency

from .factories import NOON, FlakyAdapter, make_reader, work

pytestmark = pytest.mark.django_db
PEOPLE = 1000


@pytest.fixture
def street():
    places = make_cell()
    home = make_home(places["entrance"], "301")
    for number in range(PEOPLE):
        make_residency(make_reader(f"居民{number}"), home, ResidencyKind.FAMILY)
    return places


def test_a_thousand_persons_over_three_channels_with_an_outage(street, monkeypatch):
    taken, clock_hand = [], {"now": NOON}
    back = NOON + timedelta(minutes=34)

    def up(sent):
        # Down from the moment when a third has gone, for half an hour.
        return sent < PEOPLE // 3 or clock_hand["now"] >= back

    sms = FlakyAdapter(up, taken)
    real = outgoing.adapter_for
    for module in (outgoing, gateway_jobs):
        monkeypatch.setattr(module, "adapter_for", lambda channel: sms if channel == Way.SMS else real(channel))
    body = make_body("residents_committee", street["community_a"])
    clerk = make_post(body=body).person
    message = None
    for _press in range(2):  # pressed twice
        message = send_message(
            by=actor_of(clerk), key="1", place=street["community_a"], codes=[], title="明天停水", text="8 点到 12 点。" * 12,
            channels=["sms", "email"], urgent=False, wants_ack=False, now=NOON,
        )  # fmt: skip
    assert message.audience == PEOPLE
    half_way = None
    for minute in range(0, 180, 3):
        clock_hand["now"] = now = NOON + timedelta(minutes=minute)
        work(now)
        outgoing.hand_over_waiting(channel=Way.SMS, now=now, seconds=60)
        outgoing.hand_over_waiting(channel=Way.EMAIL, now=now, seconds=60)
        if minute == 15:
            work(now)
            half_way = reach.columns(message)
        if Delivery.objects.filter(channel="sms", level=Level.DELIVERED).count() == PEOPLE:
            break
    assert half_way is not None
    assert sum(half_way[1].counts.values()) + half_way[1].waiting == PEOPLE
    assert half_way[1].counts[Level.QUEUED] == PEOPLE - PEOPLE // 3
    check_end(message, taken)
    count, _people = reach.unreached(message)
    assert count == 0
    for column in reach.columns(message):
        assert sum(column.counts.values()) == column.total == PEOPLE
        assert column.waiting == 0


def check_end(message, taken):
    """Nothing lost, nothing doubled."""
    assert len(taken) == len(set(taken)) == PEOPLE
    assert OutgoingMessage.objects.filter(channel="sms").count() == PEOPLE
    assert OutgoingMessage.objects.filter(channel="email").count() == PEOPLE
    by = Counter(Delivery.objects.filter(message=message).values_list("channel", "level"))
    assert by == {
        ("inbox", Level.HANDED_OVER): PEOPLE,
        ("sms", Level.DELIVERED): PEOPLE,
        ("email", Level.HANDED_OVER): PEOPLE,
    }
