"""The life of an event, its money and its calendar file."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from linli.activities.actions.events import (
    cancel_event,
    close_signup,
    create_event,
    edit_event,
    move_on,
    publish_event,
    reopen_signup,
)
from linli.activities.calendars import calendar
from linli.activities.models import Event, EventStep
from linli.activities.queries.events import coming_at
from linli.activities.rules import days_of, parse_fee
from linli.areas.tests.factories import make_cell
from linli.common import bus, outbox
from linli.common.append_only import tables
from linli.common.errors import UserError
from linli.common.models import AuditRow
from linli.common.money import show_yuan
from linli.common.states import UnknownTransition
from linli.events.activities import EventCancelled, EventHeld, EventMoved, EventPublished
from linli.people.tests.factories import make_body
from linli.search.models import SearchEntry

from .factories import NOW, STARTS, actor_of, join, make_event, make_facts, make_guest, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def heard(monkeypatch):
    """What the bus was told."""
    found = []
    monkeypatch.setattr(bus, "publish", lambda event, **_more: found.append(type(event)))
    return found


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends": STARTS}, "ends"),
        ({"ends": STARTS - timedelta(minutes=1)}, "ends"),
        ({"ends": STARTS + timedelta(days=40)}, "ends"),
        ({"signup_until": STARTS + timedelta(days=2)}, "signup_until"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field_and_nothing_is_saved(places, facts, field):
    with pytest.raises(UserError) as caught:
        create_event(
            facts=make_facts(**facts), place=places["compound_a1"], body=make_body(), by=None, now=NOW
        )
    assert caught.value.field == field and not Event.objects.exists()


def test_invisible_characters_do_not_stay_in_a_title(places):
    event = make_event(places["compound_a1"], title="改\u202e衣服\u200b  活动", where=" 2 楼\n活动室")
    assert (event.title, event.where) == ("改衣服 活动", "2 楼 活动室")


def test_publishing_tells_the_bus_the_search_the_audit_and_the_history(places, heard):
    clerk = actor_of(make_organiser(places["community_a"]))
    event = make_event(places["compound_a1"], published=False, by=clerk)
    assert not SearchEntry.objects.filter(kind="event").exists() and heard == []
    publish_event(event=event, by=clerk, now=NOW)
    assert heard == [EventPublished]
    entry = SearchEntry.objects.get(kind="event")
    assert (entry.title, entry.place, entry.at) == (event.title, places["compound_a1"].path, STARTS)
    assert AuditRow.objects.get(action="event.publish").place == places["compound_a1"].path
    assert list(EventStep.objects.order_by("pk").values_list("done", "state", "by")) == [
        ("create", "draft", clerk.person_id), ("publish", "open", clerk.person_id)
    ]  # fmt: skip
    assert "linli_activities_eventstep" in tables()


def test_what_is_over_is_not_published(places):
    event = make_event(places["compound_a1"], published=False)
    with pytest.raises(UserError) as caught:
        publish_event(event=event, by=None, now=STARTS + timedelta(hours=3))
    assert caught.value.field == "ends"


def test_two_who_publish_at_once_publish_once(places, heard):
    event = make_event(places["compound_a1"], published=False)
    publish_event(event=event, by=None, now=NOW)
    with pytest.raises(UnknownTransition):
        publish_event(event=event, by=None, now=NOW)
    assert heard == [EventPublished]


def test_a_change_raises_the_version_and_a_move_is_told(places, heard):
    event = make_event(places["compound_a1"])
    same = edit_event(event=event, facts=make_facts(), by=None, now=NOW)
    assert same.version == 0, "nothing was changed"
    assert edit_event(event=event, facts=make_facts(text="带剪刀"), by=None, now=NOW).version == 1
    moved = edit_event(event=event, facts=make_facts(where="河边"), by=None, now=NOW)
    assert (moved.version, heard) == (2, [EventPublished, EventMoved])
    assert list(event.steps.order_by("pk").values_list("done", flat=True)) == [
        "create",
        "publish",
        "change",
        "move",
    ]


def test_an_event_with_guests_cannot_do_without_sign_up(places):
    event = make_event(places["compound_a1"])
    join(event, make_guest(places["home"]))
    with pytest.raises(UserError) as caught:
        edit_event(event=event, facts=make_facts(with_signup=False), by=None, now=NOW)
    assert caught.value.field == "with_signup"


def test_a_cancelled_or_held_event_is_not_changed(places, heard):
    event = make_event(places["compound_a1"])
    with pytest.raises(UserError) as caught:
        cancel_event(event=event, why=" ", by=None, now=NOW)
    assert caught.value.field == "why"
    cancel_event(event=event, why="下雨", by=None, now=NOW)
    for verb in (
        lambda: edit_event(event=event, facts=make_facts(where="河边"), by=None, now=NOW),
        lambda: cancel_event(event=event, why="再取消", by=None, now=NOW),
    ):
        with pytest.raises(UserError):
            verb()
    assert heard == [EventPublished, EventCancelled]


def test_time_closes_the_sign_up_and_ends_the_event(places, heard):
    event = make_event(places["compound_a1"], signup_until=STARTS - timedelta(days=1))
    assert move_on(now=STARTS - timedelta(days=2)) == 0
    assert move_on(now=STARTS - timedelta(days=1)) == 1
    assert Event.objects.get().state == "closed"
    reopen_signup(event=Event.objects.get(), by=None, now=STARTS - timedelta(hours=20))
    assert Event.objects.get().takes_signups(STARTS - timedelta(hours=19)), "the old end of sign-up is gone"
    close_signup(event=event, by=None, now=STARTS - timedelta(hours=18))
    assert move_on(now=STARTS + timedelta(hours=2)) == 1
    assert Event.objects.get().state == "held" and heard[-1] is EventHeld


def test_events_reach_the_outbox_of_those_who_listen(places):
    make_event(places["compound_a1"])
    assert outbox.run(NOW) == 0, "nobody listens yet"


@pytest.mark.parametrize(
    ("typed", "fen"), [("", 0), ("5", 500), ("12.50", 1250), ("5 元", 500), ("￥0.1", 10), ("免费", 0)]
)
def test_money_is_read_exactly(typed, fen):
    assert parse_fee(typed) == fen


@pytest.mark.parametrize("typed", ["五块", "-1", "1.234", "20000", "NaN", "1e999999"])
def test_what_is_no_price_is_refused(typed):
    with pytest.raises(UserError):
        parse_fee(typed)


def test_money_is_shown_as_people_write_it():
    assert [show_yuan(fen) for fen in (500, 550, 5, 0)] == ["5", "5.50", "0.05", "0"]


def test_an_evening_that_ends_at_midnight_is_one_day():
    starts = datetime(2026, 5, 23, 11, tzinfo=UTC)
    first, last = days_of(starts, datetime(2026, 5, 23, 16, tzinfo=UTC))
    assert first == last


def test_the_calendar_file_is_valid_keeps_its_uid_and_says_what_changed(places):
    event = make_event(places["compound_a1"], text="带一件**旧衣服**；地址：2 楼, 左手\n" * 9)
    first = _only(calendar([event]))
    edit_event(event=event, facts=make_facts(where="河边"), by=None, now=NOW + timedelta(hours=1))
    second = _only(calendar([Event.objects.get()]))
    cancel_event(event=Event.objects.get(), why="下雨", by=None, now=NOW + timedelta(hours=2))
    third = _only(calendar([Event.objects.get()]))
    assert first["UID"] == second["UID"] == third["UID"]
    assert [one["SEQUENCE"] for one in (first, second, third)] == [0, 1, 2]
    assert [str(one["STATUS"]) for one in (first, second, third)] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert first.decoded("DTSTART") == STARTS and second.decoded("DTEND") == STARTS + timedelta(hours=2)
    assert first.decoded("DTSTAMP") < second.decoded("DTSTAMP") < third.decoded("DTSTAMP")
    assert "带一件旧衣服" in str(first["DESCRIPTION"])


def test_the_lines_of_a_calendar_file_are_as_the_standard_wants_them(places):
    content = calendar(
        [make_event(places["compound_a1"], title="一" * 40, text="长" * 400)], name="青砖里的活动"
    )
    lines = content.split(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"") and all(len(line) <= 75 for line in lines)
    book = icalendar.Calendar.from_ical(content)
    assert not book.errors and book["VERSION"] == "2.0" and book["PRODID"] and book["METHOD"] == "PUBLISH"


def _only(content):
    book = icalendar.Calendar.from_ical(content)
    (event,) = book.walk("VEVENT")
    assert not book.errors and not event.errors
    return event


def test_of_each_place_what_it_holds_within_a_week_is_counted_by_one_question(places, django_assert_max_num_queries):
    a, b = places["community_a"], places["community_b"]
    cancelled = [make_event(a), make_event(a, starts=STARTS + timedelta(hours=3), ends=STARTS + timedelta(hours=4)), make_event(a)][-1]
    cancel_event(event=cancelled, why="下雨", by=None, now=NOW)
    make_event(a, starts=NOW + timedelta(days=8), ends=NOW + timedelta(days=8, hours=1))
    make_event(b, published=False)
    with django_assert_max_num_queries(1):
        assert coming_at([a.pk, b.pk], NOW) == {a.pk: 2}
    assert coming_at([a.pk], NOW + timedelta(days=30)) == {}
