"""What moderators do, to whom, and what they may not."""

from datetime import timedelta

import pytest
from django.db import connection

from linli.common import clock
from linli.common.append_only import tables
from linli.common.errors import NotAllowed, UserError
from linli.common.models import AuditRow
from linli.common.states import UnknownTransition
from linli.forum.access import may_read_post
from linli.forum.actions import acts, arranging, erasure, order, queue, reports
from linli.forum.actions.noting import Why
from linli.forum.actions.posts import write_post
from linli.forum.models import Act, Pause, Post, PostVersion, Report, SlowMode, Topic
from linli.forum.rules import Audience, Pin, PostState
from linli.forum.speech_rules import ActKind
from linli.messaging.models import Delivery
from linli.search.models import SearchEntry

from .moderation_world import LATER, NOW, ORDERLY, WHY, World, make_board

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def world():
    return World()


def told(actor):
    """The kinds of messages that he was told, in order."""
    rows = Delivery.objects.filter(
        person=actor.person, channel="inbox", message__template__startswith="forum."
    )
    return list(rows.order_by("message__pk").values_list("message__template", flat=True))


def posts_of(world):
    world.board.refresh_from_db()
    return world.board.posts


def test_a_hidden_post_keeps_its_text_says_why_and_its_author_is_told(world):
    topic = world.topic()
    post = world.post(topic)
    assert posts_of(world) == 2
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.state, post.text != "", topic.replies, posts_of(world)) == ("hidden", True, 0, 1)
    assert (
        "第 3 条" in post.said
        and WHY.reason in post.said
        and post.text not in post.article
        and WHY.reason in post.article
    )
    assert (act.person, act.body_id, act.article, act.automatic) == (
        world.lin.person,
        world.shen.acting.body_id,
        3,
        False,
    )
    assert "门牌" in act.rule and told(world.lin) == ["forum.hidden"]
    assert not SearchEntry.objects.filter(kind="reply", subject=str(post.pk)).exists()
    row = AuditRow.objects.filter(action="forum.hide").get()
    assert (row.actor, row.about, row.post) == (world.shen.person_id, world.lin.person_id, world.shen.post_id)


def test_a_restored_post_is_as_before(world):
    topic = world.topic()
    post = world.post(topic)
    acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    act = acts.restore_post(post=post, why=Why(0, "看错了楼"), by=world.shen, now=LATER)
    post.refresh_from_db()
    topic.refresh_from_db()
    assert (post.state, post.said, topic.replies, posts_of(world)) == ("shown", "", 1, 2)
    assert (
        act.undoes.kind == ActKind.HIDE
        and SearchEntry.objects.filter(kind="reply", subject=str(post.pk)).exists()
    )
    assert told(world.lin) == ["forum.hidden", "forum.restored"]


@pytest.mark.parametrize(
    ("why", "field"),
    [
        (Why(0, "吵"), "article"),
        (Why(99, "吵"), "article"),
        (Why(3, " "), "reason"),
        (Why(3, "长" * 301), "reason"),
        (Why(3, "<b>吵</b>"), "reason"),
    ],
)
def test_each_act_needs_an_article_that_exists_and_a_plain_reason(world, why, field):
    with pytest.raises(UserError) as error:
        acts.hide_post(post=world.post(), why=why, by=world.shen, now=LATER)
    assert error.value.field == field and not Act.objects.exists()


def every_act(post, topic, other, board, by):
    """Each act that a moderator may do, as a call."""
    return {
        "hide": lambda: acts.hide_post(post=post, why=WHY, by=by, now=LATER),
        "restore": lambda: acts.restore_post(post=post, why=WHY, by=by, now=LATER),
        "warn": lambda: acts.warn_author(post=post, why=WHY, by=by, now=LATER),
        "pause": lambda: acts.pause_author(post=post, hours=24, why=WHY, by=by, now=LATER),
        "dismiss": lambda: reports.dismiss_reports(post=post, why=WHY, by=by, now=LATER),
        "approve": lambda: queue.approve_post(post=post, by=by, now=LATER),
        "refuse": lambda: queue.refuse_post(post=post, why=WHY, by=by, now=LATER),
        "close": lambda: order.close_topic(topic=topic, why=WHY, by=by, now=LATER),
        "reopen": lambda: order.reopen_topic(topic=topic, why=ORDERLY, by=by, now=LATER),
        "slow": lambda: order.slow_topic(topic=topic, seconds=60, hours=1, why=WHY, by=by, now=LATER),
        "quicken": lambda: order.quicken_topic(topic=topic, why=ORDERLY, by=by, now=LATER),
        "pin": lambda: order.pin_topic(topic=topic, pin=Pin.PINNED, until=None, why=ORDERLY, by=by, now=LATER),
        "unpin": lambda: order.unpin_topic(topic=topic, why=ORDERLY, by=by, now=LATER),
        "clarify": lambda: order.clarify_topic(topic=topic, number=1, source="街道", reason="说明", by=by, now=LATER),
        "move": lambda: arranging.move_topic(topic=topic, board=board, why=ORDERLY, by=by, now=LATER),
        "split": lambda: arranging.split_topic(topic=topic, numbers=[2], title="另说", why=ORDERLY, by=by, now=LATER),
        "merge": lambda: arranging.merge_topics(topic=topic, into=other, why=ORDERLY, by=by, now=LATER),
        "erase": lambda: erasure.erase_post(post=post, basis="某法第一条", by=by, now=LATER),
        "report": lambda: reports.report_post(post=post, article=1, words="", by=by, now=LATER),
    }  # fmt: skip


