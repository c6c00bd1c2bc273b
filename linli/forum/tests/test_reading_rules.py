"""Pure rules of reading, polls and telling."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.common.errors import UserError
from linli.forum import told
from linli.forum.poll_rules import MOST, PollFacts, check_choice, check_facts, is_over, shares
from linli.forum.reading_rules import FIRST, LONGEST, PAUSE, first_unread, visited
from linli.forum.telling_rules import Written, directly, hour_end, hour_of, told_key

NOW = datetime(2026, 5, 19, 8, 20, tzinfo=UTC)
counts = st.lists(st.integers(0, 5000), min_size=2, max_size=12)


def facts(**more):
    return PollFacts(**{"question": "要不要加灯？", "options": ("加", "不加"), "ends_at": NOW + timedelta(days=7), **more})


@given(counts)
def test_shares_of_a_single_choice_add_up_to_a_hundred_and_are_never_a_whole_per_cent_off(votes):
    ballots = sum(votes)
    found = shares(votes, ballots, several=False)
    assert sum(found) == (100 if ballots else 0)
    for share, count in zip(found, votes, strict=True):
        assert ballots == 0 or abs(share * ballots - 100 * count) < ballots


@given(counts)
def test_more_votes_never_have_a_smaller_share(votes):
    found = shares(votes, sum(votes), several=False)
    for one, first in zip(found, votes, strict=True):
        assert all(one >= other for other, second in zip(found, votes, strict=True) if first > second)


@given(st.lists(st.integers(0, 100), min_size=2, max_size=12))
def test_shares_of_several_choices_are_each_rounded_alone(votes):
    found = shares(votes, 100, several=True)
    assert found == votes


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"options": ("加",)}, "options"),
        ({"options": ()}, "options"),
        ({"options": tuple(str(n) for n in range(MOST + 1))}, "options"),
        ({"options": ("加", " 加")}, "options"),
        ({"options": ("加", "")}, "options"),
        ({"options": ("加", "多" * 41)}, "options"),
        ({"question": ""}, "question"),
        ({"question": "问" * 61}, "question"),
        ({"ends_at": NOW}, "ends_day"),
        ({"ends_at": NOW + timedelta(days=91)}, "ends_day"),
    ],
)
def test_a_poll_that_cannot_be_says_where_it_is_wrong(more, field):
    with pytest.raises(UserError) as error:
        check_facts(facts(**more), NOW)
    assert error.value.field == field


def test_a_poll_of_two_options_is_enough():
    check_facts(facts(), NOW)


@pytest.mark.parametrize(("chosen", "several"), [(set(), True), ({1, 2}, False), ({9}, True), ({1, 9}, True)])
def test_a_choice_that_cannot_be_is_refused(chosen, several):
    with pytest.raises(UserError):
        check_choice(chosen, {1, 2, 3}, several=several)


def test_a_poll_is_over_at_its_end_or_when_it_was_closed():
    assert is_over(NOW, None, NOW) and is_over(NOW + FIRST, NOW, NOW) and not is_over(NOW + FIRST, None, NOW)


def test_a_visit_begins_after_a_pause_and_looks_back_sixty_days_at_most():
    first = visited(None, None, NOW)
    assert first.since == NOW - FIRST and first.write
    same = visited(first.since, NOW, NOW + timedelta(minutes=3))
    assert same.since == first.since and not same.write
    later = visited(first.since, NOW, NOW + PAUSE + timedelta(minutes=1))
    assert later.since == NOW and later.write
    assert visited(NOW - timedelta(days=300), NOW - timedelta(days=200), NOW).since == NOW - LONGEST


def test_one_goes_on_after_the_last_post_that_one_read():
    assert first_unread(41, 46) == 42 and first_unread(46, 46) == 46 and first_unread(0, 3) == 1


def test_the_closest_reason_counts_and_nobody_is_told_of_his_own_words():
    writer, opener, answered, named = uuid4(), uuid4(), uuid4(), uuid4()
    written = Written(5, frozenset({writer}), opener, answered, (named, answered))
    assert directly(written) == {named: told.NAMED, answered: told.NAMED, opener: told.REPLIED}
    own = Written(5, frozenset({opener}), opener, None, ())
    assert directly(own) == {}
    assert directly(Written(1, frozenset({writer}), opener, None, ())) == {}, "opening a topic is no reply to it"


def test_messages_of_a_topic_are_one_an_hour_and_person():
    person = uuid4()
    assert told_key(7, NOW, person) == told_key(7, NOW + timedelta(minutes=39), person)
    assert told_key(7, NOW, person) != told_key(7, NOW + timedelta(minutes=41), person)
    assert hour_end(NOW) == datetime(2026, 5, 19, 9, 0, tzinfo=UTC) and hour_of(NOW) == "2026051908"
