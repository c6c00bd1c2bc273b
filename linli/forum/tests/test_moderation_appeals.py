"""Appeals go to others, climb when nobody answers, and bring everything back."""

from datetime import timedelta

import pytest

from linli.calendar.api import Deadline, pass_due
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.states import UnknownTransition
from linli.events.calendar import DeadlinePassed
from linli.forum.actions import acts, appeals, erasure, order, queue, speakers
from linli.forum.actions.noting import Why
from linli.forum.models import Act, Appeal, AppealEvent, Pause, Post
from linli.forum.queries.appeals import may_decide_appeal, open_appeals
from linli.forum.queries.standing import acts_against
from linli.forum.speech_rules import Tier
from linli.forum.subscribers_moderation import on_overdue
from linli.messaging.models import Delivery
from linli.people.models import Post as Office
from linli.search.models import SearchEntry

from .moderation_world import LATER, NOW, WHY, World, make_board

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def world():
    return World()


def hidden_by(world, by):
    post = world.post(world.topic())
    return post, acts.hide_post(post=post, why=WHY, by=by, now=NOW)


def lodge(world, act, now=LATER):
    return appeals.lodge_appeal(act=act, words="我写的是公共走道，不是谁家门牌。", by=world.lin, now=now)


def decide(appeal, by, overturn=True, now=LATER):
    return appeals.decide_appeal(
        appeal=appeal, overturn=overturn, answer="说的是走道，没有违反。", by=by, now=now
    )


def told(actor):
    rows = Delivery.objects.filter(
        person=actor.person, channel="inbox", message__template__startswith="forum."
    )
    return list(rows.order_by("message__pk").values_list("message__template", flat=True))


@pytest.mark.parametrize(
    ("actor", "tier", "decider", "not_these"),
    [
        ("fang", Tier.COMMUNITY, "shen", ("fang", "limin", "gu", "stranger", "property", "lin")),
        ("shen", Tier.STREET, "limin", ("shen", "fang", "gu", "stranger", "property", "lin")),
        ("limin", Tier.STREET, "qian", ("limin", "shen", "fang", "gu", "property", "lin")),
    ],
)
def test_others_decide_than_those_who_acted(world, actor, tier, decider, not_these):
    post, act = hidden_by(world, getattr(world, actor))
    appeal = lodge(world, act)
    assert appeal.tier == tier
    for name in not_these:
        assert not may_decide_appeal(
            getattr(world, name), Appeal.objects.select_related("act__board__place").get()
        ), name
        with pytest.raises(NotAllowed):
            decide(appeal, getattr(world, name))
    assert list(open_appeals(getattr(world, decider))) == [appeal]
    assert "forum.appeal_lodged" in told(getattr(world, decider))
    decide(appeal, getattr(world, decider))
    post.refresh_from_db()
    assert post.state == "shown"


def test_an_overturned_act_leaves_no_trace_but_the_log(world):
    topic = world.topic()
    post = world.post(topic)
    world.board.refresh_from_db()
    topic.refresh_from_db()
    before = (world.board.posts, topic.replies, topic.last_at, topic.last_name)
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    assert acts_against(world.lin.person).count() == 1
    decide(lodge(world, act), world.limin)
    post.refresh_from_db()
    topic.refresh_from_db()
    world.board.refresh_from_db()
    assert (world.board.posts, topic.replies, topic.last_at, topic.last_name) == before
    assert (
        post.state == "shown" and post.text in post.article.replace("&nbsp;", " ")
    ) or post.cooked in post.article
    assert SearchEntry.objects.filter(kind="reply", subject=str(post.pk)).exists()
    assert acts_against(world.lin.person).count() == 0
    assert told(world.lin)[-1] == "forum.appeal_overturned"
    assert Act.objects.get(kind="restore").undoes == act
    assert list(AppealEvent.objects.values_list("event", "state")) == [
        ("lodge", "lodged"),
        ("overturn", "overturned"),
    ]
    assert not Deadline.objects.exclude(state="closed").exists()


def test_what_an_appeal_brought_back_the_same_office_does_not_hide_again(world):
    post, act = hidden_by(world, world.shen)
    decide(lodge(world, act), world.limin)
    with pytest.raises(UserError, match="申诉已经撤销"):
        acts.hide_post(post=post, why=WHY, by=world.shen, now=LATER)
    acts.hide_post(post=post, why=WHY, by=world.limin, now=LATER)


def test_an_upheld_act_stands(world):
    post, act = hidden_by(world, world.shen)
    appeal = decide(lodge(world, act), world.limin, overturn=False)
    post.refresh_from_db()
    assert (appeal.state, post.state, told(world.lin)[-1]) == ("upheld", "hidden", "forum.appeal_upheld")
    with pytest.raises(UnknownTransition):
        decide(appeal, world.qian)