ACTS = list(every_act(None, None, None, None, None))


@pytest.mark.parametrize("name", ACTS)
def test_nobody_acts_on_what_he_cannot_read(world, name):
    board = make_board(world.place, "inside", reads=Audience.MEMBERS)
    topic = world.topic(board=board)
    post = world.post(topic)
    other = world.topic(board=board)
    before = (Act.objects.count(), Report.objects.count())
    # A committee of another community, somebody who is signed in with no office, and nobody at all.
    newcomer = world.resident("远客", place=world.places["compound_b1"])
    for by in (world.stranger, newcomer):
        with pytest.raises(NotAllowed):
            every_act(post, topic, other, world.board, by)[name]()
    assert (Act.objects.count(), Report.objects.count()) == before


@pytest.mark.parametrize("name", [name for name in ACTS if name != "report"])
def test_only_offices_that_keep_order_act(world, name):
    topic = world.topic()
    post, other = world.post(topic), world.topic()
    for by in (world.lin, world.property, world.he):
        with pytest.raises(NotAllowed):
            every_act(post, topic, other, world.board, by)[name]()
    assert not Act.objects.exists()


@pytest.mark.parametrize("name", ["hide", "restore", "warn", "pause", "dismiss", "approve", "refuse"])
def test_a_moderator_leaves_his_own_post_to_others(world, name):
    topic = world.topic()
    own = write_post(by=world.shen, topic=topic, text="我自己说一句。", now=NOW)
    Post.objects.filter(pk=own.pk).update(state="waiting" if name in ("approve", "refuse") else "shown")
    with pytest.raises(UserError, match="您自己发的"):
        every_act(own, topic, topic, world.board, world.shen)[name]()


def test_of_two_moderators_at_once_one_acts(world):
    post = world.post()
    stale = Post.objects.get(pk=post.pk)
    acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    with pytest.raises(UnknownTransition):
        acts.hide_post(post=stale, why=WHY, by=world.fang, now=LATER)
    topic = world.topic()
    order.close_topic(topic=topic, why=WHY, by=world.shen, now=LATER)
    with pytest.raises(UserError, match="已经关闭"):
        order.close_topic(topic=topic, why=WHY, by=world.fang, now=LATER)
    assert Act.objects.count() == 2


def test_several_reports_come_to_one_end_and_each_reporter_is_told_nobody_is_named(world):
    post = world.post()
    zhou = world.resident("周秀英")
    for by in (world.he, zhou):
        reports.report_post(post=post, article=3, words="门牌都写出来了", by=by, now=NOW)
    again = reports.report_post(post=post, article=3, words="再说一遍", by=zhou, now=NOW)
    assert Report.objects.count() == 2 and again.words == "门牌都写出来了"
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    assert set(Report.objects.values_list("state", "act")) == {("upheld", act.pk)}
    assert told(world.he) == ["forum.report_upheld"] == told(zhou)


def test_a_dismissed_report_keeps_the_post_and_tells_the_reporter(world):
    post = world.post()
    reports.report_post(post=post, article=1, words="", by=world.he, now=NOW)
    reports.dismiss_reports(post=post, why=Why(1, "说得冲，没有骂人"), by=world.shen, now=LATER)
    post.refresh_from_db()
    assert post.state == "shown" and told(world.he) == ["forum.report_dismissed"] and told(world.lin) == []
    with pytest.raises(UserError, match="先处理"):
        reports.dismiss_reports(post=post, why=WHY, by=world.shen, now=LATER)


