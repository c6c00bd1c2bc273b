"""Several at once: on the embedded and on the large database alike."""

from datetime import timedelta

import pytest

from linli.common import clock
from linli.common.errors import UserError
from linli.common.ids import uuid7
from linli.common.tests.at_once_kit import at_once
from linli.forum.actions.posts import write_post
from linli.forum.models import Board, Post, Topic

from .factories import make_forum, neighbour, topic_by

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def test_replies_at_once_are_numbered_one_after_another():
    forum = make_forum()
    topic = topic_by(neighbour(forum), forum.board)
    people = [neighbour(forum, f"邻居{n}") for n in range(6)]
    now = clock.now()
    posts = at_once(
        *[
            lambda p=p: write_post(by=p, topic=topic, text=f"{p.person.display_name}来了", now=now)
            for p in people
        ]
    )
    assert all(isinstance(post, Post) for post in posts), posts
    assert sorted(post.number for post in posts) == [2, 3, 4, 5, 6, 7]
    topic.refresh_from_db()
    assert (topic.last_number, topic.replies) == (7, 6)
    assert Board.objects.get(pk=forum.board.pk).posts == 7


def test_the_same_form_pressed_twice_at_once_makes_one_post():
    forum = make_forum()
    lin = neighbour(forum)
    topic, key, now = topic_by(lin, forum.board), uuid7(), clock.now()
    posts = at_once(
        *[lambda: write_post(by=lin, topic=topic, text="一句", key=key, now=now) for _ in range(4)]
    )
    assert {post.pk for post in posts} == {Post.objects.get(topic=topic, number=2).pk}
    assert Post.objects.filter(topic=topic).count() == 2


def test_whoever_is_late_at_a_closed_topic_is_told_and_nothing_is_counted():
    forum = make_forum()
    lin = neighbour(forum)
    topic, now = topic_by(lin, forum.board), clock.now()
    Topic.objects.filter(pk=topic.pk).update(closed_at=now - timedelta(seconds=1))
    said = at_once(*[lambda: write_post(by=lin, topic=topic, text="晚了", now=now) for _ in range(2)])
    assert all(isinstance(one, UserError) for one in said)
    topic.refresh_from_db()
    assert (topic.last_number, topic.replies) == (1, 0)
