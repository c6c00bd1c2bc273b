"""Signing up, the waiting list, cancelling, checking in: what residents and organisers may count on."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.activities.actions.account import forget_guest, merge_guests
from linli.activities.actions.events import cancel_event, edit_event, move_on
from linli.activities.actions.line import place_in_line
from linli.activities.actions.reminders import remind_due
from linli.activities.actions.signups import cancel_signup, check_in
from linli.activities.models import Event, Signup
from linli.activities.rules import How, Waiting, promoted
from linli.areas.tests.factories import make_cell
from linli.common import outbox
from linli.common.errors import UserError
from linli.common.models import AuditRow
from linli.events.people import AccountClosed
from linli.messaging.models import Delivery, Message
from linli.people.actions.account_close import close_account
from linli.people.actions.merge import merge_accounts
from linli.people.policy import Actor
from linli.people.tests.factories import make_person

from .factories import NOW, STARTS, actor_of, join, make_event, make_facts, make_guest, make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def places():
    return make_cell()


def told(person):
    rows = Delivery.objects.filter(person=person, channel="inbox").select_related("message").order_by("pk")
    return [row.message.template for row in rows]


def refused(call, **more):
    with pytest.raises(UserError) as caught:
        call(**more)
    return caught.value


def test_a_resident_gets_a_place_and_a_code_for_himself_and_who_comes_with_him(places):
    event = make_event(places["compound_a1"])
    row = join(event, make_guest(places["home"]), companions=2)
    event.refresh_from_db()
    assert (row.state, row.seats, event.taken, event.room) == ("going", 3, 3, 7)
    assert len(row.code) == 10


def test_who_lives_elsewhere_or_is_not_verified_is_told_where_to_prove_it(places):
    event = make_event(places["compound_a2"])
    assert "银杏苑" in str(refused(join, event=event, person=make_guest(places["home"])))
    assert "住处" in str(refused(join, event=event, person=make_person()))
    assert join(make_event(places["community_a"]), make_guest(places["home2"])).state == "going"


def test_a_draft_a_past_and_a_cancelled_event_take_nobody(places):
    guest = make_guest(places["home"])
    refused(join, event=make_event(places["compound_a1"], published=False), person=guest)
    event = make_event(places["compound_a1"])
    refused(join, event=event, person=guest, now=STARTS)
    cancel_event(event=event, why="下雨", by=None, now=NOW)
    assert "取消" in str(refused(join, event=event, person=guest))
    free = make_event(places["compound_a1"], with_signup=False)
    assert "直接来" in str(refused(join, event=free, person=guest))


def test_too_many_companions_are_refused_at_their_field(places):
    event = make_event(places["compound_a1"], capacity=2)
    for companions in (3, -1, 2):
        assert (
            refused(join, event=event, person=make_guest(places["home"]), companions=companions).field
            == "companions"
        )


def test_when_it_is_full_one_waits_and_moves_up_in_order_and_is_told(places):
    event = make_event(places["compound_a1"], capacity=2)
    first, second, third, fourth = (make_guest(places["home"]) for _ in range(4))
    rows = [join(event, first), join(event, second), join(event, third, 1), join(event, fourth)]
    assert [row.state for row in rows] == ["going", "going", "waiting", "waiting"]
    assert [place_in_line(row) for row in rows[2:]] == [0, 1]
    cancel_signup(signup=rows[0].pk, by=Actor(person=first), now=NOW)
    assert [Signup.objects.get(pk=row.pk).state for row in rows] == ["gone", "going", "waiting", "waiting"], (
        "two do not fit, and nobody overtakes"
    )
    cancel_signup(signup=rows[1].pk, by=Actor(person=second), now=NOW)
    assert [Signup.objects.get(pk=row.pk).state for row in rows] == ["gone", "gone", "going", "waiting"]
    assert told(third) == ["activities.promoted"] and told(fourth) == []
    event.refresh_from_db()
    assert (event.taken, event.queued) == (2, 1)


def test_without_a_waiting_list_a_full_event_says_so(places):
    event = make_event(places["compound_a1"], capacity=2, with_queue=False)
    join(event, make_guest(places["home"]))
    assert refused(join, event=event, person=make_guest(places["home"]), companions=1).field == "companions"
    join(event, make_guest(places["home"]))
    assert "报满" in str(refused(join, event=event, person=make_guest(places["home"])))


def test_signing_up_again_changes_the_companions_and_makes_no_second_row(places):
    event, guest = make_event(places["compound_a1"], capacity=3), make_guest(places["home"])
    assert join(event, guest, 2).pk == join(event, guest, 0).pk
    other = join(event, make_guest(places["home2"]), 1)
    assert refused(join, event=event, person=guest, companions=2).field == "companions"
    event.refresh_from_db()
    assert (event.taken, Signup.objects.count(), other.state) == (3, 2, "going")


def test_who_comes_back_after_cancelling_stands_at_the_end_with_a_new_code(places):
    event, guest = make_event(places["compound_a1"], capacity=1), make_guest(places["home"])
    row = join(event, guest)
    old = row.code
    waiting = join(event, make_guest(places["home2"]))
    cancel_signup(signup=row.pk, by=Actor(person=guest), now=NOW)
    again = join(event, guest, now=NOW + timedelta(minutes=1))
    assert (again.pk, again.state, again.code != old) == (row.pk, "waiting", True)
    assert Signup.objects.get(pk=waiting.pk).state == "going"


def test_more_places_let_the_line_move_up_and_fewer_than_are_taken_are_refused(places):
    event = make_event(places["compound_a1"], capacity=1)
    rows = [join(event, make_guest(places["home"])) for _ in range(3)]
    edit_event(event=event, facts=make_facts(capacity=2), by=None, now=NOW)
    assert [Signup.objects.get(pk=row.pk).state for row in rows] == ["going", "going", "waiting"]
    assert (
        refused(edit_event, event=event, facts=make_facts(capacity=1), by=None, now=NOW).field == "capacity"
    )


def test_staff_sign_somebody_up_with_a_note_of_what_he_said_and_he_is_told(places):
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"])
    clerk = actor_of(make_organiser(places["community_a"]))
    more = {"event": event.pk, "person": guest, "companions": 0, "by": clerk, "how": How.PHONE, "now": NOW}
    from linli.activities.actions.signups import sign_up

    assert refused(sign_up, **more).field == "consent"
    row = sign_up(**more, consent="来电说要报")
    assert (row.by_id, row.how, Signup.objects.get(pk=row.pk).consent) == (
        clerk.person_id,
        "phone",
        "来电说要报",
    )
    assert told(guest) == ["activities.signed_up"]
    assert AuditRow.objects.get(action="signup.join").about == guest.pk
    cancel_signup(signup=row.pk, by=clerk, now=NOW)
    assert told(guest)[-1] == "activities.taken_off"


def test_check_in_happens_once_on_the_day_and_says_when_it_was_done(places):
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"])
    clerk = actor_of(make_organiser(places["community_a"]))
    row = join(event, guest, 1)
    assert "当天" in str(refused(check_in, signup=row.pk, by=clerk, now=NOW))
    assert check_in(signup=row.pk, by=clerk, now=STARTS) is True
    assert check_in(signup=row.pk, by=clerk, now=STARTS + timedelta(minutes=5)) is False
    event.refresh_from_db()
    assert (event.came, Signup.objects.get(pk=row.pk).came_at) == (2, STARTS)
    refused(cancel_signup, signup=row.pk, by=Actor(person=guest), now=STARTS)


def test_who_waits_is_not_checked_in(places):
    event = make_event(places["compound_a1"], capacity=1)
    join(event, make_guest(places["home"]))
    row = join(event, make_guest(places["home2"]))
    assert "候补" in str(refused(check_in, signup=row.pk, by=Actor(), now=STARTS))


def test_the_day_before_everybody_who_comes_is_reminded_once_and_again_when_it_moved(places):
    event, guest = make_event(places["compound_a1"]), make_guest(places["home"])
    join(event, guest)
    assert remind_due(now=STARTS - timedelta(hours=25)) == 0
    assert [remind_due(now=STARTS - timedelta(hours=23)) for _ in range(2)] == [1, 0]
    later = STARTS + timedelta(days=3)
    edit_event(
        event=event,
        facts=make_facts(starts=later, ends=later + timedelta(hours=1)),
        by=None,
        now=STARTS - timedelta(hours=20),
    )
    assert remind_due(now=later - timedelta(hours=2)) == 1
    assert told(guest) == ["activities.reminder", "activities.moved", "activities.reminder"]


def test_when_it_is_cancelled_all_are_told_why(places):
    event = make_event(places["compound_a1"], capacity=1)
    guests = [make_guest(places["home"]), make_guest(places["home2"])]
    for guest in guests:
        join(event, guest)
    cancel_event(event=event, why="老师病了", by=None, now=NOW)
    assert [told(guest) for guest in guests] == [["activities.cancelled"]] * 2
    assert Message.objects.get().words["why"] == "老师病了"


def test_a_closed_account_leaves_its_place_to_the_next_and_the_figures_of_the_past(places):
    past, ahead = (
        make_event(places["compound_a1"]),
        make_event(
            places["compound_a1"],
            capacity=1,
            starts=STARTS + timedelta(days=9),
            ends=STARTS + timedelta(days=10),
        ),
    )
    guest, next_one = make_guest(places["home"]), make_guest(places["home2"])
    row = join(past, guest, 1)
    check_in(signup=row.pk, by=Actor(), now=STARTS)
    join(ahead, guest)
    waiting = join(ahead, next_one)
    later = STARTS + timedelta(days=2)
    move_on(now=later)
    close_account(person=guest, by=Actor(person=guest), now=later)
    outbox.run(later)
    past.refresh_from_db(), ahead.refresh_from_db()
    assert not Signup.objects.filter(person=guest).exists()
    assert (past.taken, past.came, ahead.taken) == (2, 2, 1)
    assert Signup.objects.get(pk=waiting.pk).state == "going"
    assert forget_guest(person=guest.pk, now=later) == 0, "told twice, done once"
    assert AccountClosed


def test_two_accounts_of_one_person_keep_one_row(places):
    event, other = make_event(places["compound_a1"], capacity=1), make_event(places["compound_a1"])
    keep, drop = make_guest(places["home"]), make_guest(places["home2"])
    join(event, drop)
    waits = join(event, keep)
    join(other, drop, 1)
    merge_accounts(keep=keep, drop=drop, by=Actor(person=keep), now=NOW)
    outbox.run(NOW)
    assert set(Signup.objects.values_list("person", "state", "event")) == {
        (keep.pk, "going", event.pk),
        (keep.pk, "going", other.pk),
    }
    assert not Signup.objects.filter(pk=waits.pk).exists()
    merge_guests(keep=keep.pk, drop=drop.pk, now=NOW)
    event.refresh_from_db()
    assert (event.taken, event.queued) == (1, 0)


@given(
    capacity=st.none() | st.integers(1, 9),
    taken=st.integers(0, 9),
    sizes=st.lists(st.integers(1, 5), max_size=12),
)
def test_who_moves_up_fits_and_nobody_overtakes(capacity, taken, sizes):
    queue = [Waiting(n, size) for n, size in enumerate(sizes)]
    moved = promoted(capacity, taken, queue)
    could = [n for n, size in enumerate(sizes) if capacity is None or size <= capacity]
    assert moved == could[: len(moved)]
    if capacity is not None and taken <= capacity:
        seats = taken + sum(sizes[n] for n in moved)
        assert seats <= capacity
        assert len(moved) == len(could) or seats + sizes[could[len(moved)]] > capacity


STEPS = st.lists(
    st.tuples(st.sampled_from(["join", "cancel", "more"]), st.integers(0, 5), st.integers(0, 2)),
    min_size=3,
    max_size=18,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(capacity=st.integers(1, 5), steps=STEPS)
def test_whatever_people_do_the_places_are_kept_and_the_line_is_in_order(places, capacity, steps):
    """Against a model: who has a place, who stands in line, in which order."""
    event = make_event(places["compound_a1"], capacity=capacity)
    people = [make_guest(places["home"]) for _ in range(6)]
    going, line = {}, []
    now = NOW
    for what, who, companions in steps:
        now += timedelta(seconds=1)
        person = people[who]
        if what == "cancel":
            for row in Signup.objects.filter(event=event, person=person):
                cancel_signup(signup=row.pk, by=Actor(person=person), now=now)
            going.pop(who, None)
            line = [one for one in line if one[0] != who]
        elif _join(event, person, companions, now):
            _model_join(going, line, capacity, who, 1 + companions)
        _model_settle(going, line, capacity)
        event = Event.objects.get(pk=event.pk)
        rows = {row.person_id: row for row in Signup.objects.filter(event=event)}
        real = {
            n: rows[one.pk].seats
            for n, one in enumerate(people)
            if one.pk in rows and rows[one.pk].state == "going"
        }
        waits = sorted(
            (row for row in rows.values() if row.state == "waiting"), key=lambda row: (row.at, row.pk)
        )
        assert real == going and event.taken == sum(going.values()) <= capacity
        assert [(people.index(row.person), row.seats) for row in waits] == line


def _join(event, person, companions, now):
    try:
        join(event, person, companions, now=now)
    except UserError:
        return False
    return True


def _model_join(going, line, capacity, who, seats):
    if who in going:
        going[who] = seats
    elif any(one[0] == who for one in line):
        line[:] = [(who, seats) if one[0] == who else one for one in line]
    elif not line and sum(going.values()) + seats <= capacity:
        going[who] = seats
    else:
        line.append((who, seats))


def _model_settle(going, line, capacity):
    while line and sum(going.values()) + line[0][1] <= capacity:
        who, seats = line.pop(0)
        going[who] = seats
