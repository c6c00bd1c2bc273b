"""The organiser's desk: made on a phone, published, moved, cancelled; who comes; checked in at the door."""

import io
from datetime import timedelta
from uuid import uuid4

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image

from linli.activities.actions.events import cancel_event, publish_event
from linli.activities.models import Event, Signup
from linli.areas.api import Level
from linli.areas.tests.factories import make_area, make_cell
from linli.common import clock
from linli.common.models import AuditRow
from linli.files.models import File
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import make_body, make_post

from .factories import NOW, STARTS, join, make_event, make_guest, make_organiser
from .test_pages import text, url

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    return frozen


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places, client):
    """Of the residents' committee of 青砖里, signed in."""
    person = make_organiser(places["community_a"])
    client.force_login(person)
    return person


def typed(place=None, **more):
    values = {
        "title": "旧衣改一改", "starts_day": "2026-05-23", "starts_time": "14:00", "ends_time": "16:00", "last_day": "",
        "where": "社区 2 楼", "text": "带剪刀", "with_signup": "on", "capacity": "12", "with_queue": "on", "companions": "1",
        "signup_day": "", "signup_time": "", "fee": "", "contact": "555 0110", "picture_alt": "",
    }  # fmt: skip
    return values | ({"place": place.pk} if place else {}) | more


