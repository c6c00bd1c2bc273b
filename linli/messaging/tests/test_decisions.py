"""What becomes of a residency claim is told by the inbox and by the person's wishes."""

import pytest

from linli.areas.tests.factories import make_cell
from linli.calendar.api import Deadline, people_of, register_subject
from linli.common.ids import uuid7
from linli.events.calendar import DeadlineMoved
from linli.gateways.models import OutgoingMessage
from linli.messaging import subscribers
from linli.messaging.actions import wishes
from linli.messaging.models import Delivery, Message
from linli.messaging.rules import Channel, Group, Mode
from linli.people.actions.claims import decide_claim
from linli.people.actions.residency import claim_residency
from linli.people.rules import BodyKind
from linli.people.tests.factories import actor_of, make_body, make_post

from .factories import NOON, make_reader, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places):
    return actor_of(make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person)


def decided(places, clerk, person, verify, reason=""):
    row = claim_residency(by=actor_of(person), key=uuid7(), area=places["home"], kind="tenant", now=NOON)
    decide_claim(by=clerk, residency_id=row.pk, verify=verify, reason=reason, now=NOON)
    work(NOON)


def test_a_verified_claim_is_told_by_inbox_and_sms_without_the_door(places, clerk):
    decided(places, clerk, make_reader(email=False), True)
    text = OutgoingMessage.objects.get().body
    assert "核实好了" in text and places["home"].name not in text
    assert Delivery.objects.filter(channel=Channel.INBOX).count() == 1


def test_a_refusal_is_told_without_its_reason(places, clerk):
    decided(places, clerk, make_reader(email=False), False, "合同上是另一个人")
    text = OutgoingMessage.objects.get().body
    assert "没有通过" in text and "我的住处" in text and "合同" not in text


def test_who_wants_no_sms_about_his_affairs_gets_none(places, clerk):
    reader = make_reader(email=False)
    wishes.set_mode(person=reader.pk, group=Group.AFFAIRS, channel=Channel.SMS, mode=Mode.OFF)
    decided(places, clerk, reader, True)
    assert not OutgoingMessage.objects.exists() and Delivery.objects.filter(channel=Channel.INBOX).count() == 1


def test_a_due_date_that_moved_is_told_to_whom_the_subjects_app_names(places):
    he, hu = make_reader("何立群"), make_reader("胡可")
    register_subject("test.case", lambda key: [he.pk, hu.pk, he.pk] if key == "7" else [])
    for key in ("7", "8"):
        row = Deadline.objects.create(
            place=places["street"], key="answer", subject_kind="test.case", subject_id=key, amount=3, unit="working-day",
            started_at=NOON, due=NOON,
        )  # fmt: skip
        subscribers.on_deadline_moved(DeadlineMoved(row.pk, "test.case", key, "answer"), NOON)
    assert set(Message.objects.get().deliveries.values_list("person", flat=True)) == {he.pk, hu.pk}
    assert people_of("nobody.knows", "7") == [] and people_of("person", str(he.pk)) == [he.pk]
