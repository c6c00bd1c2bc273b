"""Questions written once say what Django says, for every key, with what is joined to them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.forum.models import Post, Reaction, Topic
from linli.forum.queries.posts import reacted, rows_of_page
from linli.forum.queries.topics import newest_of, topic_at
from linli.people.tests.factories import make_person

from .factories import NOW, make_forum, neighbour, officer, reply_by, topic_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def talk():
    forum = make_forum()
    mine, office = neighbour(forum), officer(forum)
    first, second = topic_by(mine, forum.board), topic_by(office, forum.board, as_office=True)
    for n in range(3):
        reply_by(office, first, f"已经派人去看第 {n} 盏了。", as_office=True)
        reply_by(mine, second, f"谢谢，第 {n} 盏亮了。")
    return forum, first, second


def test_a_topic_comes_with_its_board_place_author_and_offices_in_one_statement(talk):
    _forum, first, second = talk
    topic_at(first.pk)
    for topic in (first, second):
        whole = Topic.objects.select_related("board__place", "author", "body", "answered_by").get(pk=topic.pk)
        with CaptureQueriesContext(connection) as asked:
            found = topic_at(topic.pk)
            joined = [found.board, found.board.place, found.author, found.body, found.answered_by, found.merged_into]
        assert len(asked) == 1
        assert joined == [whole.board, whole.board.place, whole.author, whole.body, whole.answered_by, None]
        assert {f.attname: getattr(found, f.attname) for f in Topic._meta.concrete_fields} == {
            f.attname: getattr(whole, f.attname) for f in Topic._meta.concrete_fields
        }
        assert found.board.place.path == whole.board.place.path
    assert topic_at(10**9) is None


def test_a_found_topic_can_be_changed_and_saved(talk):
    _forum, first, _second = talk
    found = topic_at(first.pk)
    found.title = "换个名字"
    found.save()
    assert Topic.objects.get(pk=first.pk).title == "换个名字"


def test_the_posts_of_a_page_are_those_of_its_own_topic(talk):
    _forum, first, second = talk
    for topic in (first, second, first):
        posts = list(Post.objects.filter(topic=topic).order_by("number"))
        assert [(row.pk, row.number, row.author, row.body, row.at, row.article) for row in rows_of_page(topic.pk, 1)] == [
            (post.pk, post.number, post.author_id, post.body_id, post.at, post.article) for post in posts
        ]
    assert rows_of_page(first.pk, 2) == []


def test_the_newest_of_one_board_are_as_those_of_several(talk):
    forum, first, _second = talk
    first.tags.create(word="路灯")
    several = newest_of([forum.board.pk, forum.wide.pk], 6, NOW)
    assert newest_of([forum.board.pk], 6, NOW) == several
    assert len(several) == 2
    assert several[-1].tags == ["路灯"]
    assert newest_of([forum.other.pk], 6, NOW) == []
    assert len(newest_of([forum.board.pk], 1, NOW)) == 1


def test_what_a_reader_pressed_is_his_own_and_on_this_page(talk):
    _forum, first, second = talk
    rows, others = rows_of_page(first.pk, 1), rows_of_page(second.pk, 1)
    reader, other = make_person("林小满"), make_person("何立群")
    Reaction.objects.create(post_id=rows[1].pk, person=reader, kind="agree")
    Reaction.objects.create(post_id=others[1].pk, person=reader, kind="thank")
    Reaction.objects.create(post_id=rows[2].pk, person=other, kind="agree")
    assert reacted(reader.pk, rows) == {(rows[1].pk, "agree")}
    assert reacted(other.pk, others) == reacted(reader.pk, []) == frozenset()