def test_a_pause_a_warning_a_closing_and_a_refusal_are_undone_too(world):
    topic = world.topic(by=world.lin)
    post = world.post(topic)
    paused = acts.pause_author(post=post, hours=72, why=WHY, by=world.shen, now=NOW)
    warned = acts.warn_author(post=post, why=WHY, by=world.shen, now=NOW)
    closed = order.close_topic(topic=topic, why=WHY, by=world.shen, now=NOW)
    board = make_board(world.place, "first", approval="all")
    Pause.objects.update(ended_at=None)
    other = world.resident("郑先")
    waits = world.topic(by=other, board=board)
    refused = queue.refuse_post(post=Post.objects.get(topic=waits), why=WHY, by=world.shen, now=NOW)
    for act in (paused, warned, closed):
        decide(lodge(world, act), world.limin)
    appeal = appeals.lodge_appeal(act=refused, words="没有广告", by=other, now=LATER)
    decide(appeal, world.limin)
    topic.refresh_from_db()
    waits.refresh_from_db()
    assert Pause.objects.get().ended_at == LATER and topic.closed_at is None and waits.state == "shown"
    assert acts_against(world.lin.person).count() == 0
    world.post(topic, now=LATER)


def test_only_whom_it_concerns_appeals_once_in_time_with_words(world):
    _post, act = hidden_by(world, world.shen)
    with pytest.raises(NotAllowed):
        appeals.lodge_appeal(act=act, words="替他说一句", by=world.he, now=LATER)
    for words in ("", "长" * 301, "<script>alert(1)</script>"):
        with pytest.raises(UserError) as error:
            appeals.lodge_appeal(act=act, words=words, by=world.lin, now=LATER)
        assert error.value.field == "words"
    with pytest.raises(UserError, match="15 天"):
        lodge(world, act, now=NOW + timedelta(days=16))
    lodge(world, act)
    with pytest.raises(UserError, match="申诉过一次"):
        lodge(world, act)
    assert Appeal.objects.count() == 1


def test_who_reported_a_post_does_not_decide_on_it(world):
    from linli.forum.actions.reports import report_post

    post = world.post(world.topic())
    report_post(post=post, article=3, words="", by=world.limin, now=NOW)
    appeal = lodge(world, acts.hide_post(post=post, why=WHY, by=world.shen, now=NOW))
    with pytest.raises(NotAllowed):
        decide(appeal, world.limin)
    decide(appeal, world.qian)


def test_nobody_answers_in_five_working_days_and_it_goes_one_tier_up_and_stays_with_the_district(world):
    _post, act = hidden_by(world, world.fang)
    appeal = lodge(world, act)
    assert appeal.due_on.isoformat() == "2026-05-26"
    for tier in (Tier.STREET, Tier.DISTRICT, Tier.DISTRICT):
        late = Deadline.objects.exclude(state="closed").get().due
        pass_due(late)
        row = Deadline.objects.exclude(state="closed").get()
        on_overdue(DeadlinePassed(row.pk, row.subject_kind, row.subject_id, row.key), late)
        appeal.refresh_from_db()
        assert appeal.tier == tier
    assert appeal.climbed == 2 and appeal.state == "lodged"
    with pytest.raises(NotAllowed):
        decide(appeal, world.shen)
    decide(appeal, world.gu, now=late)
    assert Post.objects.get(pk=act.post_id).state == "shown"


def test_where_nobody_else_is_in_the_office_it_goes_to_the_next_that_has_anybody(world):
    Office.objects.filter(person=world.qian.person).delete()
    _post, act = hidden_by(world, world.limin)
    assert lodge(world, act).tier == Tier.DISTRICT


def test_what_is_taken_back_or_erased_needs_no_answer(world):
    post, act = hidden_by(world, world.shen)
    appeal = lodge(world, act)
    acts.restore_post(post=post, why=Why(0, "看错了"), by=world.shen, now=LATER)
    appeal.refresh_from_db()
    assert appeal.state == "lapsed" and not Deadline.objects.exclude(state="closed").exists()
    other, act = hidden_by(world, world.shen)
    appeal = lodge(world, act)
    erasure.erase_post(post=other, basis="某法第一条", by=world.limin, now=LATER)
    appeal.refresh_from_db()
    assert appeal.state == "lapsed"


def test_a_closed_account_leaves_no_words_and_no_open_appeal(world):
    _post, act = hidden_by(world, world.shen)
    appeal = lodge(world, act)
    speakers.forget_speaker(person=world.lin.person_id, now=LATER)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.words) == ("lapsed", "")


def test_whose_two_accounts_became_one_appeals_with_the_one_that_is_left(world):
    _post, act = hidden_by(world, world.shen)
    kept = world.resident("林小满")
    world.lin.person.merged_into = kept.person
    world.lin.person.save()
    speakers.merge_speakers(keep=kept.person_id, drop=world.lin.person_id, now=LATER)
    assert appeals.lodge_appeal(act=act, words="不对", by=kept, now=LATER).by == kept.person
    assert acts_against(kept.person).count() == 1
