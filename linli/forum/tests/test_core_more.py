"""Pictures, boards, drafts, search, and what becomes of posts when accounts join or close."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from linli.areas.api import Level
from linli.areas.tests.factories import make_area
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.findable import changed
from linli.common.ids import uuid7
from linli.files.models import File
from linli.forum import picture_owner
from linli.forum.actions.boards import close_board, open_board
from linli.forum.actions.cooking import recook
from linli.forum.actions.persons import forget_person, merge_persons
from linli.forum.actions.posts import set_state
from linli.forum.models import Board, Draft, Post, Topic
from linli.forum.rules import Audience, PostState
from linli.people.actions.account import change_name
from linli.people.models import Person
from linli.people.policy import Actor
from linli.search.api import Filters, rebuild, search
from linli.search.rules import read_question

from .factories import NOW, make_forum, neighbour, newcomer, officer, reply_by, topic_by
from .test_core_pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return make_forum()


def photo(name="灯.png"):
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (9, 80, 60)).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


def found(actor, words):
    return [
        entry.subject for entry in search(read_question(words, {}), actor=actor, filters=Filters()).entries
    ]


def test_a_photo_sent_with_a_wrong_form_is_not_sent_again(forum):
    lin = neighbour(forum)
    client, key = client_of(lin), uuid7()
    url = reverse("forum:topic_new", args=[forum.board.pk])
    wrong = client.post(
        url,
        {"title": "", "text": "台阶", "key": key, "do": "send", "pictures": photo(), "new_alt": "不亮的灯"},
    )
    file = File.objects.get()
    assert "不亮的灯" in wrong.content.decode() and f"/files/{file.pk}/small" in wrong.content.decode()
    assert picture_owner.sees(lin, file.owner_id) and not picture_owner.sees(Actor(), file.owner_id)
    sent = {"title": "灯", "text": "台阶", "key": key, "do": "send", f"alt_{file.pk.hex}": "不亮的灯"}
    assert client.post(url, sent).status_code == 302
    post = Post.objects.get()
    assert post.pictures.get().alt == "不亮的灯" and f"/files/{file.pk}/medium" in post.article
    assert picture_owner.sees(Actor(), file.owner_id) and picture_owner.living([file.owner_id]) == {
        file.owner_id
    }
    set_state(post=post, state=PostState.HIDDEN, now=clock.now())
    assert not picture_owner.sees(Actor(), file.owner_id)


def test_a_photo_without_words_is_asked_about_and_what_is_no_photo_refused(forum):
    client, key = client_of(neighbour(forum)), uuid7()
    url = reverse("forum:topic_new", args=[forum.board.pk])
    form = {"title": "灯", "text": "台阶", "key": key, "do": "send"}
    assert "用一句话写照片上是什么" in client.post(url, {**form, "pictures": photo()}).content.decode()
    bad = SimpleUploadedFile("灯.png", b"not a picture", "image/png")
    assert "灯.png" in client.post(url, {**form, "pictures": bad}).content.decode()
    assert not Post.objects.exists()


def test_ten_photos_are_too_many(forum):
    client = client_of(neighbour(forum))
    url = reverse("forum:topic_new", args=[forum.board.pk])
    form = {
        "title": "灯",
        "text": "台阶",
        "key": uuid7(),
        "do": "send",
        "pictures": [photo() for _ in range(10)],
    }
    assert "最多放 9 张" in client.post(url, form).content.decode()


def test_an_edit_takes_a_photo_away(forum):
    lin, key = neighbour(forum), uuid7()
    client = client_of(lin)
    url = reverse("forum:topic_new", args=[forum.board.pk])
    client.post(
        url, {"title": "灯", "text": "台阶", "key": key, "do": "send", "pictures": photo(), "new_alt": "灯"}
    )
    post, file = Post.objects.get(), File.objects.get()
    edit = {
        "title": "灯",
        "text": "台阶",
        "key": key,
        "do": "send",
        f"alt_{file.pk.hex}": "灯",
        f"drop_{file.pk.hex}": "on",
    }
    assert client.post(reverse("forum:edit", args=[post.pk]), edit).status_code == 302
    post.refresh_from_db()
    assert "/files/" not in post.article and not File.objects.exists()


def test_an_office_opens_shapes_and_closes_a_board_for_a_theme(forum):
    shen = officer(forum, "committee", "沈玉兰")
    client, slug = client_of(shen), "qingzhuanli"
    form = {
        "theme": "help", "name": "邻里互助", "lead": "借把梯子", "reads": "members", "writes": "members", "approval": "none",
        "slow": "0",
    }  # fmt: skip
    assert client.post(f"/s/{slug}/forum/open/", form).status_code == 302
    board = Board.objects.get(theme="help")
    assert (board.reads, board.place) == (Audience.MEMBERS, forum.places["community_a"])
    assert client.post(f"/s/{slug}/forum/open/", form).status_code == 200  # there is one already
    shape = reverse("forum:board_shape", args=[board.pk])
    assert client.get(shape).status_code == 200
    assert client.post(shape, {**form, "name": "互助", "anonymous": "on"}).status_code == 302
    assert client.post(shape, {"do": "close"}).status_code == 302
    board.refresh_from_db()
    assert board.name == "互助" and board.anonymous and board.closed_at is not None
    with pytest.raises(UserError, match="关了"):
        topic_by(neighbour(forum), board)
    close_board(by=shen, board=board, now=NOW, again=True)
    assert topic_by(neighbour(forum), board)


def test_whoever_has_no_right_opens_no_board(forum):
    for actor in (neighbour(forum), officer(forum, "property"), newcomer()):
        with pytest.raises(NotAllowed):
            open_board(by=actor, place=forum.places["compound_a1"], theme="x", name="x", now=NOW)
    with pytest.raises(UserError):
        open_board(
            by=officer(forum, "owners", "方建国"),
            place=forum.places["compound_a1"],
            theme="大 写",
            name="x",
            now=NOW,
        )


def test_a_new_compound_has_its_board_at_once_and_follows_its_name(forum):
    place = make_area(Level.COMPOUND, forum.places["community_a"], "新苑")
    assert Board.objects.get(place=place).name == "新苑"


def test_public_topics_are_found_by_everybody_and_those_of_members_by_members(forum):
    lin, kong = neighbour(forum), neighbour(forum, "孔祥生", place="compound_b1")
    topic = topic_by(lin, forum.board, "单车棚漏雨")
    reply_by(lin, topic, "顶棚缺了三块瓦。")
    assert len(found(Actor(), "单车棚")) == 1 and len(found(Actor(), "缺了三块瓦")) == 1
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.MEMBERS)
    rebuild()
    assert found(Actor(), "单车棚") == [] and found(kong, "单车棚") == []
    assert len(found(lin, "单车棚")) == 1 and len(found(officer(forum), "单车棚")) == 1
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.OWN)
    rebuild()
    assert found(lin, "单车棚") == []


def test_what_is_hidden_is_found_by_nobody(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board, "单车棚漏雨")
    reply_by(lin, topic, "顶棚缺了三块瓦。")
    first = Post.objects.get(topic=topic, number=1)
    set_state(post=first, state=PostState.HIDDEN, now=NOW)
    assert found(lin, "单车棚") == [] and found(lin, "缺了三块瓦") == []
    set_state(post=first, state=PostState.SHOWN, now=NOW)
    assert len(found(Actor(), "缺了三块瓦")) == 1


def test_two_accounts_that_join_keep_their_words_under_one_name(forum):
    keep, drop = neighbour(forum, "林小满"), neighbour(forum, "小满")
    topic = topic_by(drop, forum.board)
    reply_by(drop, topic, "又一句")
    merge_persons(kept=keep.person_id, dropped=drop.person_id)
    recook(Post.objects.values_list("pk", flat=True))
    assert set(Post.objects.values_list("author", flat=True)) == {keep.person_id}
    assert all("林小满" in article for article in Post.objects.values_list("article", flat=True))


def test_a_closed_account_leaves_its_words_and_no_draft(forum):
    lin = neighbour(forum)
    topic_by(lin, forum.board)
    Draft.objects.create(person=lin.person, at_what="topic:1", text="写到一半", at=NOW)
    Person.objects.filter(pk=lin.person_id).update(display_name="已注销的账号", closed_at=NOW)
    forget_person(person=lin.person_id)
    recook(Post.objects.values_list("pk", flat=True))
    assert not Draft.objects.exists()
    assert "林小满" not in Post.objects.get().article and "已注销的账号" in Post.objects.get().article


def test_acting_for_another_one_writes_nothing(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    other = Actor(person=lin.person, stays=lin.stays, mandate=object())
    with pytest.raises(UserError):
        reply_by(other, topic)


def test_the_site_s_first_page_and_map_name_public_topics(forum):
    topic = topic_by(neighbour(forum), forum.board, "单车棚漏雨", now=clock.now())
    client = Client()
    assert "单车棚漏雨" in client.get("/s/fangjixincun/").content.decode()
    site_map = b"".join(client.get("/s/fangjixincun/sitemap.xml")).decode()
    assert f"/topics/{topic.pk}/" in site_map and f"/boards/{forum.board.pk}/" in site_map
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.MEMBERS)
    assert f"/topics/{topic.pk}/" not in b"".join(client.get("/s/fangjixincun/sitemap.xml")).decode()


def test_nothing_typed_becomes_html(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board, "a & b", '5 > 3 且 "引号" & 别的 @物业')
    article = Post.objects.get(topic=topic).article
    assert "5 &gt; 3" in article and "&quot;引号&quot;" in article and "&amp; 别的" in article
    assert "a &amp; b" in Client().get(reverse("forum:topic", args=[topic.pk])).content.decode()


def test_another_s_draft_cannot_be_thrown_away(forum):
    draft = Draft.objects.create(person=neighbour(forum).person, at_what="board:1", text="x", at=NOW)
    assert (
        client_of(neighbour(forum, "孔祥生"))
        .post(reverse("forum:draft_discard", args=[draft.pk]))
        .status_code
        == 404
    )
    assert Draft.objects.exists() and not Topic.objects.exists()


def test_posts_follow_the_names_of_those_who_wrote_them(forum):
    lin, zhou = neighbour(forum), officer(forum)
    topic = topic_by(lin, forum.board)
    reply_by(zhou, topic, as_office=True)
    change_name(person=lin.person, name="林大满", language="zh-hans", by=lin, now=NOW)
    forum.bodies["property"].name = "邻安新物业"
    forum.bodies["property"].save()
    changed("body", [forum.bodies["property"].pk])
    first, second = Post.objects.filter(topic=topic).order_by("number").values_list("article", flat=True)
    assert "林大满" in first and "邻安新物业 正式答复" in second
