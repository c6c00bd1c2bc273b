"""What a reader sees and presses: marks, follows, new replies, tags, his own posts."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.forum.actions.reading import move_forward
from linli.forum.models import Follow, Post, Reaction, Reading, Topic
from linli.forum.rules import Following
from linli.people.rules import Role
from linli.people.tests.factories import make_person, make_post
from linli.sites.api import site_of

from .factories import NOW, make_forum, neighbour, newcomer, officer, reply_by, topic_by
from .reading_kit import Time, as_, first, poll_at, text, url
from .test_reading_actions import notice, on_notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    return Time(monkeypatch)


@pytest.fixture
def forum():
    return make_forum()


def test_reading_a_topic_moves_the_mark_and_shows_what_is_new(forum, client, time):
    asker, reader = neighbour(forum), neighbour(forum, "苗苗")
    topic = topic_by(asker, forum.board)
    as_(client, reader).get(url("topic", topic.pk))
    assert Reading.objects.get(person=reader.person).number == 1
    reply_by(asker, topic, "有新消息。", now=NOW + timedelta(minutes=61))
    time.now = NOW + timedelta(hours=2)
    assert "1 条新" in text(client.get(url("board", forum.board.pk)))
    to = client.get(url("first_unread", topic.pk))
    assert to.url == f"/topics/{topic.pk}/#f2"
    page = text(client.get(url("topic", topic.pk)))
    assert "上次看到这里，下面 1 条是新的" in page
    assert "条新" not in text(client.get(url("board", forum.board.pk)))


def test_new_replies_come_as_a_bar_and_then_as_articles(forum, client):
    asker, reader = neighbour(forum), neighbour(forum, "苗苗")
    topic = topic_by(asker, forum.board)
    page = as_(client, reader).get(url("topic", topic.pk)).content.decode()
    assert f'data-hx-get="/topics/{topic.pk}/new-posts/?after=1"' in page and f'href="/topics/{topic.pk}/new/"' in page
    ask = f"{url('new_posts', topic.pk)}?after=1&seen=1"
    assert client.get(ask).status_code == 204
    reply_by(asker, topic, "第二楼", now=NOW)
    reply_by(asker, topic, "第三楼", now=NOW)
    bar = client.get(ask)
    assert "2 条新回复" in text(bar) and 'value="3"' in bar.content.decode() and "第二楼" not in text(bar)
    assert client.get(f"{url('new_posts', topic.pk)}?after=1&seen=3").status_code == 204, "nothing more came"
    assert client.get(ask, headers={"If-None-Match": bar["ETag"]}).status_code == 304
    shown = client.get(f"{url('new_posts', topic.pk)}?after=1&show=1").content.decode()
    assert shown.count("<article") == 2 and "after=3" in shown and 'data-hx-swap-oob="true"' in shown
    assert Reading.objects.get(person=reader.person).number == 3
    for junk in ("after=x", "after=-1&seen=9e9", ""):
        assert client.get(f"{url('new_posts', topic.pk)}?{junk}").status_code == 200


def test_what_one_may_not_read_is_not_asked_for_either(forum, client):
    forum.board.reads = "members"
    forum.board.save()
    topic = topic_by(neighbour(forum), forum.board)
    post = first(topic)
    as_(client, newcomer())
    for name, key in (
        ("new_posts", topic.pk), ("first_unread", topic.pk), ("follow_topic", topic.pk), ("follow_board", forum.board.pk),
        ("follow_author", post.pk), ("react", post.pk), ("solves", post.pk), ("poll_new", post.pk),
    ):  # fmt: skip
        assert client.get(url(name, key)).status_code == 404, name


def test_the_buttons_of_all_posts_are_one_form(forum, client):
    asker, helper = neighbour(forum), neighbour(forum, "孔祥生")
    post = first(topic := topic_by(asker, forum.board))
    page = as_(client, helper).get(url("topic", topic.pk)).content.decode()
    assert page.count('id="acts"') == 1
    assert client.post(url("press", topic.pk), {"do": f"agree:{post.pk}"}).url.endswith("#f1")
    assert Reaction.objects.count() == 1
    one = client.post(url("press", topic.pk), {"do": f"thank:{post.pk}"}, headers={"HX-Request": "true"})
    assert one["HX-Retarget"] == "#f1" and one.content.decode().count('aria-pressed="true"') == 2
    for junk in ("", "agree", f"love:{post.pk}", "agree:0", "agree:" + "9" * 30):
        assert client.post(url("press", topic.pk), {"do": junk}).status_code == 302
    assert Reaction.objects.count() == 2


def test_a_visitor_comes_to_a_page_of_its_own_to_react(forum, client):
    post = first(topic_by(neighbour(forum), forum.board))
    assert "/account/login/" in client.get(url("react", post.pk)).url
    as_(client, neighbour(forum, "孔祥生"))
    assert "同感" in text(client.get(url("react", post.pk)))
    client.post(url("react", post.pk), {"kind": "agree"})
    assert Post.objects.get(pk=post.pk).agreed == 1


def test_following_is_set_and_taken_back(forum, client):
    reader = neighbour(forum, "苗苗")
    topic = topic_by(neighbour(forum), forum.board)
    as_(client, reader)
    for name, key in (("follow_topic", topic.pk), ("follow_board", forum.board.pk), ("follow_author", first(topic).pk)):
        assert client.get(url(name, key)).status_code == 200
        assert client.post(url(name, key), {"following": "1"}).status_code == 302
    assert Reading.objects.get(person=reader.person).following == Following.FOLLOWED and Follow.objects.count() == 2
    page = text(client.get(url("following")))
    assert "林小满" in page and topic.title in page and "纺机新村" in page
    client.post(url("unfollow", Follow.objects.exclude(whom=None).get().pk))
    client.post(url("follow_board", forum.board.pk), {"following": "0"})
    client.post(url("follow_topic", topic.pk), {"following": "-1"})
    assert not Follow.objects.exists() and Reading.objects.get(person=reader.person).following == Following.MUTED
    stranger = Follow.objects.create(person=make_person("别人"), board=forum.board)
    client.post(url("unfollow", stranger.pk))
    assert Follow.objects.filter(pk=stranger.pk).exists(), "only one's own"


def test_the_forum_of_a_reader_shows_what_concerns_him_and_what_is_near(forum, client):
    reader = neighbour(forum, "苗苗")
    topic = topic_by(neighbour(forum), forum.board, "步道的灯")
    topic_by(neighbour(forum, "远的", place="compound_b1"), forum.other, "别处的事", "与我无关。")
    as_(client, reader)
    for name in ("for_you", "near"):
        page = text(client.get(url(name)))
        assert "步道的灯" in page and "别处的事" not in page
    move_forward(person=reader.person.pk, topic=topic.pk, number=1, now=NOW)
    assert client.post(url("all_read")).status_code == 302
    stranger = as_(client, newcomer())
    assert "认我的住处" in text(stranger.get(url("near"))) and "认我的住处" in text(stranger.get(url("for_you")))


def test_an_asker_marks_what_solved_it(forum, client):
    asker, helper = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(asker, forum.board)
    answer = reply_by(helper, topic, now=NOW)
    assert as_(client, helper).get(url("solves", answer.pk)).status_code == 404
    as_(client, asker)
    assert "2 楼解决了问题" in text(client.get(url("solves", answer.pk)))
    client.post(url("solves", answer.pk))
    assert "2 楼解决了" in text(client.get(url("topic", topic.pk)))
    assert topic.title in text(client.get(url("board", forum.board.pk) + "?sort=solved"))


def test_tags_of_a_place_and_the_topics_of_one(forum, client):
    topic_by(neighbour(forum), forum.board, "停车的事", tags="停车，充电")
    slug = site_of(forum.places["community_a"]).slug
    assert "停车" in text(client.get(url("tags", slug)))
    assert "停车的事" in text(client.get(url("tagged", slug, "停车")))
    assert "没有这样的话题" in text(client.get(url("tagged", slug, "养猫")))
    assert client.get(url("tagged", slug, "字" * 13)).status_code == 404


def test_an_important_notice_stands_over_the_boards_below(forum, client):
    on_notice(notice(forum), NOW)
    assert "1—6 幢停水到 20:30" in text(client.get(url("board", forum.board.pk)))


def test_one_takes_ones_own_posts_along(forum, client):
    asker = neighbour(forum)
    topic = topic_by(asker, forum.board, "步道的灯", "1 < 2 & 3")
    reply_by(neighbour(forum, "孔祥生"), topic, "别人的话", now=NOW)
    as_(client, asker)
    assert "步道的灯" in text(client.get(url("mine")))
    answer = client.get(url("mine_json"))
    data = json.loads(answer.content)
    assert [post["text"] for post in data["posts"]] == ["1 < 2 & 3"] and "attachment" in answer["Content-Disposition"]
    page = client.get(url("mine_html")).content.decode()
    assert "1 &lt; 2 &amp; 3" in page and "别人的话" not in page


def test_a_clerk_writes_for_a_caller(forum, client):
    resident = neighbour(forum, "沈奶奶")
    agent = make_person("坐席小周")
    make_post(agent, forum.bodies["street"], Role.CALL_AGENT, title="坐席")
    address = url("topic_for_other", forum.board.pk)
    assert as_(client, resident).get(address).status_code == 404
    client.force_login(agent)
    form = client.get(address).context["form"]
    sheet = {"number": resident.person.code, "title": "楼道灯不亮", "text": "三楼的灯坏了。", "consent": "今天来电", "key": form["key"].value()}
    assert client.post(address, {**sheet, "number": "0000000000"}).context["form"].errors["number"]
    assert client.post(address, {**sheet, "consent": ""}).context["form"].errors["consent"]
    answer = client.post(address, sheet)
    assert answer.status_code == 302
    post = Post.objects.get()
    assert post.for_person_id == resident.person.pk and "沈奶奶" in post.article
    reply = url("reply_for_other", post.topic_id)
    assert client.get(reply).status_code == 200
    again = {**sheet, "text": "还有二楼。", "key": client.get(reply).context["form"]["key"].value()}
    assert client.post(reply, again).status_code == 302 and Post.objects.count() == 2


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_pages_of_a_reader_ask_as_often_for_ten_times_as_much(forum, client, time):
    asker, reader = neighbour(forum), neighbour(forum, "苗苗")
    people = [neighbour(forum, f"邻居{n}") for n in range(12)]

    def more(count, begin):
        for n in range(begin, begin + count):
            topic = topic_by(people[n % 12], [forum.board, forum.wide][n % 2], f"话题{n}", f"第{n}件事。", now=NOW + timedelta(minutes=n), tags="停车")
            reply_by(people[(n + 1) % 12], topic, f"@苗苗 {n}", now=NOW + timedelta(minutes=n))
            poll_at(topic, people[n % 12], now=NOW)
            Reading.objects.update_or_create(person=reader.person, topic=topic, defaults={"at": NOW, "number": 1, "following": 1})

    reply_by(reader, topic_by(asker, forum.board), now=NOW)
    more(1, 0)
    slug = site_of(forum.places["community_a"]).slug
    pages = [url("for_you"), url("near"), url("following"), url("mine"), url("tags", slug), url("tagged", slug, "停车"), url("board", forum.board.pk)]
    as_(client, reader)
    time.now = NOW + timedelta(hours=2)
    few = [queries(client, page) for page in pages]
    more(10, 1)
    assert [queries(client, page) for page in pages] == few
    assert max(few[:2]) <= 22, few  # nothing is kept here


def test_a_topics_page_asks_as_often_for_ten_times_the_posts_and_polls(forum, client):
    asker, reader = neighbour(forum), neighbour(forum, "苗苗")
    topic = topic_by(asker, forum.board)
    poll_at(topic, asker)
    as_(client, reader)
    few = queries(client, url("topic", topic.pk))
    people = [neighbour(forum, f"邻居{n}") for n in range(10)]
    for n in range(10):
        reply_by(people[n], topic, f"第{n}条", now=NOW)
        poll_at(topic, people[n], number=n + 2, now=NOW)
    assert queries(client, url("topic", topic.pk)) == few
    assert Topic.objects.get(pk=topic.pk).last_number == 11


def test_an_officers_pages_open(forum, client):
    clerk = officer(forum, "committee")
    topic = topic_by(neighbour(forum), forum.board, "步道的灯")
    as_(client, clerk)
    for address in (url("for_you"), url("near"), url("following"), url("mine"), url("topic", topic.pk), url("topic_for_other", forum.wide.pk)):
        assert client.get(address).status_code == 200
    assert "步道的灯" in text(client.get(url("near")))
