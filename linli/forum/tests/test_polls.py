"""Opening polls and voting: one vote a person or a home, exact counters, no vote after the end."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from linli.common.errors import NotAllowed, UserError
from linli.common.tests.cache_kit import at_once
from linli.forum.actions.polls import (
    close_poll,
    forget_voter,
    merge_voters,
    recount_polls,
    take_back,
    vote,
)
from linli.forum.models import Ballot, Choice, Poll, PollOption, Topic
from linli.forum.queries.polls import lines_of, voters_of
from linli.people.models import Mandate
from linli.people.policy import Actor
from linli.people.rules import MandateHow, ResidencyKind
from linli.people.tests.factories import make_person, make_residency

from .factories import NOW, actor_of, make_forum, neighbour, newcomer, officer, topic_by
from .reading_kit import counted, options_of, poll_at


@pytest.fixture
def forum(db):
    return make_forum()


@pytest.fixture
def topic(forum):
    return topic_by(neighbour(forum), forum.board)


def asker(topic):
    return actor_of(topic.author)


def test_a_vote_counts_once_and_may_be_changed_until_the_end(forum, topic):
    poll = poll_at(topic, asker(topic))
    one, two, _three = options_of(poll)
    voter = neighbour(forum, "孔祥生")
    vote(poll=poll.pk, chosen={one}, by=voter, now=NOW)
    vote(poll=poll.pk, chosen={one}, by=voter, now=NOW)
    poll.refresh_from_db()
    assert poll.ballots == 1 and counted(poll) == [1, 0, 0], "the same vote twice is one vote"
    vote(poll=poll.pk, chosen={two}, by=voter, now=NOW)
    assert counted(poll) == [0, 1, 0] and Choice.objects.count() == 1


def test_several_answers_count_where_the_poll_allows_them(forum, topic):
    poll = poll_at(topic, asker(topic), several=True)
    keys = options_of(poll)
    vote(poll=poll.pk, chosen={keys[0], keys[2]}, by=neighbour(forum, "孔祥生"), now=NOW)
    assert counted(poll) == [1, 0, 1]
    line = lines_of([poll.pk], asker(topic), NOW)[poll.pk]
    assert [option.percent for option in line.options] == [100, 0, 100]


def test_a_single_choice_refuses_two_and_an_empty_one(forum, topic):
    poll = poll_at(topic, asker(topic))
    for chosen in (set(options_of(poll)[:2]), set(), {999_999}):
        with pytest.raises(UserError):
            vote(poll=poll.pk, chosen=chosen, by=neighbour(forum, "孔祥生"), now=NOW)
    assert not Ballot.objects.exists()


def test_nobody_votes_after_the_end_or_takes_a_vote_back(forum, topic):
    poll = poll_at(topic, asker(topic))
    voter, late = neighbour(forum, "孔祥生"), NOW + timedelta(days=8)
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=voter, now=NOW)
    with pytest.raises(UserError, match="截止"):
        vote(poll=poll.pk, chosen={options_of(poll)[1]}, by=voter, now=late)
    with pytest.raises(UserError, match="截止"):
        take_back(poll=poll.pk, by=voter, now=late)
    assert counted(poll) == [1, 0, 0]


def test_a_poll_closed_before_its_time_is_over_at_once(forum, topic):
    poll = poll_at(topic, asker(topic))
    with pytest.raises(NotAllowed):
        close_poll(poll=poll.pk, by=neighbour(forum, "孔祥生"), now=NOW)
    close_poll(poll=poll.pk, by=officer(forum, "committee"), now=NOW + timedelta(hours=1))
    closed = close_poll(poll=poll.pk, by=asker(topic), now=NOW + timedelta(hours=2))
    assert closed.closed_at == NOW + timedelta(hours=1)
    with pytest.raises(UserError, match="截止"):
        vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=neighbour(forum, "胡阿姨"), now=NOW + timedelta(hours=2))


def test_a_vote_taken_back_is_no_longer_counted(forum, topic):
    poll = poll_at(topic, asker(topic))
    voter = neighbour(forum, "孔祥生")
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=voter, now=NOW)
    assert take_back(poll=poll.pk, by=voter, now=NOW) and not take_back(poll=poll.pk, by=voter, now=NOW)
    poll.refresh_from_db()
    assert poll.ballots == 0 and counted(poll) == [0, 0, 0]


def test_residents_vote_for_themselves_and_offices_strangers_and_mandates_do_not(forum, topic):
    poll = poll_at(topic, asker(topic))
    agent = neighbour(forum, "代办的人")
    mandate = Mandate.objects.create(
        principal=make_person("沈奶奶"), agent=agent.person, scopes=["all"], how=MandateHow.ONLINE, since=NOW.date(),
        until=NOW.date() + timedelta(days=9), recorded_at=NOW, recorded_by=agent.person,
    )  # fmt: skip
    agent.mandate = mandate
    for who in (newcomer(), officer(forum), neighbour(forum, "外小区", place="compound_b1"), agent, Actor()):
        with pytest.raises(NotAllowed):
            vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=who, now=NOW)
    assert not Ballot.objects.exists()


def test_a_home_has_one_vote_whoever_of_it_casts_it(forum, topic):
    poll = poll_at(topic, asker(topic), per="home")
    first = neighbour(forum, "何立群")
    home = first.stays[0].area_id
    second = make_person("何太太")
    make_residency(second, forum.places["entrance"].children.get(pk=home), ResidencyKind.FAMILY)
    one, two, _three = options_of(poll)
    vote(poll=poll.pk, chosen={one}, by=first, now=NOW)
    vote(poll=poll.pk, chosen={two}, by=actor_of(second), now=NOW)
    poll.refresh_from_db()
    assert poll.ballots == 1 and counted(poll) == [0, 1, 0]
    with pytest.raises(UserError) as error:
        vote(poll=poll.pk, chosen={one}, by=first, now=NOW, home=forum.places["home2"].pk)
    assert error.value.field == "home"


def test_who_owns_two_homes_says_for_which_he_votes(forum, topic):
    poll = poll_at(topic, asker(topic), per="home")
    owner = neighbour(forum, "何立群")
    make_residency(owner.person, forum.places["home2"])
    owner = actor_of(owner.person)
    with pytest.raises(UserError) as error:
        vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=owner, now=NOW)
    assert error.value.field == "home"
    for stay in owner.stays:
        vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=owner, now=NOW, home=stay.area_id)
    assert counted(poll) == [2, 0, 0]
    assert [home.voted for home in lines_of([poll.pk], owner, NOW)[poll.pk].homes] == [True, True]


def test_results_stay_hidden_until_the_end_where_asked_for(forum, topic):
    poll = poll_at(topic, asker(topic), hidden=True)
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=neighbour(forum, "孔祥生"), now=NOW)
    open_line = lines_of([poll.pk], asker(topic), NOW)[poll.pk]
    assert not open_line.shown and [option.votes for option in open_line.options] == [None] * 3
    over = lines_of([poll.pk], Actor(), NOW + timedelta(days=8))[poll.pk]
    assert over.shown and [option.percent for option in over.options] == [100, 0, 0]


def test_who_chose_what_is_told_of_open_votes_alone(forum, topic):
    poll = poll_at(topic, asker(topic), named=True)
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=neighbour(forum, "孔祥生"), now=NOW)
    assert voters_of(poll) == {options_of(poll)[0]: ["孔祥生"]}
    poll.named = False
    assert voters_of(poll) == {}


def test_a_poll_stands_below_ones_own_post_once(forum, topic):
    with pytest.raises(NotAllowed):
        poll_at(topic, neighbour(forum, "孔祥生"))
    poll_at(topic, asker(topic))
    with pytest.raises(UserError):
        poll_at(topic, asker(topic))
    assert Poll.objects.count() == 1


def test_two_accounts_of_one_person_have_one_vote(forum, topic):
    poll = poll_at(topic, asker(topic))
    keep, drop = neighbour(forum, "孔祥生"), neighbour(forum, "孔祥生二")
    for who, nth in ((keep, 0), (drop, 1)):
        vote(poll=poll.pk, chosen={options_of(poll)[nth]}, by=who, now=NOW)
    for _again in range(2):
        merge_voters(keep=keep.person_id, drop=drop.person_id)
    poll.refresh_from_db()
    assert poll.ballots == 1 and counted(poll) == [1, 0, 0]
    forget_voter(person=keep.person_id)
    assert Ballot.objects.get().person_id is None and counted(poll) == [1, 0, 0]


def test_a_vote_raises_the_topics_version(forum, topic):
    poll = poll_at(topic, asker(topic))
    before = Topic.objects.get(pk=topic.pk).version
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=neighbour(forum, "孔祥生"), now=NOW)
    assert Topic.objects.get(pk=topic.pk).version > before


def test_the_repair_sets_counters_to_what_the_rows_say(forum, topic):
    poll = poll_at(topic, asker(topic))
    vote(poll=poll.pk, chosen={options_of(poll)[0]}, by=neighbour(forum, "孔祥生"), now=NOW)
    assert recount_polls() == 0
    PollOption.objects.update(votes=9)
    Poll.objects.update(ballots=9)
    assert recount_polls() == 1
    poll.refresh_from_db()
    assert poll.ballots == 1 and counted(poll) == [1, 0, 0]


@pytest.mark.django_db(transaction=True)
@pytest.mark.database
def test_votes_of_many_at_once_are_all_counted():
    forum = make_forum()
    topic = topic_by(neighbour(forum), forum.board)
    poll = poll_at(topic, actor_of(topic.author))
    keys = options_of(poll)
    voters = [neighbour(forum, f"邻居{n}") for n in range(6)]
    at_once(6, lambda n: vote(poll=poll.pk, chosen={keys[n % 2]}, by=voters[n], now=NOW))
    same = neighbour(forum, "按了两下")
    at_once(2, lambda n: vote(poll=poll.pk, chosen={keys[2]}, by=same, now=NOW))
    poll.refresh_from_db()
    assert poll.ballots == 7 and counted(poll) == [3, 3, 1]
    assert Choice.objects.count() == 7


class EveryOrderOfVotes(HypothesisTestCase):
    """Whatever is voted, changed and taken back in which order: the counters are the rows."""

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 3), st.sets(st.integers(0, 2), max_size=3)), max_size=12))
    def test_counters_are_the_rows(self, steps):
        forum = make_forum()
        topic = topic_by(neighbour(forum), forum.board)
        poll = poll_at(topic, actor_of(topic.author), several=True)
        keys = options_of(poll)
        voters = [neighbour(forum, f"邻居{n}") for n in range(4)]
        for who, chosen in steps:
            if chosen:
                vote(poll=poll.pk, chosen={keys[n] for n in chosen}, by=voters[who], now=NOW)
            else:
                take_back(poll=poll.pk, by=voters[who], now=NOW)
        assert recount_polls() == 0
        assert sum(counted(poll)) == Choice.objects.filter(ballot__poll=poll).count()
