"""Writing asks as little of an old forum as of a new one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.common import outbox
from linli.forum.models import Post, Reading, Topic
from linli.forum.rules import Following

from .factories import NOW, make_forum, neighbour, officer, reply_by, topic_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LATER = NOW + timedelta(days=1)


@pytest.fixture
def forum():
    return make_forum()


def asked_by(work):
    """How many statements, without those that begin and end a transaction."""
    with CaptureQueriesContext(connection) as asked:
        work()
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_a_reply_takes_seventeen_statements_whatever_stands_there(forum, settings):
    settings.LINLI_PAGE_CACHE = True
    lin, he = neighbour(forum), neighbour(forum, "何立群")
    topic = topic_by(lin, forum.board)
    reply_by(he, topic, now=LATER)
    few = asked_by(lambda: reply_by(he, topic, "我数了，一共五盏。", now=LATER))
    for n in range(30):
        reply_by(neighbour(forum, f"邻居{n}"), topic, f"第 {n} 盏。", now=LATER + timedelta(seconds=n))
    many = asked_by(lambda: reply_by(he, topic, "修好了两盏。", now=LATER + timedelta(minutes=1)))
    assert few <= 16, few
    assert many <= 17, many  # whether a wave of newcomers is under way
    assert (topic_now := Topic.objects.get(pk=topic.pk)).last_number == topic_now.replies + 1 == 34


def test_a_reply_is_told_of_in_few_statements(forum):
    lin, he = neighbour(forum), neighbour(forum, "何立群")
    topic = topic_by(lin, forum.board, now=LATER)
    reply_by(he, topic, now=LATER)
    outbox.run(LATER)
    reply_by(he, topic, now=LATER)
    assert asked_by(lambda: outbox.run(LATER)) <= 11


def test_who_muted_a_topic_reads_on_without_following_it_again(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    mine = Reading.objects.filter(person=lin.person_id, topic=topic)
    assert mine.get().following == Following.FOLLOWED
    for following in (Following.MUTED, Following.NONE):
        mine.update(following=following, number=50)
        reply_by(lin, topic, now=LATER)
        row = mine.get()
        assert row.number == 50 and row.at < LATER
        assert row.following == (Following.MUTED if following == Following.MUTED else Following.FOLLOWED)


def test_a_fresh_post_is_as_one_that_is_cooked_again(forum):
    from linli.forum.actions.writing import dish

    lin, office = neighbour(forum), officer(forum)
    topic = topic_by(lin, forum.board)
    posts = [
        reply_by(lin, topic, "**明天**来人，@林小满 看一下。"), reply_by(office, topic, "收到。", as_office=True, reply_to=1),
        reply_by(office, topic, "我自己也去。"), reply_by(lin, topic, "谢谢"),
    ]  # fmt: skip
    for post in posts:
        stored = Post.objects.get(pk=post.pk)
        dish(Post.objects.select_related("topic__board__place").get(pk=post.pk))
        again = Post.objects.get(pk=post.pk)
        assert (stored.cooked, stored.article) == (again.cooked, again.article)
        assert stored.article and f"/posts/{post.pk}/" in stored.article