def test_one_does_not_report_oneself_nor_without_an_article(world):
    post = world.post()
    with pytest.raises(UserError, match="您自己发的"):
        reports.report_post(post=post, article=1, words="", by=world.lin, now=NOW)
    for words, field in (("长" * 301, "words"), ("<script>", "words")):
        with pytest.raises(UserError) as error:
            reports.report_post(post=post, article=1, words=words, by=world.he, now=NOW)
        assert error.value.field == field
    with pytest.raises(UserError) as error:
        reports.report_post(post=post, article=0, words="", by=world.he, now=NOW)
    assert error.value.field == "article"


def test_who_reports_in_vain_again_and_again_is_heard_less(world):
    topic = world.topic()
    posts = [world.post(topic, now=NOW + timedelta(seconds=n)) for n in range(7)]
    for post in posts[:5]:
        reports.report_post(post=post, article=1, words="", by=world.he, now=NOW)
        reports.dismiss_reports(post=post, why=WHY, by=world.shen, now=LATER)
    with pytest.raises(UserError, match="举报了不少"):
        reports.report_post(post=posts[5], article=1, words="", by=world.he, now=LATER)
    reports.report_post(post=posts[5], article=1, words="", by=world.resident("别人"), now=LATER)


def test_a_paused_member_reads_and_does_not_write_until_it_is_over(world):
    topic = world.topic()
    post = world.post(topic)
    act = acts.pause_author(post=post, hours=24, why=WHY, by=world.shen, now=NOW)
    assert may_read_post(world.lin, post) and act.until == NOW + timedelta(hours=24)
    with pytest.raises(UserError, match="暂停到"):
        world.post(topic, now=LATER)
    with pytest.raises(UserError, match="已经在暂停"):
        acts.pause_author(post=post, hours=24, why=WHY, by=world.shen, now=LATER)
    world.post(topic, now=NOW + timedelta(hours=25))
    for hours in (0, 721):
        with pytest.raises(UserError) as error:
            acts.pause_author(
                post=world.post(topic, by=world.he), hours=hours, why=WHY, by=world.shen, now=LATER
            )
        assert error.value.field == "hours"


def test_a_pause_that_is_lifted_lets_him_write_at_once(world):
    topic = world.topic()
    act = acts.pause_author(post=world.post(topic), hours=24, why=WHY, by=world.shen, now=NOW)
    acts.lift_act(act=act, why=Why(0, "弄错了人"), by=world.fang, now=LATER)
    assert Pause.objects.get().ended_at == LATER and told(world.lin)[-1] == "forum.lifted"
    world.post(topic, now=LATER)
    with pytest.raises(UserError, match="先撤回"):
        acts.lift_act(act=act, why=ORDERLY, by=world.shen, now=LATER)


def test_a_closed_topic_takes_no_reply_until_it_is_reopened(world):
    topic = world.topic()
    order.close_topic(topic=topic, why=WHY, by=world.shen, now=NOW)
    with pytest.raises(UserError, match="您写的还在"):
        world.post(topic, now=LATER)
    order.reopen_topic(topic=topic, why=ORDERLY, by=world.shen, now=LATER)
    world.post(topic, now=LATER)
    assert told(world.he)[0] == "forum.closed"


def test_a_slow_topic_says_how_long_to_wait_and_ends_by_itself(world):
    topic = world.topic()
    order.slow_topic(topic=topic, seconds=600, hours=1, why=WHY, by=world.shen, now=NOW)
    world.post(topic)
    with pytest.raises(UserError, match="秒以后"):
        world.post(topic, now=NOW + timedelta(seconds=30))
    world.post(topic, by=world.resident("周秀英"), now=NOW + timedelta(seconds=30))
    assert order.end_slow_modes(now=NOW + timedelta(minutes=59)) == 0
    assert order.end_slow_modes(now=NOW + timedelta(minutes=61)) == 1
    topic.refresh_from_db()
    last = Act.objects.latest("pk")
    assert topic.slow == 0 and (last.kind, last.automatic, last.by) == ("lift", True, None)
    assert SlowMode.objects.get().ended_at is not None