def picture(name="p.png"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def test_an_organiser_makes_an_event_looks_at_it_and_publishes_it(places, clerk, client):
    answer = client.post(url("new"), typed(places["compound_a1"]))
    event = Event.objects.get()
    assert answer["Location"] == url("manage", event.pk)
    assert (event.state, event.starts, event.capacity, event.companions, event.body.kind) == (
        "draft",
        STARTS,
        12,
        1,
        "residents_committee",
    )
    assert "草稿，还没发布" in text(client.get(url("manage", event.pk)))
    assert client.get(url("event", event.pk)).status_code == 404
    client.post(url("publish", event.pk))
    assert "还有 12 个位子" in text(client.get(url("event", event.pk)))
    assert "旧衣改一改" in text(client.get(url("desk")))


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"ends_time": "13:00"}, "ends_time", "结束时间要在开始以后"),
        ({"ends_time": "二点"}, "ends_time", "时间没看懂"),
        ({"starts_day": "5 月"}, "starts_day", "日期没看懂"),
        ({"capacity": "0"}, "capacity", ""),
        ({"capacity": "很多"}, "capacity", ""),
        ({"fee": "1.234"}, "fee", "最多两位小数"),
        ({"signup_day": "2026-06-01"}, "signup_day", "报名截止不能晚于活动结束"),
        ({"title": "长" * 41}, "title", "40"),
        ({"text": "有事打 13812345678"}, "text", "个人手机号"),
        ({"where": "3 幢 2 单元 403 室"}, "where", "详细住址"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(
    places, clerk, client, wrong, field, words
):
    answer = client.post(url("new"), typed(places["compound_a1"], **wrong))
    form = answer.context["form"]
    assert answer.status_code == 200 and field in form.errors and words in str(form.errors[field])
    assert "旧衣改一改" in answer.content.decode() or "title" in wrong
    assert not Event.objects.exists()


def test_the_writer_may_say_that_a_number_is_meant_to_be_public(places, clerk, client):
    values = typed(places["compound_a1"], text="有事打 13812345678")
    assert "private_ok" in client.post(url("new"), values).content.decode()
    assert client.post(url("new"), values | {"private_ok": "on"}).status_code == 302


@pytest.mark.parametrize(
    ("upload", "alt", "field"),
    [
        (picture(), "", "picture_alt"),
        (SimpleUploadedFile("p.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "图", "picture"),
    ],
)
def test_a_picture_needs_words_and_must_be_one_or_nothing_is_saved(places, clerk, client, upload, alt, field):
    answer = client.post(url("new"), typed(places["compound_a1"], picture=upload, picture_alt=alt))
    assert answer.status_code == 200 and field in answer.context["form"].errors
    assert not Event.objects.exists() and not File.objects.exists()


def test_a_picture_outlives_a_mistake_elsewhere_and_another_takes_its_place(places, clerk, client):
    wrong = {**typed(places["compound_a1"], picture_alt="一台缝纫机", title=""), "chosen": str(uuid4())}
    answer = client.post(url("new"), {**wrong, "picture": picture("一.png")})
    assert "一.png" in text(answer) and not Event.objects.exists()
    answer = client.post(url("new"), {**wrong, "picture": picture("二.png")})
    assert "一.png" not in text(answer) and "二.png" in text(answer) and File.objects.count() == 1
    assert client.post(url("new"), {**wrong, "title": "补衣服"}).status_code == 302
    file, event = File.objects.get(), Event.objects.get()
    assert (file.owner_id, file.name, file.alt, file.until) == (str(event.pk), "二.png", "一台缝纫机", None)
    assert event.picture_id == file.pk


def test_a_kept_picture_still_needs_words_and_may_be_dropped(places, clerk, client):
    form = {**typed(places["compound_a1"]), "chosen": str(uuid4())}
    answer = client.post(url("new"), {**form, "picture": picture()})
    assert answer.context["form"].errors["picture_alt"]
    answer = client.post(url("new"), form)
    assert answer.context["form"].errors["picture_alt"], "it is still there"
    file = File.objects.get()
    assert client.post(url("new"), {**form, f"drop_{file.pk}": "on"}).status_code == 302
    assert not File.objects.exists() and Event.objects.get().picture_id is None


def test_a_picture_is_everybodys_once_the_event_is_published(places, clerk, client):
    client.post(url("new"), typed(places["compound_a1"], picture=picture(), picture_alt="一台缝纫机"))
    event = Event.objects.get()
    address = reverse("files:download", args=[event.picture_id, "medium"])
    client.logout()
    assert client.get(address).status_code == 404
    publish_event(event=event, by=None, now=NOW)
    assert client.get(address).status_code == 200
    page = client.get(url("event", event.pk)).content.decode()
    assert 'alt="一台缝纫机"' in page and 'property="og:image"' in page
    client.force_login(clerk)
    client.post(url("edit", event.pk), typed(picture=picture(), picture_alt="两台缝纫机"))
    assert File.objects.count() == 1 and Event.objects.get().picture_id != event.picture_id


def test_changing_keeps_what_was_there(places, clerk, client):
    event = make_event(
        places["compound_a1"], capacity=12, companions=1, fee=550, signup_until=STARTS - timedelta(hours=5)
    )
    page = client.get(url("edit", event.pk)).content.decode()
    assert (
        'value="14:00"' in page
        and 'value="5.50"' in page
        and 'value="2026-05-23"' in page
        and 'value="9:00"' in page.replace('"09:00"', '"9:00"')
    )
    client.post(url("edit", event.pk), typed(where="河边"))
    event.refresh_from_db()
    assert (event.where, event.version) == ("河边", 1)


def test_a_body_acts_in_its_own_places_and_on_its_own_events(places, client):
    tang = make_organiser(places["compound_a1"], BodyKind.PROPERTY_COMPANY, Role.PROPERTY_COMPANY)
    client.force_login(tang)
    assert client.post(url("new"), typed(places["compound_a2"])).status_code == 200, "not among his places"
    assert client.post(url("new"), typed(places["compound_a1"])).status_code == 302
    own = Event.objects.get()
    others = [
        make_event(places["compound_a1"]),
        make_event(places["community_a"]),
        make_event(places["compound_b1"]),
    ]
    for event, status in [(own, 200), *((event, 404) for event in others)]:
        for name in ("manage", "edit", "cancel", "door", "export"):
            assert client.get(url(name, event.pk)).status_code == status, name
    steward = make_organiser(places["community_a"])
    client.force_login(steward)
    assert client.get(url("manage", own.pk)).status_code == 200, "the committee answers for its place"
    assert client.get(url("manage", others[2].pk)).status_code == 404


def test_residents_and_other_posts_find_no_desk(places, client):
    event = make_event(places["compound_a1"])
    provider = make_post(body=make_body(BodyKind.MERCHANT, places["community_a"]), role=Role.PROVIDER).person
    for person in (make_guest(places["home"]), provider):
        client.force_login(person)
        for path in (url("desk"), url("new"), url("manage", event.pk), url("export", event.pk)):
            assert client.get(path).status_code == 404


def test_two_clerks_pressing_at_once_are_told(places, clerk, client):
    event = make_event(places["compound_a1"])
    answer = client.post(url("publish", event.pk), follow=True)
    assert "刚才有人先改过了" in text(answer)


def test_cancelling_wants_a_reason_and_a_draft_none(places, clerk, client):
    event, draft = make_event(places["compound_a1"]), make_event(places["compound_a1"], published=False)
    answer = client.post(url("cancel", event.pk), {"why": ""})
    assert answer.status_code == 200 and "写一句为什么取消" in text(answer)
    client.post(url("cancel", event.pk), {"why": "老师病了"})
    client.post(url("cancel", draft.pk), {})
    assert set(Event.objects.values_list("state", flat=True)) == {"cancelled"}
    assert client.get(url("event", draft.pk)).status_code == 404
    assert "活动已经结束或取消了" in text(client.post(url("cancel", event.pk), {"why": "再"}))


def test_closing_and_opening_the_sign_up(places, clerk, client):
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"])
    client.post(url("close", event.pk))
    assert "报名截止" in text(client.get(url("event", event.pk)))
    client.post(url("reopen", event.pk))
    assert join(event, guest).state == "going"


def test_a_clerk_signs_somebody_up_on_the_phone_and_takes_him_off_again(places, clerk, client):
    event, guest = (
        make_event(places["compound_a1"]),
        make_guest(places["home"], "何立群", phone="+8613800000001"),
    )
    values = {"number_or_card": "138 0000 0001", "companions": "1", "how": "phone", "consent": "来电要报"}
    assert "consent" in client.post(url("add", event.pk), values | {"consent": ""}).context["form"].errors
    assert client.post(url("add", event.pk), values).status_code == 302
    row = Signup.objects.get()
    assert (row.person, row.how, row.by, row.companions) == (guest, "phone", clerk, 1)
    page = text(client.get(url("manage", event.pk)))
    assert "何立群" in page and "来电要报" in page
    client.post(url("take_off", row.pk))
    assert Signup.objects.get().state == "gone"
    missing = client.post(url("add", event.pk), values | {"number_or_card": "13800000002"})
    assert "number_or_card" in missing.context["form"].errors


def test_who_may_not_find_people_signs_nobody_up(places, client):
    tang = make_organiser(places["compound_a1"], BodyKind.PROPERTY_COMPANY, Role.PROPERTY_COMPANY)
    client.force_login(tang)
    client.post(url("new"), typed(places["compound_a1"]))
    event = publish_event(event=Event.objects.get(), by=None, now=NOW)
    assert client.get(url("add", event.pk)).status_code == 404
    assert url("add", event.pk) not in client.get(url("manage", event.pk)).content.decode()


def test_the_list_is_taken_out_as_excel_without_numbers_and_the_audit_says_so(places, clerk, client):
    event = make_event(places["compound_a1"], capacity=2)
    join(event, make_guest(places["home"], "=SUM(A1)", phone="+8613800000001"), 1)
    join(event, make_guest(places["home2"], "胡雨桐"))
    answer = client.get(url("export", event.pk))
    content = b"".join(answer.streaming_content)
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).active]
    assert [row[:3] for row in rows[1:]] == [["=SUM(A1)", 1, "已报名"], ["胡雨桐", 0, "候补"]]
    assert (
        "1380000" not in str(rows)
        and AuditRow.objects.filter(action="event.export", actor=clerk.pk).count() == 1
    )


def test_at_the_door_the_organiser_opens_the_code_and_presses_once(places, clerk, client, time):
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"], "何立群")
    row = join(event, guest, 1)
    page = text(client.get(url("ticket", row.code)))
    assert "何立群" in page and "活动当天才能签到" in page
    time.now = STARTS
    found = client.get(url("door", event.pk), {"code": f"{row.code[:4]} {row.code[4:8]} {row.code[8:]}"})
    assert found["Location"] == url("ticket", row.code)
    assert "签到了：何立群，2 人" in text(client.post(url("ticket", row.code), follow=True))
    time.now = STARTS + timedelta(minutes=7)
    again = text(client.post(url("ticket", row.code), follow=True))
    assert "已签到：今天 14:00" in again and Event.objects.get().came == 2
    client.force_login(guest)
    assert "已签到：今天 14:00" in text(client.get(url("ticket", row.code)))


def test_the_guest_does_not_check_himself_in(places, client, time):
    row = join(make_event(places["compound_a1"]), make_guest(places["home"]))
    time.now = STARTS
    client.force_login(row.person)
    client.post(url("ticket", row.code))
    assert Signup.objects.get().came_at is None


@pytest.mark.parametrize(
    ("code", "words"), [("12345", "现在是 5 位"), ("1234567890", "没有这个签到码"), ("", "")]
)
def test_a_wrong_code_at_the_door_says_what_is_wrong(places, clerk, client, code, words):
    event = make_event(places["compound_a1"])
    answer = client.get(url("door", event.pk), {"code": code})
    assert answer.status_code == 200 and answer.context["form"].errors and words in text(answer)


def test_the_code_of_another_event_does_not_open_here(places, clerk, client):
    event, other = make_event(places["compound_a1"]), make_event(places["compound_a1"])
    row = join(other, make_guest(places["home"]))
    assert "没有这个签到码" in text(client.get(url("door", event.pk), {"code": row.code}))


def test_a_cancelled_event_checks_nobody_in(places, clerk, client, time):
    event = make_event(places["compound_a1"])
    row = join(event, make_guest(places["home"]))
    cancel_event(event=event, why="下雨", by=None, now=NOW)
    time.now = STARTS
    assert "不用签到" in text(client.get(url("ticket", row.code)))


def test_the_form_asks_as_often_for_many_places_as_for_few(places, client):
    office = make_organiser(places["street"], BodyKind.STREET_OFFICE, Role.STREET_OFFICE)
    client.force_login(office)

    def count():
        with CaptureQueriesContext(connection) as asked:
            page = client.get(url("new")).content.decode()
        assert "青砖里纺机新村" in page
        return len(asked)

    count()
    few = count()
    for _ in range(20):
        make_area(Level.COMPOUND, places["community_b"])
    assert count() == few


def test_the_desk_asks_as_often_for_many_guests_as_for_few(places, clerk, client):
    event = make_event(places["compound_a1"], capacity=400)

    def count():
        found = []
        for path in (url("manage", event.pk), url("desk")):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            found.append(len(asked))
        return found

    for _ in range(3):
        join(event, make_guest(places["home"]))
    client.get(url("desk"))
    few = count()
    for _ in range(30):
        join(event, make_guest(places["home"]))
        make_event(places["compound_a1"])
    assert count() == few
