"""The office writes, and sees what arrived."""

from uuid import uuid4

import pytest
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common.models import AuditRow
from linli.messaging import reach
from linli.messaging.actions import levels, wishes
from linli.messaging.actions.account import forget_reader
from linli.messaging.models import Box, Delivery, Message
from linli.messaging.rules import Channel, Group, Level, Mode
from linli.people.rules import Role
from linli.people.tests.factories import make_body, make_post, make_residency

from .factories import make_reader, work, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places, client):
    post = make_post(body=make_body("residents_committee", places["community_a"]), role=Role.RESIDENTS_COMMITTEE)
    client.force_login(post.person)
    return post.person


def form(place, **more):
    values = {"key": str(uuid4()), "place": place.pk, "title": "明天停水", "text": "8 点到 12 点", "channels": ["sms", "email"], "step": "send"}
    return {**values, **more}


def test_pressing_twice_sends_once_and_the_page_adds_up(places, clerk, client):
    he, hu = make_reader("何立群"), make_reader("胡可", phone=False)
    for person in (he, hu):
        make_residency(person, places["home"])
    data = form(places["compound_a1"])
    for _press in range(2):
        answer = client.post(reverse("messaging:compose"), data)
        assert answer.status_code == 302
    message = Message.objects.get()
    assert answer["Location"] == reverse("messaging:receipts", args=[message.pk])
    assert AuditRow.objects.filter(action="message.send").count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert "还要上门的 2 人" in page
    assert "何*" in page
    assert "何立群" not in page
    for column in reach.columns(message):
        assert sum(column.counts.values()) + column.waiting == message.audience == 2
    assert reach.columns(message)[1].counts == {Level.NO_ADDRESS: 1, Level.QUEUED: 1}
    levels.open_delivery(delivery=Delivery.objects.get(person=he, channel=Channel.INBOX), now=message.created_at)
    assert reach.unreached(message)[0] == 1


def test_before_it_is_sent_the_page_says_how_many_each_way_reaches_and_what_the_sms_costs(places, clerk, client):
    he, hu, lu = make_reader("何立群"), make_reader("胡可", phone=False), make_reader("陆文")
    for person in (he, hu, lu):
        make_residency(person, places["home"])
    wishes.set_mode(person=lu.pk, group=Group.NOTICES, channel=Channel.SMS, mode=Mode.OFF)
    data = form(places["compound_a1"], step="", text="停水。" * 30)
    page = client.post(reverse("messaging:compose"), data)
    plan = page.context["plan"]
    assert [(way.channel, way.reached, way.unwanted, way.no_address) for way in plan.ways] == [
        (Channel.INBOX, 3, 0, 0), (Channel.SMS, 1, 1, 1), (Channel.EMAIL, 3, 0, 0),
    ]  # fmt: skip
    assert (plan.parts, plan.sms) == (2, 2) and "发出，告诉" in page.text and f'value="{data["key"]}"' in page.text
    assert not Message.objects.exists()
    back = client.post(reverse("messaging:compose"), {**data, "step": "edit"})
    assert "停水。停水。" in back.text and "发出，告诉" not in back.text and not Message.objects.exists()
    urgent = client.post(reverse("messaging:compose"), {**data, "urgent": "on"}).context["plan"]
    assert urgent.ways[1].reached == 2


def test_only_to_some_by_their_card_numbers(places, clerk, client):
    he, hu = make_reader("何立群"), make_reader("胡可")
    make_residency(he, places["home"])
    make_residency(hu, places["home2"])
    client.post(reverse("messaging:compose"), form(places["compound_a1"], codes=f"{hu.code[:4]} {hu.code[4:]}\n"))
    assert set(Delivery.objects.values_list("person", flat=True)) == {hu.pk}
    wrong = client.post(reverse("messaging:compose"), form(places["compound_a1"], codes="1234567890"))
    assert "有 1 个卡号不是这里的人" in wrong.content.decode()


def test_nobody_writes_to_a_place_that_is_not_his(places, clerk, client):
    make_residency(make_reader(), places["compound_b1"])
    assert client.post(reverse("messaging:compose"), form(places["compound_b1"])).status_code == 200
    assert not Message.objects.exists()


def test_an_account_that_closes_takes_its_inbox_along():
    he = make_reader()
    message = write(he)
    forget_reader(person=he.pk, now=message.created_at)
    work(message.created_at)
    assert not Box.objects.exists()
    assert not Delivery.objects.filter(level=Level.QUEUED).exists()