def test_an_official_clarification_stands_on_top_with_its_source(world):
    topic = world.topic()
    answer = write_post(by=world.shen, topic=topic, text="没有停水的安排。", now=NOW, as_office=True)
    with pytest.raises(UserError) as error:
        order.clarify_topic(
            topic=topic, number=answer.number, source="", reason="传言不实", by=world.shen, now=LATER
        )
    assert error.value.field == "source"
    with pytest.raises(UserError) as error:
        order.clarify_topic(
            topic=topic, number=1, source="自来水公司", reason="传言不实", by=world.shen, now=LATER
        )
    assert error.value.field == "number"
    act = order.clarify_topic(
        topic=topic,
        number=answer.number,
        source="自来水公司 5月18日 通知",
        reason="传言不实",
        by=world.shen,
        now=LATER,
    )
    topic.refresh_from_db()
    assert topic.clarified_by == 2 and act.source.startswith("自来水公司")


def test_pins_hold_to_a_day_and_notices_keep_theirs(world):
    topic = world.topic()
    order.pin_topic(
        topic=topic, pin=Pin.IMPORTANT, until=LATER + timedelta(days=1), why=ORDERLY, by=world.shen, now=LATER
    )
    topic.refresh_from_db()
    assert topic.pin == Pin.IMPORTANT
    order.unpin_topic(topic=topic, why=ORDERLY, by=world.shen, now=LATER)
    Topic.objects.filter(pk=topic.pk).update(source="notice:1", pin=Pin.PINNED)
    with pytest.raises(UserError, match="公告"):
        order.unpin_topic(topic=topic, why=ORDERLY, by=world.shen, now=LATER)


def test_what_waits_is_seen_when_it_is_approved_and_only_then(world):
    board = make_board(world.place, "first", approval="all")
    topic = world.topic(board=board)
    assert topic.state == PostState.WAITING
    hold = Act.objects.get()
    assert (hold.kind, hold.automatic, hold.cause, hold.by) == ("hold", True, "board", None)
    board.refresh_from_db()
    assert (board.topics, board.posts) == (0, 0)
    queue.approve_post(post=Post.objects.get(), by=world.shen, now=LATER)
    topic.refresh_from_db()
    board.refresh_from_db()
    assert (topic.state, board.topics, board.posts) == ("shown", 1, 1) and told(world.he) == [
        "forum.approved"
    ]
    with pytest.raises(UnknownTransition):
        queue.approve_post(post=Post.objects.get(), by=world.fang, now=LATER)


def test_a_refused_post_stays_unseen_with_its_text(world):
    board = make_board(world.place, "first", approval="all")
    world.topic(board=board)
    post = Post.objects.get()
    queue.refuse_post(post=post, why=WHY, by=world.shen, now=LATER)
    post.refresh_from_db()
    assert post.state == "hidden" and post.text and told(world.he) == ["forum.refused"]


def test_erased_by_law_only_the_number_is_left(world):
    topic = world.topic(title="某某家的事")
    post = world.post(topic, text="这一段要依法删掉。")
    PostVersion.objects.create(post=post, at=NOW, by=world.lin.person, text="这一段以前的样子。")
    with pytest.raises(NotAllowed):
        erasure.erase_post(post=post, basis="某法第十条", by=world.shen, now=LATER)
    with pytest.raises(UserError) as error:
        erasure.erase_post(post=post, basis=" ", by=world.limin, now=LATER)
    assert error.value.field == "basis"
    erasure.erase_post(post=post, basis="民法典第一千零三十四条", by=world.limin, now=LATER)
    post.refresh_from_db()
    assert (post.state, post.text, post.cooked, post.number) == ("erased", "", "", 2)
    assert "依法删" not in post.text and not PostVersion.objects.exists()
    dump = "".join(
        str(row) for model in (Post, Topic, Act, SearchEntry) for row in model.objects.values_list()
    )
    assert "这一段要" not in dump and "以前的样子" not in dump
    row = AuditRow.objects.get(action="forum.erased")
    assert row.purpose == "民法典第一千零三十四条"
    with pytest.raises(UnknownTransition):
        erasure.erase_post(post=post, basis="再删", by=world.limin, now=LATER)
    first = Post.objects.get(topic=topic, number=1)
    erasure.erase_post(post=first, basis="民法典第一千零三十四条", by=world.limin, now=LATER)
    topic.refresh_from_db()
    assert "某某" not in topic.title and topic.state == "erased"


def test_the_log_cannot_be_changed():
    wanted = {
        "linli_forum_act",
        "linli_forum_speechrules",
        "linli_forum_speechlimits",
        "linli_forum_appealevent",
        "linli_forum_erasure",
    }
    assert wanted <= set(tables()) and connection.vendor
