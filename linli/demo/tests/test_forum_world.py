"""Ninety days of talk in the demo: whole, counted right, seen by whom it may be seen."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import F

from linli.areas.api import Area, Level
from linli.common.privacy_check import find_private
from linli.demo import actors, forum_world
from linli.demo import world as demo
from linli.forum.access import may_read_topic
from linli.forum.actions.polls import recount_polls
from linli.forum.actions.repair import repair_counters
from linli.forum.actions.writing import standing_of
from linli.forum.models import Ballot, Board, Mention, Poll, Post, Reading, Topic
from linli.forum.rules import Audience, PostState
from linli.people.models import Person

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
NEEDED = ("地方", "机构", "人物", "居民", "任职", "公告")


def _built() -> demo.World:
    """The world as far as the forum needs it."""
    world = demo.World(now=NOW, rng=random.Random(demo.SEED))
    for label, build in demo.BUILDERS:
        if label.startswith(NEEDED) or build is forum_world.build:
            build(world)
    return world


@pytest.fixture(scope="class")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield _built()
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestForumWorld:
    def test_it_is_as_much_as_a_street_says_in_ninety_days(self, world):
        assert Topic.objects.filter(source="").count() >= 400
        assert Post.objects.count() >= 4000
        assert Poll.objects.count() >= 15
        assert Post.objects.filter(unnamed=True).count() >= 12
        assert Post.objects.filter(unnamed=True).exclude(topic__board__reads=Audience.OWN).count() == 0
        assert not Post.objects.filter(at__gt=NOW).exists()
        assert not Topic.objects.filter(source="", at__lt=NOW - timedelta(days=93)).exists()

    def test_every_board_of_every_place_has_topics(self, world):
        places = Area.objects.filter(level__in=[Level.COMMUNITY, Level.COMPOUND])
        assert Board.objects.filter(theme="", place__in=places).count() == places.count() == 10
        assert not Board.objects.filter(topics=0).exists()

    def test_all_counters_are_right_so_that_the_repair_finds_nothing(self, world):
        assert str(repair_counters(now=NOW, mend=False)) == "0"
        assert recount_polls() == 0
        assert Board.objects.exclude(posts__gte=F("topics")).count() == 0
        assert (
            sum(Board.objects.values_list("posts", flat=True))
            == Post.objects.filter(state=PostState.SHOWN).count()
        )

    def test_posts_are_numbered_by_the_time_of_writing(self, world):
        rows = Post.objects.order_by("topic_id", "number").values_list("topic_id", "number", "at")
        before = {}
        for topic, number, at in rows:
            last = before.get(topic, (0, datetime.min.replace(tzinfo=UTC)))
            assert number == last[0] + 1 and at >= last[1], (topic, number)
            before[topic] = (number, at)

    def test_every_post_is_cooked_and_calls_reach_offices(self, world):
        assert not Post.objects.filter(cooked="").exists() and not Post.objects.filter(article="").exists()
        assert Post.objects.filter(article__contains="{").count() == 0
        assert Mention.objects.filter(body__isnull=False).count() >= 3

    def test_nothing_that_looks_like_somebodys_data_is_said(self, world):
        assert [
            str(one)
            for text in Post.objects.filter(topic__source="").values_list("text", flat=True)
            for one in find_private(text)
        ] == []

    def test_many_voices_speak_and_each_under_what_he_is(self, world):
        people = Counter(Post.objects.filter(body=None).values_list("author", flat=True))
        assert len(people) >= 350 and max(people.values()) < 80
        posts = Post.objects.filter(body=None, unnamed=False, for_person=None).select_related(
            "author", "topic__board__place"
        )
        for post in posts.order_by("pk")[::97]:
            actor = actors.oneself(world, post.author)
            assert (post.standing, post.badge) == standing_of(actor, post.topic.board), post
            assert post.topic.board.reads == Audience.OFFICES or may_read_topic(actor, post.topic)

    def test_personas_have_read_unevenly(self, world):
        he = Person.objects.get(demo_key="he")
        read = Reading.objects.filter(person=he, topic__board__place__name="纺机新村")
        assert read.filter(number=F("topic__last_number")).count() > 5
        assert read.filter(number__lt=F("topic__last_number")).exists()
        assert (
            Topic.objects.filter(board__place__name="纺机新村", board__theme="")
            .exclude(pk__in=read.values("topic"))
            .exists()
        )

    def test_each_home_or_person_votes_once(self, world):
        for poll in Poll.objects.all():
            voters = list(Ballot.objects.filter(poll=poll).values_list("person", "home"))
            assert len(voters) == len(set(voters)) == poll.ballots > 0


@pytest.mark.django_db
def test_the_same_seed_makes_the_same_forum():
    made = []
    for _n in range(2):
        with transaction.atomic():
            _built()
            posts = Post.objects.order_by("topic__at", "topic__title", "number")
            made.append(
                list(
                    posts.values_list(
                        "topic__title",
                        "number",
                        "text",
                        "author__display_name",
                        "at",
                        "agreed",
                        "topic__readers",
                    )
                )
            )
            transaction.set_rollback(True)
    assert made[0] == made[1]
