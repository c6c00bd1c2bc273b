"""Pages of boards and topics: who sees them, what they say, and how few questions they ask."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from linli.common import clock
from linli.common.ids import uuid7
from linli.forum.actions.posts import set_state
from linli.forum.models import Board, Draft, Post, Topic
from linli.forum.rules import Audience, PostState

from .factories import make_forum, neighbour, newcomer, officer, reply_by, topic_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return make_forum()


@pytest.fixture
def visitor():
    return Client()


def client_of(actor) -> Client:
    client = Client()
    client.force_login(actor.person)
    return client


def test_everybody_reads_a_public_board_and_its_topics(forum, visitor):
    topic = topic_by(neighbour(forum), forum.board, "灯不亮", now=clock.now())
    reply_by(officer(forum), topic, "今晚先装一盏。", as_office=True)
    assert "灯不亮" in visitor.get("/s/fangjixincun/forum/").content.decode()
    page = visitor.get(reverse("forum:board", args=[forum.board.pk])).content.decode()
    assert "邻安物业已答复" in page and "林小满·3 幢" in page.replace("\u00a0", " ").replace(
        '<span class="nb">', ""
    ).replace("</span>", "")
    page = visitor.get(reverse("forum:topic", args=[topic.pk])).content.decode()
    assert "今晚先装一盏" in page and "邻安物业 正式答复" in page and '<form method="post"' not in page
    assert f'href="/posts/{Post.objects.get(topic=topic, number=1).pk}/react/?kind=agree"' in page


def test_a_board_for_members_is_404_to_others(forum, visitor):
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.MEMBERS)
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    for url in (
        reverse("forum:board", args=[forum.board.pk]),
        reverse("forum:topic", args=[topic.pk]),
        f"/posts/{Post.objects.get().pk}/",
    ):
        assert visitor.get(url).status_code == 404
        assert client_of(newcomer()).get(url).status_code == 404
        assert client_of(lin).get(url).status_code in (200, 302)
    assert "灯" not in visitor.get("/s/fangjixincun/forum/").content.decode()


def test_a_complaint_box_lists_one_s_own_and_everything_for_the_office(forum):
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.OWN)
    lin, kong = neighbour(forum), neighbour(forum, "孔祥生")
    mine, his = topic_by(lin, forum.board, "我家漏水"), topic_by(kong, forum.board, "他家漏水")
    url = reverse("forum:board", args=[forum.board.pk])
    assert "我家漏水" in client_of(lin).get(url).content.decode()
    assert "他家漏水" not in client_of(lin).get(url).content.decode()
    office = client_of(officer(forum)).get(url).content.decode()
    assert "我家漏水" in office and "他家漏水" in office
    assert client_of(lin).get(reverse("forum:topic", args=[his.pk])).status_code == 404
    assert client_of(kong).get(reverse("forum:topic", args=[mine.pk])).status_code == 404


def test_a_neighbour_writes_a_topic_and_a_reply_without_scripts(forum):
    lin, key = neighbour(forum), uuid7()
    client = client_of(lin)
    url = reverse("forum:topic_new", args=[forum.board.pk])
    assert "发出话题" in client.get(url).content.decode()
    answer = client.post(url, {"title": "灯不亮", "text": "台阶那里最暗。", "key": key, "do": "send"})
    topic = Topic.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/topics/{topic.pk}/"
    assert (
        client.post(url, {"title": "灯不亮", "text": "台阶那里最暗。", "key": key, "do": "send"}).status_code
        == 302
    )
    assert Topic.objects.count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert "发出回复" in page and "修改" in page
    reply = client.post(
        reverse("forum:reply", args=[topic.pk]), {"text": "补一句", "key": uuid7(), "do": "send", "to": "1"}
    )
    assert reply["Location"] == f"/topics/{topic.pk}/#f2"
    assert "回复 1 楼" in client.get(f"/topics/{topic.pk}/").content.decode()


def test_a_wrong_form_keeps_what_was_typed_also_on_the_server(forum):
    client = client_of(neighbour(forum))
    url = reverse("forum:topic_new", args=[forum.board.pk])
    page = client.post(url, {"title": "", "text": "打 13800001234 找我", "key": uuid7(), "do": "send"})
    assert (
        page.status_code == 200
        and "写个标题" in page.content.decode()
        and "打 13800001234 找我" in page.content.decode()
    )
    assert Draft.objects.get().text == "打 13800001234 找我"
    again = client.get(url).content.decode()
    assert "打 13800001234 找我" in again and "接着写" in again
    assert "打 13800001234" in client.get(reverse("forum:drafts")).content.decode()


def test_a_draft_is_kept_by_htmx_and_gone_once_sent(forum):
    client, key = client_of(neighbour(forum)), uuid7()
    topic = topic_by(neighbour(forum, "孔祥生"), forum.board)
    url = reverse("forum:reply", args=[topic.pk])
    kept = client.post(url, {"text": "写到一", "key": key, "do": "draft"}, headers={"HX-Request": "true"})
    assert "存好了" in kept.content.decode() and "<html" not in kept.content.decode()
    assert "写到一" in client.get(f"/topics/{topic.pk}/").content.decode()
    client.post(url, {"text": "写到一半写完了", "key": key, "do": "send"})
    assert not Draft.objects.exists() and Post.objects.filter(number=2).exists()


def test_personal_data_is_warned_of_before_it_is_published(forum):
    client, key = client_of(neighbour(forum)), uuid7()
    url = reverse("forum:topic_new", args=[forum.board.pk])
    form = {"title": "找人", "text": "打 13800001234 找我", "key": key, "do": "send"}
    warned = client.post(url, form).content.decode()
    assert "138…34" in warned and "private_ok" in warned
    assert client.post(url, {**form, "private_ok": "on"}).status_code == 302


def test_whoever_is_not_verified_learns_what_to_do(forum):
    topic = topic_by(neighbour(forum), forum.board)
    client = client_of(newcomer())
    assert "认证" in client.get(reverse("forum:topic_new", args=[forum.board.pk])).content.decode()
    refused = client.post(
        reverse("forum:reply", args=[topic.pk]), {"text": "我也说", "key": uuid7(), "do": "send"}
    )
    assert (
        refused.status_code == 200
        and "认证" in refused.content.decode()
        and "我也说" in refused.content.decode()
    )


def test_a_reply_to_a_topic_that_was_just_closed_keeps_the_text(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    Topic.objects.filter(pk=topic.pk).update(closed_at=clock.now())
    page = client_of(lin).post(
        reverse("forum:reply", args=[topic.pk]), {"text": "晚了一步", "key": uuid7(), "do": "send"}
    )
    assert "刚刚关上" in page.content.decode() and "晚了一步" in page.content.decode()


def test_history_is_public_and_hides_personal_data(forum, visitor):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board, text="找我打 13800001234", private_ok=True)
    post = Post.objects.get(topic=topic)
    client = client_of(lin)
    client.post(
        reverse("forum:edit", args=[post.pk]),
        {"title": topic.title, "text": "找我留言", "do": "send", "key": post.key},
    )
    page = visitor.get(reverse("forum:history", args=[post.pk])).content.decode()
    assert "13800001234" not in page and "不公开" in page and "找我留言" in page
    assert visitor.get(reverse("forum:edit", args=[post.pk])).status_code == 302
    assert client_of(neighbour(forum, "孔祥生")).get(reverse("forum:edit", args=[post.pk])).status_code == 404


def test_what_waits_is_there_for_its_author_and_the_moderators_only(forum, visitor):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    post = reply_by(lin, topic, "等一等的话")
    set_state(post=post, state=PostState.WAITING, now=clock.now())
    url = reverse("forum:topic", args=[topic.pk])
    assert "等一等的话" not in visitor.get(url).content.decode()
    assert "等一等的话" not in client_of(neighbour(forum, "孔祥生")).get(url).content.decode()
    assert "等一等的话" in client_of(lin).get(url).content.decode()
    assert "等一等的话" in client_of(officer(forum, "committee", "沈玉兰")).get(url).content.decode()


def test_a_hidden_text_is_nowhere_for_others(forum, visitor):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    post = reply_by(lin, topic, "难听的话")
    set_state(post=post, state=PostState.HIDDEN, said="第 2 条", now=clock.now())
    page = visitor.get(reverse("forum:topic", args=[topic.pk])).content.decode()
    assert "难听的话" not in page and "被隐去" in page
    assert visitor.get(reverse("forum:history", args=[post.pk])).status_code == 404
    assert "难听的话" in client_of(lin).get(reverse("forum:history", args=[post.pk])).content.decode()


def test_english_readers_get_english_words_around_the_same_text(forum, visitor):
    topic = topic_by(neighbour(forum), forum.board)
    visitor.cookies["django_language"] = "en"
    page = visitor.get(
        reverse("forum:topic", args=[topic.pk]), headers={"accept-language": "en"}
    ).content.decode()
    assert "一盏亮的灯都没有" in page


def test_feeds_hold_the_public_topics(forum, visitor):
    topic_by(neighbour(forum), forum.board, "灯不亮")
    assert "灯不亮" in visitor.get(reverse("forum:board_feed", args=[forum.board.pk])).content.decode()
    assert "灯不亮" in visitor.get("/s/fangjixincun/forum/atom.xml").content.decode()
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.MEMBERS)
    assert visitor.get(reverse("forum:board_feed", args=[forum.board.pk])).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "?after=1-2-3",
        "?after=x",
        "?sort=nonsense",
        "?tag=%00",
        "?after=" + "9" * 40,
        "?sort=new&after=99999999999999999999",
    ],
)
def test_odd_addresses_of_a_board_are_answered(forum, visitor, query):
    topic_by(neighbour(forum), forum.board)
    assert visitor.get(reverse("forum:board", args=[forum.board.pk]) + query).status_code == 200


def test_a_list_is_paged_by_its_last_line(forum, visitor):
    lin, start = neighbour(forum), clock.now() - timedelta(days=40)
    for n in range(35):
        topic_by(lin, forum.board, f"第{n}个话题", f"第 {n} 件事。", now=start + timedelta(days=n))
    url = reverse("forum:board", args=[forum.board.pk])
    first = visitor.get(url)
    after = first.context["page"].after
    second = visitor.get(f"{url}?after={after}")
    seen = [line.pk for line in (*first.context["page"].lines, *second.context["page"].lines)]
    assert len(seen) == len(set(seen)) == 35


def _ask(client, url, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_pages_ask_as_few_questions_with_ten_times_the_posts(
    forum, visitor, django_assert_max_num_queries, settings
):
    settings.LINLI_PAGE_CACHE = True
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    pages = [(visitor, 6), (client_of(lin), 14)]
    urls = [reverse("forum:topic", args=[topic.pk]), reverse("forum:board", args=[forum.board.pk])]
    for client, _most in pages:
        for url in urls:
            client.get(url)
    few = [_ask(client, url, django_assert_max_num_queries, 40) for client, _most in pages for url in urls]
    start = clock.now() - timedelta(days=60)
    for n in range(19):
        reply_by(lin, topic, f"第 {n} 句", now=start + timedelta(days=n))
        topic_by(lin, forum.board, text=f"第 {n} 件", now=start + timedelta(days=n))
    for client, _most in pages:
        for url in urls:
            client.get(url)
    many = [_ask(client, url, django_assert_max_num_queries, 40) for client, _most in pages for url in urls]
    assert few[0] <= 4  # anonymous topic
    assert few[1] <= 7
    assert few[2] <= 8  # signed in
    assert few[3] <= 14
    assert many == few
