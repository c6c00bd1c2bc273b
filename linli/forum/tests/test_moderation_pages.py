"""The pages of moderation: rules, the public log, reporting, the desk, appeals."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from linli.common import clock
from linli.forum.actions import acts, appeals, order, reports
from linli.forum.actions.posts import write_post
from linli.forum.models import Act, Appeal, Post, Report, SpeechRules, Topic, Word
from linli.forum.rules import Audience
from linli.people.tests.factories import make_person
from linli.sites.api import site_of

from .moderation_world import LATER, NOW, WHY, World, make_board

pytestmark = pytest.mark.django_db
ROUTES = ("desk_post", "desk_topic")


@pytest.fixture(autouse=True)
def time(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: LATER)


@pytest.fixture
def world():
    return World()


def url(name, *args):
    return reverse(f"forum:{name}", args=args)


def words(answer):
    return re.sub(r"\s+", "", strip_tags(answer.content.decode()).replace("\u00a0", ""))


def slug(world):
    return site_of(world.place).slug


def sign_in(client, actor):
    client.force_login(actor.person)
    return client


def test_the_rules_are_for_everybody_and_a_new_version_keeps_the_old(world, client):
    page = url("rules", slug(world))
    assert "通用的这一份" in words(client.get(page)) and "就事论事" in words(client.get(page))
    edit = url("rules_edit", slug(world))
    assert client.get(edit).status_code == 302
    assert sign_in(client, world.lin).get(edit).status_code == 404
    sign_in(client, world.fang)
    typed = {"articles": "只说本小区的事\n楼道不堆东西", "lead": "好好说话", "adopted_on": "2026-05-19"}
    assert client.post(edit, typed)["Location"] == page
    assert (
        client.post(edit, {**typed, "articles": "只说本小区的事\n楼道不堆东西\n不发广告"})["Location"] == page
    )
    client.logout()
    said = words(client.get(page))
    assert "不发广告" in said and "第1版" in said and "第2版" in said
    assert (
        "不是这一版" in words(client.get(page + "?version=1"))
        and client.get(page + "?version=7").status_code == 404
    )
    assert SpeechRules.objects.count() == 2


@pytest.mark.parametrize(
    "typed",
    [
        {"articles": ""},
        {"articles": "长" * 301},
        {"articles": "<script>x</script>"},
        {"adopted_on": "哪天"},
        {"articles": "\n".join("一二三四" for _n in range(40))},
    ],
)
def test_bad_rules_are_said_at_their_field_and_kept(world, client, typed):
    good = {"articles": "只说本小区的事", "lead": "", "adopted_on": "2026-05-19"}
    answer = sign_in(client, world.fang).post(url("rules_edit", slug(world)), {**good, **typed})
    assert answer.status_code == 200 and "要改" in words(answer) and not SpeechRules.objects.exists()


def test_a_reader_reports_and_is_thanked_and_the_same_form_twice_is_one(world, client):
    post = world.post(world.topic())
    page = url("report", post.pk)
    assert "login" in client.get(page)["Location"]
    assert sign_in(client, world.lin).get(page).status_code == 404
    sign_in(client, world.he)
    assert "别人家" not in words(client.get(page))
    answer = client.post(page, {"words": "写了门牌"})
    assert "写了门牌" in answer.content.decode() and not Report.objects.exists()
    for _n in range(2):
        assert (
            client.post(page, {"article": "3", "words": "写了门牌"})["Location"]
            == f"/topics/{post.topic_id}/"
        )
    assert Report.objects.count() == 1


@pytest.mark.parametrize("value", ["<img src=x onerror=alert(1)>", "\u202eabc", "字" * 1000, "x" * 1_000_000])
def test_bad_words_in_a_report_are_refused_and_kept(world, client, value):
    post = world.post(world.topic())
    answer = sign_in(client, world.he).post(url("report", post.pk), {"article": "3", "words": value})
    assert answer.status_code == 200 and not Report.objects.exists() and b"<img src=x" not in answer.content


def test_ten_thousand_marks_in_a_reason_do_no_harm(world, client):
    post = world.post(world.topic())
    answer = sign_in(client, world.shen).post(
        url("desk_post", post.pk), {"do": "hide", "article": "3", "reason": "a" + "\u0301" * 10_000}
    )
    assert answer.status_code == 200 and Post.objects.get(pk=post.pk).state == "shown"


def test_several_reports_are_one_line_at_the_desk_and_name_nobody(world, client):
    topic = world.topic()
    post = world.post(topic)
    for actor in (world.he, world.resident("周秀英")):
        reports.report_post(post=post, article=3, words="门牌", by=actor, now=NOW)
    said = words(sign_in(client, world.shen).get(url("desk")))
    assert said.count(post.text.replace(" ", "")) == 1 and "2人举报" in said
    case = words(client.get(url("desk_post", post.pk)))
    assert "门牌" in case and "周秀英" not in case and "何立群" not in case
    assert words(client.get(url("desk") + "?board=999")).count("2人举报") == 0
    assert client.get(url("desk") + "?board=x&page=zz&show=nothing").status_code == 200


def test_a_post_is_hidden_at_the_desk_and_the_public_log_says_why_but_not_what(world, client):
    post = world.post(world.topic(), text="某某家住三幢，天天吵。")
    sign_in(client, world.shen)
    page = url("desk_post", post.pk)
    assert "别人只看到" in words(client.get(page + "?do=hide"))
    empty = client.post(page, {"do": "hide", "article": "", "reason": ""})
    assert "“按哪一条”还没选" in words(empty) and "“为什么”还没填" in words(empty)
    assert client.post(page, {"do": "hide", "article": "3", "reason": "写了门牌"})["Location"] == page
    assert "撤回" not in words(client.get(page)) and "恢复" in words(client.get(page))
    client.logout()
    log = words(client.get(url("log", slug(world))))
    assert "隐去了一条发言" in log and "写了门牌" in log and "居民委员会" in log
    assert "某某家" not in log and "林小满" not in log
    topic = words(client.get(f"/topics/{post.topic_id}/"))
    assert "某某家" not in topic and "写了门牌" in topic
    feed = client.get(url("log_feed", slug(world)))
    assert (
        feed["Content-Type"].startswith("application/atom+xml")
        and "某某家" not in feed.content.decode()
        and "写了门牌" in feed.content.decode()
    )


def test_the_logs_numbers_lead_to_the_list_behind_them(world, client):
    post = world.post(world.topic())
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=NOW)
    order.slow_topic(topic=post.topic, seconds=60, hours=1, why=None, by=None, now=NOW, cause="wave")
    appeal = appeals.lodge_appeal(act=act, words="不对", by=world.lin, now=NOW)
    appeals.decide_appeal(appeal=appeal, overturn=True, answer="说得对", by=world.limin, now=LATER)
    page = url("log", slug(world))
    answer = client.get(page)
    html = answer.content.decode()
    assert "?month=2026-05&amp;what=overturned" in html and "申诉：撤销原处理" in words(answer)
    for query, there, not_there in (
        ("who=machine", "一下子来了很多新邻居", "说得对"),
        ("what=overturned", "隐去了一条发言", "一下子"),
        ("month=2026-05&kind=restore", "恢复了一条发言", "一下子"),
        ("month=2026-04", "没有符合的", "隐去了一条发言·"),
    ):
        said = words(client.get(f"{page}?{query}")).partition("每个月")[0]
        assert there in said and not_there not in said.replace("做了什么", "")[900:] + "", query
    for bad in ("month=99", "kind=<b>", "before=abc", "before=9" + "9" * 30, "what=x&who=y&month=2026-13"):
        assert client.get(f"{page}?{bad}").status_code == 200


def test_the_log_of_a_members_board_names_no_title_to_others(world, client):
    board = make_board(world.place, "inside", reads=Audience.MEMBERS)
    topic = world.topic(board=board, title="家里的秘密")
    act = order.close_topic(topic=topic, why=WHY, by=world.shen, now=NOW)
    for page in (url("log", slug(world)), url("act", act.pk), url("log_feed", slug(world))):
        assert "家里的秘密" not in client.get(page).content.decode()
    assert "家里的秘密" in sign_in(client, world.lin).get(url("log", slug(world))).content.decode()


def test_the_author_reads_his_text_and_appeals_others_read_neither(world, client):
    post = world.post(world.topic(), text="我写的原话在这里。")
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=NOW)
    assert "我写的原话" not in words(client.get(url("act", act.pk)))
    assert sign_in(client, world.he).get(url("appeal", act.pk)).status_code == 404
    sign_in(client, world.lin)
    assert "我写的原话" in words(client.get(url("act", act.pk))) and "不同意，申诉" in words(
        client.get(url("act", act.pk))
    )
    assert "为什么不同意" in words(client.post(url("appeal", act.pk), {"words": ""}))
    assert client.post(url("appeal", act.pk), {"words": "没写门牌"})["Location"] == url("act", act.pk)
    said = words(client.get(url("act", act.pk)))
    assert "没写门牌" in said and "由街道办答复" in said
    client.logout()
    assert "没写门牌" not in words(client.get(url("act", act.pk)))


def test_an_appeal_is_decided_at_the_desk_by_whom_it_belongs_to(world, client):
    post = world.post(world.topic(), text="我写的原话在这里。")
    act = acts.hide_post(post=post, why=WHY, by=world.shen, now=NOW)
    appeal = appeals.lodge_appeal(act=act, words="没写门牌", by=world.lin, now=NOW)
    page = url("decide", appeal.pk)
    for actor in (world.shen, world.fang, world.lin, world.gu, world.stranger):
        assert sign_in(client, actor).get(page).status_code == 404
        assert client.post(page, {"overturn": "yes", "answer": "我说了算"}).status_code == 404
    sign_in(client, world.limin)
    assert "隐去了一条发言" in words(client.get(url("appeals")))
    assert "我写的原话" in words(client.get(page)) and "没写门牌" in words(client.get(page))
    assert "还没选" in words(client.post(page, {"answer": "看过了"}))
    assert client.post(page, {"overturn": "yes", "answer": "没有门牌"})["Location"] == page
    assert Post.objects.get(pk=post.pk).state == "shown" and Appeal.objects.get().state == "overturned"
    assert client.post(page, {"overturn": "no", "answer": "再来"}).status_code == 302
    assert Appeal.objects.get().state == "overturned"
    assert "没有门牌" in words(client.get(url("act", act.pk)))


@pytest.mark.parametrize("name", ROUTES)
def test_the_desk_of_an_unreadable_board_is_not_there(world, client, name):
    board = make_board(world.place, "inside", reads=Audience.MEMBERS)
    topic = world.topic(board=board)
    post = world.post(topic)
    key = topic.pk if name == "desk_topic" else post.pk
    for actor in (world.stranger, world.property, world.lin, world.gu):
        sign_in(client, actor)
        assert client.get(url(name, key)).status_code == 404
        for do in (
            "hide",
            "close",
            "warn",
            "pause",
            "slow",
            "pin",
            "move",
            "split",
            "merge",
            "clarify",
            "approve",
        ):
            assert (
                client.post(url(name, key), {"do": do, "article": "1", "reason": "不该成"}).status_code == 404
            )
    assert sign_in(client, world.stranger).get(url("report", post.pk)).status_code == 404
    assert not Act.objects.exists()


def test_a_topic_is_closed_slowed_pinned_moved_split_and_merged_at_the_desk(world, client):
    target = make_board(world.place, "parking", "停车")
    topic, into = world.topic(), world.topic(by=world.lin)
    for _n in range(3):
        world.post(topic)
    sign_in(client, world.shen)
    page = url("desk_topic", topic.pk)
    why = {"article": "9", "reason": "看着清楚"}
    steps = [
        {"do": "slow", "seconds": "120", "slow_hours": "2"}, {"do": "quicken"}, {"do": "pin", "pin": "1", "until": "2026-06-30"},
        {"do": "unpin"}, {"do": "split", "numbers": "3", "title": "另说门禁"}, {"do": "move", "board": str(target.pk)},
        {"do": "close"}, {"do": "reopen"}, {"do": "merge", "into": f"https://x.example/topics/{into.pk}/"},
    ]  # fmt: skip
    for step in steps:
        assert client.get(f"{page}?do={step['do']}").status_code == 200
        assert client.post(page, {**why, **step}).status_code == 302, step
    assert list(Act.objects.order_by("pk").values_list("kind", flat=True)) == [
        "slow", "lift", "pin", "unpin", "split", "move", "close", "reopen", "merge",
    ]  # fmt: skip
    assert Topic.objects.get(pk=topic.pk).merged_into_id == into.pk
    for wrong in (
        {"do": "split", "numbers": "一二", "title": "x"},
        {"do": "merge", "into": "没有"},
        {"do": "nothing"},
    ):
        assert client.post(url("desk_topic", into.pk), {**why, **wrong}).status_code in (200, 302)


def test_a_clarification_stands_on_top_for_everybody(world, client):
    topic = world.topic()
    answer = write_post(by=world.shen, topic=topic, text="没有停水安排。", now=NOW, as_office=True)
    sign_in(client, world.shen)
    typed = {"do": "clarify", "number": answer.number, "source": "自来水公司通知", "reason": "停水的传言不实"}
    assert client.post(url("desk_topic", topic.pk), typed).status_code == 302
    client.logout()
    said = words(client.get(f"/topics/{topic.pk}/"))
    assert "官方说明" in said and "自来水公司通知" in said


def test_the_street_erases_by_law_with_a_basis(world, client):
    post = world.post(world.topic())
    page = url("erase", post.pk)
    assert sign_in(client, world.shen).get(page).status_code == 404
    sign_in(client, world.limin)
    assert (
        client.post(page, {"basis": "某法第一条"}).status_code == 200
        and Post.objects.get(pk=post.pk).state == "shown"
    )
    assert client.post(page, {"basis": "某法第一条", "sure": "on"}).status_code == 302
    assert Post.objects.get(pk=post.pk).state == "erased" and client.get(page).status_code == 404


def test_words_and_limits_are_kept_by_place(world, client):
    sign_in(client, world.fang)
    assert world.place.name in words(client.get(url("shaping")))
    assert client.post(url("words", world.place.pk), {"words": "代办驾照\n代办驾照\n加微"}).status_code == 302
    assert Word.objects.count() == 2
    assert "每个词" in words(client.post(url("words", world.place.pk), {"words": "字"}))
    assert client.get(url("words", world.places["street"].pk)).status_code == 404
    page = url("limits", world.place.pk)
    form = client.get(page).context["form"]
    typed = {name: str(form[name].value()) for name in form.fields}
    assert client.post(page, {**typed, "0-topics_day": "1"}).status_code == 302
    assert "小区" in words(client.get(page)) or world.place.name in words(client.get(page))
    assert client.post(page, {**typed, "0-posts_hour": "x"}).status_code == 200


def test_rules_stand_where_one_writes_and_reporting_below_each_post(world, client):
    topic = world.topic()
    world.post(topic)
    sign_in(client, world.he)
    assert "发言公约" in words(client.get(f"/topics/{topic.pk}/reply/"))
    said = words(client.get(f"/topics/{topic.pk}/"))
    assert said.count("举报") == 1 and "管理这个话题" not in said
    assert "管理这个话题" in words(sign_in(client, world.shen).get(f"/topics/{topic.pk}/"))


@pytest.mark.parametrize("page", ["log", "desk", "appeals", "shaping", "desk_post", "desk_topic"])
def test_the_number_of_queries_does_not_grow(world, client, page):
    topic = world.topic()
    more = [world.post(topic, now=NOW) for _n in range(7)]

    def fill(posts):
        for post in posts:
            reports.report_post(post=post, article=1, words="", by=world.resident("某人"), now=NOW)
            act = acts.hide_post(post=post, why=WHY, by=world.shen, now=NOW)
            appeals.lodge_appeal(act=act, words="不对", by=world.lin, now=NOW)
        for _post in posts:
            other = world.post(topic, by=world.resident("某某"), now=NOW)
            reports.report_post(post=other, article=2, words="", by=world.resident("又一位"), now=NOW)

    address = {
        "log": url("log", slug(world)), "desk": url("desk"), "appeals": url("appeals"), "shaping": url("shaping"),
        "desk_post": url("desk_post", more[0].pk), "desk_topic": url("desk_topic", topic.pk),
    }[page]  # fmt: skip
    sign_in(client, world.limin)
    fill(more[:1])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        assert client.get(address).status_code == 200
    fill(more[1:])
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) <= len(few), [row["sql"][:150] for row in many]
    assert make_person


def test_the_title_of_a_hidden_topic_is_hidden_too(world, client):
    topic = world.topic(title="某某家的丑事")
    act = acts.hide_post(post=Post.objects.get(topic=topic), why=WHY, by=world.shen, now=NOW)
    pages = (
        f"/topics/{topic.pk}/",
        url("log", slug(world)),
        url("act", act.pk),
        url("log_feed", slug(world)),
    )
    for page in pages:
        assert "丑事" not in client.get(page).content.decode(), page
    assert "丑事" in sign_in(client, world.shen).get(f"/topics/{topic.pk}/").content.decode()


def test_a_topic_that_waits_is_not_named_in_the_log(world, client):
    board = make_board(world.place, "first", approval="all")
    world.topic(board=board, title="还没审的标题")
    assert "还没审的标题" not in client.get(url("log", slug(world))).content.decode()
    assert "先审再发" in words(client.get(url("log", slug(world))))
