"""Writing: numbers, counters, signatures, what is refused and what is kept."""

from datetime import timedelta

import pytest

from linli.common.errors import NotAllowed, UserError
from linli.common.ids import uuid7
from linli.forum.actions.posts import edit_post, set_state
from linli.forum.actions.writing import PrivateFound
from linli.forum.models import Board, Mention, Post, Topic
from linli.forum.rules import Audience, PostState

from .factories import NOW, make_forum, neighbour, newcomer, officer, reply_by, topic_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def forum():
    return make_forum()


def test_every_compound_and_community_has_one_board(forum):
    assert Board.objects.filter(theme="").count() == 5
    assert {board.name for board in Board.objects.all()} >= {"纺机新村", "银杏苑"}


def test_a_topic_begins_with_its_first_post_and_replies_are_numbered(forum):
    lin, kong = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(lin, forum.board, "灯不亮")
    posts = [reply_by(kong, topic), reply_by(lin, topic)]
    topic.refresh_from_db()
    forum.board.refresh_from_db()
    assert [post.number for post in posts] == [2, 3]
    assert (topic.replies, topic.last_number, topic.last_name) == (2, 3, "林小满")
    assert (forum.board.topics, forum.board.posts) == (1, 3)
    first = Post.objects.get(topic=topic, number=1)
    assert "林小满" in first.article and "3 幢业主" in first.article.replace("\u00a0", " ")


def test_the_same_form_twice_makes_one_post(forum):
    lin, key = neighbour(forum), uuid7()
    topic = topic_by(lin, forum.board, key=key)
    assert topic_by(lin, forum.board, key=key) == topic
    again = uuid7()
    assert reply_by(lin, topic, key=again) == reply_by(lin, topic, "另一句", key=again)
    assert Post.objects.count() == 2


def test_another_s_key_opens_nothing(forum):
    key = uuid7()
    topic = topic_by(neighbour(forum), forum.board, key=key)
    with pytest.raises(NotAllowed):
        reply_by(neighbour(forum, "孔祥生"), topic, key=key)


def test_whoever_is_not_verified_is_told_so(forum):
    topic = topic_by(neighbour(forum), forum.board)
    with pytest.raises(UserError, match="认证"):
        reply_by(newcomer(), topic)
    with pytest.raises(UserError, match="认证"):
        reply_by(neighbour(forum, "别处的人", place="compound_b1"), topic)


def test_a_closed_topic_takes_no_reply(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    Topic.objects.filter(pk=topic.pk).update(closed_at=NOW)
    with pytest.raises(UserError, match="关上"):
        reply_by(lin, topic)


def test_an_office_answers_under_its_name_with_who_signed(forum):
    zhou = officer(forum)
    topic = topic_by(neighbour(forum), forum.board)
    post = reply_by(zhou, topic, as_office=True)
    topic.refresh_from_db()
    assert topic.answered_by == forum.bodies["property"]
    assert "邻安物业 正式答复" in post.article and "周海宁·工程主管 经手" in post.article
    assert topic.last_name == "邻安物业"


def test_an_office_speaks_only_where_it_serves(forum):
    topic = topic_by(neighbour(forum, place="compound_b1"), forum.other)
    with pytest.raises(UserError):
        reply_by(officer(forum), topic, as_office=True)


def test_offices_and_neighbours_are_called_by_name(forum):
    lin, kong = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(lin, forum.board)
    reply_by(kong, topic)
    post = reply_by(lin, topic, "@物业请看一下，@孔祥生说的对，@居委会 也来；@没有这人")
    assert '<b class="at">@物业</b>' in post.cooked and '<b class="at">@孔祥生</b>说' in post.cooked
    called = Mention.objects.filter(post=post)
    assert {m.body for m in called if m.body_id} == {forum.bodies["property"], forum.bodies["committee"]}
    assert [m.person_id for m in called if m.person_id] == [kong.person_id]


def test_five_hundred_mentions_are_refused(forum):
    with pytest.raises(UserError, match="点"):
        topic_by(neighbour(forum), forum.board, text=" ".join(f"@名字{n}" for n in range(500)))


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "a\u202eb", "字" + "\u0301" * 10_000, "长" * 20_001, "  "]
)
def test_bad_texts_are_refused_at_the_field(forum, text):
    with pytest.raises(UserError) as caught:
        topic_by(neighbour(forum), forum.board, text=text)
    assert caught.value.field == "text"
    assert not Post.objects.exists()


def test_personal_data_is_asked_about_once(forum):
    lin = neighbour(forum)
    with pytest.raises(PrivateFound):
        topic_by(lin, forum.board, text="打我电话 13800001234")
    assert topic_by(lin, forum.board, text="打我电话 13800001234", private_ok=True)


def test_unnamed_where_the_board_allows_it_and_known_to_the_audit(forum):
    lin = neighbour(forum)
    with pytest.raises(UserError):
        topic_by(lin, forum.board, unnamed=True)
    Board.objects.filter(pk=forum.board.pk).update(anonymous=True)
    topic = topic_by(lin, forum.board, unnamed=True)
    post = Post.objects.get(topic=topic)
    assert "林小满" not in post.article and "3 幢" not in post.article and "匿名邻居" in post.article
    topic.refresh_from_db()
    assert topic.last_name == ""
    from linli.common.models import AuditRow

    assert AuditRow.objects.filter(
        action="forum.unnamed", subject_id=str(post.pk), actor=lin.person_id
    ).exists()


def test_an_edit_keeps_what_was_said(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board, "旧标题")
    post = Post.objects.get(topic=topic)
    edit_post(by=lin, post=post, text="改过的话", title="新标题", now=NOW + timedelta(hours=1))
    post.refresh_from_db()
    topic.refresh_from_db()
    assert "改过的话" in post.article and "改过</a>" in post.article and topic.title == "新标题"
    assert [v.title for v in post.versions.all()] == ["旧标题"]
    with pytest.raises(NotAllowed):
        edit_post(by=neighbour(forum, "孔祥生"), post=post, text="别人的话", now=NOW)


def test_a_hidden_reply_leaves_the_counters_right_and_comes_back_whole(forum):
    lin = neighbour(forum)
    topic = topic_by(lin, forum.board)
    post = reply_by(lin, topic, "一句难听的话")
    set_state(post=post, state=PostState.HIDDEN, said="第 2 条 不骂人", now=NOW)
    topic.refresh_from_db()
    forum.board.refresh_from_db()
    post.refresh_from_db()
    assert topic.replies == 0 and forum.board.posts == 1
    assert "难听" not in post.article and "第" in post.article
    set_state(post=post, state=PostState.SHOWN, now=NOW)
    topic.refresh_from_db()
    post.refresh_from_db()
    assert topic.replies == 1 and "难听" in post.article


def test_a_complaint_box_is_invisible_to_other_neighbours(forum):
    Board.objects.filter(pk=forum.board.pk).update(reads=Audience.OWN)
    lin, kong = neighbour(forum), neighbour(forum, "孔祥生")
    topic = topic_by(lin, forum.board)
    with pytest.raises(NotAllowed):
        reply_by(kong, topic)
    assert reply_by(officer(forum, "property"), topic, as_office=True).number == 2
