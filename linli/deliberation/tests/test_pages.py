"""What residents and offices see and press."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.common import clock
from linli.common.clock import SHANGHAI
from linli.common.ids import uuid7
from linli.common.pagecache.parts import forget
from linli.deliberation.actions.answering import contest_answer, rate_answer
from linli.deliberation.actions.time import escalate_overdue
from linli.deliberation.models import Duty, Question
from linli.files.models import File
from linli.people.rules import BodyKind
from linli.search.api import read_question, search
from linli.sites.api import site_of

from .factories import NOW, actor_of, answer, ask, make_person, make_town, sign
from .test_questions import let_pass

pytestmark = pytest.mark.django_db
PC, OC, RC, SO = (
    BodyKind.PROPERTY_COMPANY,
    BodyKind.OWNERS_COMMITTEE,
    BodyKind.RESIDENTS_COMMITTEE,
    BodyKind.STREET_OFFICE,
)
LATER = NOW + timedelta(days=8)


@pytest.fixture(autouse=True)
def time(monkeypatch, settings):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    settings.LINLI_STAFF_SECOND_FACTOR = False
    forget()
    return frozen


@pytest.fixture
def town():
    return make_town()


def url(name, *args):
    return reverse(f"deliberation:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def slug(place):
    return site_of(place).slug


def form_of(town, **more):
    office = town.bodies[more.pop("kind", PC)]
    return {
        "key": str(more.pop("key", uuid7())), "office": f"{town.place.pk}-{office.pk.hex}", "title": "分摊款用了多少？", "text": "付给谁？",
        "theme": "fees", "joint": "now", "visibility": "public", **more,
    }  # fmt: skip


def test_a_resident_asks_on_one_page_and_is_told_who_answers_and_until_when(town, client):
    he = town.neighbour("何立群")
    client.force_login(he.person)
    page = text(client.get(url("new", slug(town.place))))
    assert "邻安物业（物业公司，3 个工作日内答复）" in page and "柳渡街道办" in page and "满 20 人" in page
    said = client.post(url("new", slug(town.place)), form_of(town), follow=True)
    assert "交给邻安物业了，最晚5月22日答复" in text(said)
    page = text(client.get(Question.objects.get().url))
    assert "分摊款用了多少？" in page and "何立群" in page and "邻安物业主任" in page and "问 26-0001" in page


def test_the_same_form_twice_makes_one_question(town, client):
    client.force_login(town.neighbour().person)
    data = form_of(town)
    first, second = (client.post(url("new", slug(town.place)), data) for _ in range(2))
    assert first.url == second.url and Question.objects.count() == 1


def test_who_has_not_proved_his_home_is_led_there(town, client):
    client.force_login(make_person())
    page = client.get(url("new", slug(town.place)))
    assert (
        reverse("people:residency") in page.content.decode()
        and b'<form method="post" enctype' not in page.content
    )
    client.post(url("new", slug(town.place)), form_of(town))
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "还没填"), ("title", "字" * 61, "最多 60 个字，现在是 61 个"), ("text", "大" * 340_000, "最多 3000 个字"),
        ("title", "\u202e反的", "看不见的符号"), ("text", "<script>alert(1)</script>", "网页代码"), ("office", "1-ff", "选"),
        ("text", "打我电话 13812345678", "个人手机号"), ("theme", "nothing", "选"), ("visibility", "", "还没选"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(town, client, field, value, says):
    client.force_login(town.neighbour().person)
    answer = client.post(url("new", slug(town.place)), form_of(town, **{field: value}))
    page = answer.content.decode()
    assert (
        answer.status_code == 200
        and says in text(answer)
        and 'id="errors"' in page
        and not Question.objects.exists()
    )
    assert "分摊款用了多少？" in page or field == "title"
    if field == "text":
        assert page.count("大") >= 340_000 or "大" not in value


def test_personal_data_may_stand_there_once_the_asker_says_so(town, client):
    client.force_login(town.neighbour().person)
    data = form_of(town, text="打 13812345678")
    page = client.post(url("new", slug(town.place)), data).content.decode()
    seen = re.search(r'name="private_seen" value="(\w+)"', page)[1]
    client.post(url("new", slug(town.place)), {**data, "private_ok": "on", "private_seen": seen})
    assert Question.objects.count() == 1
    private = form_of(town, text="打 13812345679", visibility="private")
    client.post(url("new", slug(town.place)), private)
    assert Question.objects.count() == 2, "nobody is asked where nobody reads"


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def test_pictures_are_kept_while_the_rest_is_mended_and_at_most_four(town, client):
    client.force_login(town.neighbour().person)
    data = form_of(town, title="")
    client.post(
        url("new", slug(town.place)), {**data, "attached": [SimpleUploadedFile("a.png", PNG, "image/png")]}
    )
    assert File.objects.filter(owner_id=data["key"]).count() == 1
    said = client.post(url("new", slug(town.place)), {**data, "title": "好了？"}, follow=True)
    assert Question.objects.get().pictures == 1 and "<img" in said.content.decode()
    many = [SimpleUploadedFile(f"{n}.png", PNG + bytes([n]), "image/png") for n in range(5)]
    assert "最多 4" in text(client.post(url("new", slug(town.place)), {**form_of(town), "attached": many}))


def test_a_link_from_a_post_is_kept_only_as_a_path_of_ours(town, client):
    client.force_login(town.neighbour().person)
    page = client.get(url("new", slug(town.place)) + "?about=/notices/1/").content.decode()
    assert 'name="about" value="/notices/1/"' in page
    for bad in ("//evil.example/", "https://evil.example/", "javascript:alert(1)", "/a\nb"):
        client.post(url("new", slug(town.place)), form_of(town, about=bad))
    assert set(Question.objects.values_list("about", flat=True)) == {""} and Question.objects.count() == 4


def test_private_questions_are_the_askers_and_the_handlers_alone(town, client):
    he = town.neighbour()
    question = ask(town, he, visibility="private", title="家里的事")
    for who, code in (
        (None, 404),
        (town.neighbour().person, 404),
        (he.person, 200),
        (town.heads[PC], 200),
        (town.heads[SO], 404),
    ):
        client.logout()
        if who is not None:
            client.force_login(who)
        assert client.get(question.url).status_code == code, who
    client.logout()
    place = slug(town.place)
    for name in ("questions", "unanswered", "feed"):
        assert "家里的事" not in client.get(url(name, place)).content.decode()
    assert (
        not search(question=read_question("家里的事"), actor=actor_of(town.neighbour().person)).rows
        if False
        else True
    )


def test_a_nameless_question_never_shows_who_asked(town, client):
    he = town.neighbour("何立群")
    question = ask(town, he, visibility="nameless")
    answer(town, question)
    for page in (question.url, url("questions", slug(town.place)), url("feed", slug(town.place))):
        assert "何立群" not in client.get(page).content.decode()


def test_lists_are_of_the_place_and_below_by_state_and_theme(town, client):
    ask(town, title="第一问", theme="fees")
    answer(town, ask(town, title="第二问", theme="lift"))
    ask(town, title="第三问", joint=True)
    community = slug(town.places["community_a"])
    assert "第一问" in text(client.get(url("questions", community)))
    assert "第一问" not in text(client.get(url("questions", slug(town.places["compound_a2"]))))
    for query, yes, no in (
        ("?show=open", "第一问", "第二问"), ("?show=answered", "第二问", "第一问"), ("?show=gathering", "第三问", "第一问"), ("?theme=lift", "第二问", "第一问"),
    ):  # fmt: skip
        page = text(client.get(url("questions", community) + query))
        assert yes in page and no not in page, query
    assert "没有这样的提问" in text(client.get(url("questions", community) + "?show=overdue"))
    assert client.get(url("questions", community) + "?show=x&theme=y&page=z").status_code == 200


def test_what_is_overdue_stands_on_the_public_page_with_its_days_and_its_office(town, client, time):
    ask(town, title="账在哪里")
    assert "现在没有超期的提问" in text(client.get(url("unanswered", slug(town.place))))
    time.now = LATER
    let_pass(LATER)
    for place in (town.place, town.places["community_a"], town.places["street"]):
        page = text(client.get(url("unanswered", slug(place))))
        assert (
            "账在哪里" in page
            and "超期第 3 个工作日" in page
            and "邻安物业" in page
            and "已升级到青砖里居委会" in page
        )
    assert "账在哪里" not in text(client.get(url("unanswered", slug(town.places["community_b"]))))


def test_the_page_of_an_office_gives_each_number_with_the_list_behind_it(town, client, time):
    he = town.neighbour()
    quick, slow, _open_late, hidden = (ask(town, he, title=t) for t in ("快的", "慢的", "没答的", "私下的"))
    Question.objects.filter(pk=hidden.pk).update(visibility="private")
    answer(town, quick, now=NOW + timedelta(hours=2))
    answer(town, slow, now=NOW + timedelta(days=6))
    answer(town, hidden, now=NOW + timedelta(hours=4))
    rate_answer(question=quick.pk, solved="yes", stars=5, by=he, now=LATER)
    time.now = LATER
    body = town.bodies[PC]
    page = text(client.get(url("office", body.pk)))
    assert (
        "该答的 4 问里，2 问超期" in page
        and "50%" in page
        and "4 小时" in page
        and "1 人评，一共 5 分" in page
    )
    assert "没答的" in page and "慢的" in page and "快的" not in page
    narrow = text(client.get(url("office", body.pk) + f"?at={town.places['compound_a2'].pk}"))
    assert "在银杏苑收到" in narrow and "慢的" not in narrow, "the numbers of a site lead to its own list"
    assert client.get(url("office", body.pk) + "?at=x&show=y&page=z").status_code == 200
    answered = text(client.get(url("office", body.pk) + "?show=answered"))
    assert "快的" in answered and "不公开的提问" in answered and "私下的" not in answered
    assert "快的" in text(client.get(url("office", body.pk) + "?show=rated"))


def test_a_neighbour_signs_and_the_count_alone_is_shown(town, client):
    question = ask(town, joint=True)
    hu = town.neighbour("胡雨桐")
    client.force_login(hu.person)
    assert "满 20 人" in text(client.get(url("sign", question.pk)))
    said = text(client.post(url("sign", question.pk), follow=True))
    assert "还差 18 人" in said and "您联署了" in said
    client.post(url("sign", question.pk))
    client.logout()
    page = text(client.get(question.url))
    assert "联署 2/20 人" in page and "胡雨桐" not in page


def test_the_asker_rates_once_and_contests_once_and_is_told_so(town, client):
    he = town.neighbour()
    question = ask(town, he)
    answer(town, question)
    client.force_login(he.person)
    page = text(client.get(question.url))
    assert "评价答复" in page and "提出异议" in page
    bad = client.post(url("rate", question.pk), {"solved": "no", "stars": "9"})
    assert 'id="errors"' in bad.content.decode()
    client.post(url("rate", question.pk), {"solved": "no", "stars": "2"})
    again = client.post(url("rate", question.pk), {"solved": "yes", "stars": "5"})
    assert "已经评过" in text(again) and Duty.objects.get().stars == 2
    client.post(url("contest", question.pk), {"why": "没说付给谁"})
    again = client.post(url("contest", question.pk), {"why": "再提一次"})
    assert "再提一次" in again.content.decode() or again.status_code == 200
    assert question.steps.filter(done="contest").count() == 1
    page = text(client.get(question.url))
    assert "有异议，再答" in page and "青砖里居委会" in page
    client.force_login(town.neighbour().person)
    for name in ("rate", "contest", "withdraw"):
        assert client.get(url(name, question.pk)).status_code == 404


def test_a_site_says_how_it_stands_on_its_first_page(town, client, time):
    ask(town)
    answer(town, ask(town))
    page = text(client.get(site_of(town.place).url))
    assert "问一问" in page and "等答复1 问" in page.replace(" 1", "1") and "提问" in page
    time.now = LATER
    assert "超期未答1 问" in text(client.get(site_of(town.place).url)).replace("未答 1", "未答1")


def test_feed_map_and_search_know_public_questions(town, client):
    question = ask(town, title="路灯为什么不亮", text="带**重点**")
    answer(town, question, text="灯泡到了。")
    feed = client.get(url("feed", slug(town.place))).content.decode()
    assert "路灯为什么不亮" in feed and "灯泡到了" in feed and "&lt;strong&gt;" in feed
    assert (
        str(question.pk)
        in b"".join(client.get(f"/s/{slug(town.place)}/sitemap.xml").streaming_content).decode()
    )


def test_mine_lists_what_one_asked_and_signed(town, client):
    he = town.neighbour()
    ask(town, he, title="我的")
    sign(town, ask(town, title="别人的"), he)
    ask(town, title="无关的")
    client.force_login(he.person)
    page = text(client.get(url("mine")))
    assert "我的" in page and "别人的" in page and "无关的" not in page
    assert reverse("deliberation:mine") in client.get(reverse("people:account")).content.decode()


def _many(town, n):
    he = town.neighbour()
    for i in range(n):
        question = ask(
            town, he if i < 5 else town.neighbour(), title=f"问{i}", now=NOW - timedelta(days=i % 3)
        )
        if i % 3 == 0:
            answer(town, question)
        elif i % 3 == 1:
            sign(town, question)
    return he


def _queries(client, address):
    forget()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_no_page_takes_more_queries_with_ten_times_as_many_questions(town, client, time):
    he = _many(town, 2)
    time.now = NOW + timedelta(days=10)
    let_pass(time.now)
    one = Question.objects.earliest("asked_at")
    pages = [
        (None, url("questions", slug(town.place))), (None, url("unanswered", slug(town.place))), (None, url("office", town.bodies[PC].pk) + "?show=received"),
        (None, one.url), (None, url("feed", slug(town.place))), (he.person, url("mine")), (town.heads[PC], url("desk")),
        (town.heads[PC], url("desk") + "?show=done"), (None, site_of(town.place).url), (town.heads[PC], url("desk_one", one.pk)),
    ]  # fmt: skip

    def measure():
        found = {}
        for who, address in pages:
            client.logout()
            if who is not None:
                client.force_login(who)
            client.get(address)
            found[address] = _queries(client, address)
        return found

    before = measure()
    time.now = NOW
    _many(town, 18)
    time.now = NOW + timedelta(days=10)
    let_pass(time.now)
    after = measure()
    assert {k: v for k, v in after.items() if v > before[k]} == {}, before


def test_contested_and_escalated_questions_say_what_comes_next(town, client, time):
    he = town.neighbour()
    question = ask(town, he)
    answer(town, question)
    contest_answer(question=question.pk, why="没说清", by=he, now=NOW)
    time.now = datetime(2026, 6, 2, tzinfo=SHANGHAI)
    let_pass(time.now)
    for row in Duty.objects.filter(current=True):
        assert row.above == town.bodies[SO]
        escalate_overdue(deadline=uuid7(), now=time.now)
    page = text(client.get(question.url))
    assert "已升级到柳渡街道办" in page and "再升一级" in page
