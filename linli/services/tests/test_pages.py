"""What everybody sees of service items."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.pagecache.parts import forget
from linli.common.tests.cache_kit import Site as Edge
from linli.services.actions.items import withdraw_item
from linli.services.content import Condition, Material, Question
from linli.sites.api import nearest_site, site_of

from .factories import NOW, make_clerk, make_item, publish_again, timedelta

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def time(monkeypatch):
    class Time:
        now = NOW

    frozen = Time()
    monkeypatch.setattr(clock, "now", lambda: frozen.now)
    forget()
    return frozen


@pytest.fixture
def places():
    return make_cell()


def url(name, *args):
    return reverse(f"services:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def listed(places, query="", at="compound_a1"):
    from django.test import Client

    return Client().get(url("items", nearest_site(places[at]).slug) + query)


def test_a_place_lists_its_own_and_those_of_the_places_around_it(places):
    make_item(places["street"])
    make_item(places["community_a"], name="日托登记")
    make_item(places["community_b"], name="巷口托管")
    make_item(places["street"], name="还没想好", published=False)
    page = text(listed(places))
    assert "高龄津贴申领" in page and "日托登记" in page and "巷口托管" not in page and "还没想好" not in page
    assert "全部 2 件" in page and page.index("高龄津贴申领") < page.index("日托登记"), "G before R"
    street = text(listed(places, at="street"))
    assert "高龄津贴申领" in street and "日托登记" not in street


def test_it_is_found_by_a_turn_of_life_by_whom_it_is_for_and_by_a_word(places):
    make_item(places["street"])
    make_item(
        places["street"],
        name="生育登记",
        events=("birth",),
        audiences=("family",),
        also=("准生证",),
        lead="生孩子前后登记",
    )
    page = listed(places).content.decode()
    assert "?event=birth" in page and "?who=old" in page and "?event=pet" not in page, (
        "only turns under which something stands"
    )
    for query, there, not_there in (
        ("?event=birth", "生育登记", "高龄津贴申领"), ("?who=old", "高龄津贴申领", "生育登记"), ("?q=准生证", "生育登记", "高龄津贴申领"),
        ("?q=ＪＩＮＴＩＥ", "没有找到", "生育登记"),
    ):  # fmt: skip
        page = text(listed(places, query))
        assert there in page and not_there not in page, query


@pytest.mark.parametrize(
    "query",
    [
        "?event=nothing",
        "?who=%00",
        "?event=birth%27--",
        "?q=" + "长" * 500,
        "?q=%3Cscript%3Ealert(1)%3C/script%3E",
    ],
)
def test_odd_questions_are_answered_with_a_page(places, query):
    make_item(places["street"])
    answer = listed(places, query)
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()


def test_an_item_says_first_how_long_what_it_costs_and_whether_one_can(places, client):
    item = make_item(places["street"])
    page = text(client.get(url("item", item.pk)))
    for words in (
        "5 个工作日",
        "不收费",
        "1 趟",
        "每月 100 元",
        "年满 80 周岁",
        "市老年人优待办法 第十一条",
        "要带 2 样。",
        "5月26日 前办完",
    ):
        assert words in page, words
    assert "示例" not in page
    assert "已经有，不用交" in page and "别人代办才要" in page
    assert (
        page.index("您能办吗？")
        < page.index("要带什么？")
        < page.index("怎么办？")
        < page.index("依据和细则")
    )


def test_answers_in_the_address_leave_what_one_needs(places, client):
    item = make_item(places["street"])
    page = text(client.get(url("item", item.pk) + "?who=0"))
    assert "委托书" not in page and "要带 1 样" in page
    answer = client.get(url("item", item.pk) + "?who=1")
    assert "委托书" in text(answer) and "别人代办才要" not in text(answer)
    assert re.search(r'name="who" value="1" id="who-1" checked', answer.content.decode())


@pytest.mark.parametrize(
    "query", ["?who=9", "?who=-1", "?who=一", "?who=99999999999999999999", "?nothing=1", "?who="]
)
def test_answers_that_nobody_offers_count_as_none(places, client, query):
    item = make_item(places["street"])
    answer = client.get(url("item", item.pk) + query)
    assert answer.status_code == 200 and "别人代办才要" in text(answer)


def test_it_says_whether_the_office_is_open_now(places, client, time):
    item = make_item(places["street"])
    assert "开着，到 17:00" in text(client.get(url("item", item.pk)))
    time.now = datetime(2026, 5, 19, 12, 0, tzinfo=UTC)  # 20:00 in Shanghai
    page = text(client.get(url("item", item.pk)))
    assert "明天 8:30开" in page and "打电话问 555 0100" in page


def test_a_withdrawn_item_says_why_and_names_no_counter(places, client):
    item = make_item(places["street"])
    withdraw_item(item=item, why="并到区里办", by=None, now=NOW)
    page = text(client.get(url("item", item.pk)))
    assert "已经不在这里办了" in page and "并到区里办" in page and "现在去办" not in page
    assert "高龄津贴申领" not in text(listed(places))


def test_drafts_and_unknown_keys_are_not_there(places, client):
    item = make_item(places["street"], published=False)
    assert client.get(url("item", item.pk)).status_code == 404


def test_it_says_when_nobody_looked_for_half_a_year(places, client, time):
    item = make_item(places["street"])
    assert "半年没有核对" not in text(client.get(url("item", item.pk)))
    time.now = NOW + timedelta(days=181)
    assert "半年没有核对" in text(client.get(url("item", item.pk)))


def test_its_own_words_are_shown_as_text(places, client):
    item = make_item(places["street"], lead="<b>粗</b>", conditions=(Condition("<script>alert(1)</script>"),))
    page = client.get(url("item", item.pk)).content.decode()
    assert "<script>alert" not in page and "&lt;b&gt;粗" in page


@pytest.mark.django_db(transaction=True)
def test_kept_pages_move_with_every_verb(time):
    places = make_cell()
    item, edge = make_item(places["street"]), Edge(8 << 20)
    slug = site_of(places["community_a"]).slug

    def says(path):
        return re.sub(r"<[^>]+>", "", edge.get(path).text).replace("\u00a0", " ")

    for words in ("年满 80 周岁的老人", "新的一句话"):
        for path in (url("item", item.pk), url("items", slug)):
            assert words in says(path), (path, words)
            before = edge.edge.renders
            says(path)
            assert edge.edge.renders == before, f"{path} is kept"
        publish_again(item, lead="新的一句话") if words != "新的一句话" else None
    time.now = datetime(2026, 5, 19, 9, 30, tzinfo=UTC)  # 17:30 in Shanghai: the office has shut
    assert "开着" not in says(url("item", item.pk))
    withdraw_item(item=item, why="并到区里办", by=None, now=time.now)
    assert "并到区里办" in says(url("item", item.pk)) and "新的一句话" not in says(url("items", slug))


def test_ten_times_as_many_items_and_rows_ask_no_more_questions(places, client):
    make_item(places["street"])
    slug = site_of(places["street"]).slug

    def count(path):
        forget()
        client.get(path)
        with CaptureQueriesContext(connection) as found:
            assert client.get(path).status_code == 200
        return len(found)

    few = count(url("items", slug))
    body = None
    for n in range(10):
        item = make_item(places["street"], body, name=f"事项{n}", code=f"XX-{n:04d}")
        body = item.body
    assert count(url("items", slug)) == few <= 12
    one = make_item(places["street"])
    many = make_item(
        places["street"], materials=tuple(Material(f"m{n}", f"材料{n}") for n in range(30)),
        questions=tuple(Question(f"q{n}", f"问{n}", ("是", "否")) for n in range(5)),
    )  # fmt: skip
    assert count(url("item", many.pk)) == count(url("item", one.pk)) <= 14


def test_whoever_writes_it_gets_a_way_to_its_desk(places, client):
    clerk = make_clerk(places["street"])
    item = make_item(places["street"])
    assert "管理这个事项" not in text(client.get(url("item", item.pk)))
    client.force_login(clerk)
    assert "管理这个事项" in text(client.get(url("item", item.pk)))
