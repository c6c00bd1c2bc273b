"""Pages of signed-in readers that are kept but for what is one's own: nobody sees anything of another, nothing is late."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from linli.common import clock
from linli.common.ids import uuid7
from linli.common.pagecache import parts
from linli.design.outline import _nodes
from linli.forum.actions.drafts import save_draft
from linli.forum.actions.reactions import toggle_reaction
from linli.forum.models import Post, Topic
from linli.messaging.models import Box
from linli.people.models import Post as Held
from linli.people.models import Residency
from linli.people.rules import Role
from linli.people.tests.factories import make_post

from .factories import NOW, make_forum, neighbour, officer, reply_by, topic_by

pytestmark = pytest.mark.django_db
CANARY = "金丝雀"


@pytest.fixture(autouse=True)
def keeping(settings, monkeypatch):
    settings.LINLI_PAGE_CACHE = 16
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    parts.forget()
    yield
    parts.forget()


@pytest.fixture
def forum():
    return make_forum()


def client_of(actor):
    client = Client()
    client.force_login(actor.person)
    return client


def page_of(client, topic):
    answer = client.get(f"/topics/{topic.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_is_kept_holds_nothing_of_its_readers(forum):
    topic = topic_by(neighbour(forum), forum.board)
    reader = neighbour(forum, CANARY)
    save_draft(by=reader, at_what=f"topic:{topic.pk}", text="金丝雀的草稿", now=NOW, key=uuid7())
    toggle_reaction(post=Post.objects.get().pk, kind="agree", by=reader, now=NOW)
    client = client_of(reader)
    for address in (f"/topics/{topic.pk}/", "/forum/", "/forum/near/"):
        answer = client.get(address)
        assert answer.status_code == 200 and CANARY in answer.content.decode()
    held = "".join(repr(part) for part in parts._parts.values())
    assert "outline" in repr(list(parts._parts)) and CANARY not in held and "csrfmiddlewaretoken" not in held
    assert str(reader.person_id) not in repr(parts._parts)


def test_two_readers_see_each_his_own_in_the_same_outline(forum):
    topic = topic_by(neighbour(forum), forum.board, "步道的灯")
    first, second = neighbour(forum, "甲"), neighbour(forum, "乙")
    post = Post.objects.get()
    toggle_reaction(post=post.pk, kind="agree", by=first, now=NOW)
    save_draft(by=first, at_what=f"topic:{topic.pk}", text="写了一半", now=NOW, key=uuid7())
    Box.objects.create(person=first.person, unread=3)
    mine, yours = page_of(client_of(first), topic), page_of(client_of(second), topic)
    pressed = f'value="agree:{post.pk}" aria-pressed="true"'
    assert pressed in mine and "写了一半" in mine and '<span class="cnt">3</span>' in mine
    assert pressed not in yours and "写了一半" not in yours and '<span class="cnt">' not in yours
    assert "以“甲”的名义" in mine and "以“乙”的名义" in yours and "甲" not in yours.replace("甲乙", "")
    tokens = [set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)) for page in (mine, yours)]
    assert all(len(some) == 1 for some in tokens) and tokens[0] != tokens[1]
    assert "<!--own" not in mine + yours


def test_a_visitor_sees_no_form_and_a_reader_his_own_posts_buttons(forum):
    writer = neighbour(forum)
    topic = topic_by(writer, forum.board)
    post = Post.objects.get()
    visitor, reader = page_of(Client(), topic), page_of(client_of(neighbour(forum, "乙")), topic)
    assert "<form method=\"post\"" not in visitor and 'name="key"' not in visitor
    assert f"/posts/{post.pk}/report/" in reader and f"/posts/{post.pk}/edit/" not in reader
    assert f"/posts/{post.pk}/edit/" in page_of(client_of(writer), topic)


def test_what_is_said_closed_or_renamed_is_there_at_the_next_request(forum):
    writer, client = neighbour(forum), client_of(neighbour(forum, "乙"))
    topic = topic_by(writer, forum.board, "步道的灯")
    assert "0 条回复" in page_of(client, topic)
    reply_by(writer, topic, "亮了。", now=NOW)
    assert "1 条回复" in page_of(client, topic) and "亮了。" in page_of(client, topic)
    Topic.objects.filter(pk=topic.pk).update(closed_at=NOW)
    assert "这个话题关上了" in page_of(client, topic)
    assert "这个话题关上了" in page_of(Client(), topic)


def test_a_home_that_was_left_is_felt_at_the_next_request(forum):
    reader = neighbour(forum, "乙")
    client, topic = client_of(reader), topic_by(neighbour(forum), forum.board)
    assert 'id="reply"' in page_of(client, topic)
    Residency.objects.filter(person=reader.person).update(until=clock.local_date(NOW))
    assert 'id="reply"' not in page_of(client, topic) and "去认证" in page_of(client, topic)
    assert "认好住处" in client.get("/forum/").content.decode()


def test_a_post_that_ended_is_felt_at_the_next_request(forum):
    clerk = officer(forum, "committee")
    client, topic = client_of(clerk), topic_by(neighbour(forum), forum.board)
    manage = f"/desk/forum/topics/{topic.pk}/"
    assert manage in page_of(client, topic)
    Held.objects.filter(person=clerk.person).update(until=clock.local_date(NOW))
    page = page_of(client, topic)
    assert manage not in page and "工作台" not in page
    make_post(clerk.person, Held.objects.get(person=clerk.person).body, Role.RESIDENTS_COMMITTEE)
    assert manage in page_of(client, topic)


def test_the_outline_speaks_the_readers_language_and_mode(forum):
    topic, client = topic_by(neighbour(forum), forum.board), client_of(neighbour(forum, "乙"))
    assert 'lang="zh-Hans"' in page_of(client, topic)
    client.cookies["linli_lang"], client.cookies["linli_mode"] = "en", "elder"
    page = page_of(client, topic)
    assert 'lang="en"' in page and 'data-mode="elder"' in page and "Posting as “乙”. Say where" in page


def test_every_mark_is_a_part_of_its_own():
    assert len({node.mark for node in _nodes}) == len(_nodes)


@pytest.mark.parametrize(("address", "most"), [("/topics/{}/", 8), ("/forum/", 12)])
def test_a_readers_pages_ask_little(forum, django_assert_max_num_queries, address, most):
    topic = topic_by(neighbour(forum), forum.board)
    reply_by(reader := neighbour(forum, "乙"), topic, "看见了。", now=NOW)
    client = client_of(reader)
    for _ in range(2):
        client.get(address.format(topic.pk))
    with django_assert_max_num_queries(most):
        assert client.get(address.format(topic.pk)).status_code == 200
