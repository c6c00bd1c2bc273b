"""The desk of service items, as a clerk uses it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.areas.tests.factories import make_cell
from linli.common import clock
from linli.common.pagecache.parts import forget
from linli.people.rules import BodyKind, Role
from linli.people.tests.factories import make_person
from linli.services.forms.editor import PARTS
from linli.services.forms.item import PartForm
from linli.services.models import Item

from .factories import NOW, OTHER, make_clerk, make_content, make_item, publish_again, timedelta

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


@pytest.fixture
def desk(places, client):
    client.force_login(make_clerk(places["street"]))
    return client


def url(name, *args):
    return reverse(f"services:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()).replace("\u00a0", " "))


def form_of(response):
    """What a browser would send back unchanged."""
    page, data = response.content.decode(), {}
    form = page[page.index('<form method="post" class="stack"') :]
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)
        if name and not (kind and kind[1] in ("checkbox", "radio") and "checked" not in tag):
            data.setdefault(name[1], []).append(value[1] if value else "on" if "checked" in tag else "")
    for name, inner in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        data[name] = [chosen[1] if chosen else ""]
    for name, inner in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.S):
        data[name] = [inner.strip("\r\n")]
    data.pop("csrfmiddlewaretoken", None)
    return data


def send(client, part, item, **more):
    """Open the page, change some fields, save."""
    data = form_of(client.get(url(part, item.pk))) | {
        key.replace("__", "-"): value for key, value in more.items()
    }
    return client.post(url(part, item.pk), data)


def test_an_item_is_made_with_a_name_and_a_code(desk, places):
    answer = desk.post(
        url("new"), {"place": places["street"].pk, "name": "养犬登记", "scheme": "own", "code": "ld-0001"}
    )
    item = Item.objects.get()
    assert answer["Location"] == url("basics", item.pk) and (item.name, item.code, item.state) == (
        "养犬登记",
        "LD-0001",
        "draft",
    )
    answer = desk.post(
        url("new"), {"place": places["street"].pk, "name": "又一个", "scheme": "own", "code": "LD-0001"}
    )
    assert (
        answer.status_code == 200
        and "已经有一个事项用这个编码" in text(answer)
        and 'value="又一个"' in answer.content.decode()
    )
    answer = desk.post(
        url("new"), {"place": places["street"].pk, "name": "又一个", "scheme": "gbt39554", "code": "123"}
    )
    assert "国家基本编码是 12 位" in text(answer)


@pytest.mark.parametrize("part", list(PARTS))
def test_saving_a_page_untouched_changes_nothing(desk, places, part):
    item = make_item(places["street"])
    assert send(desk, part, item).status_code == 302
    assert Item.objects.get(pk=item.pk).newest == item.published


def test_pages_lead_on_and_the_last_one_back(desk, places):
    item = make_item(places["street"])
    assert send(desk, "basics", item, on="1")["Location"] == url("questions", item.pk)
    assert send(desk, "law", item, on="1")["Location"] == url("manage", item.pk)


def test_what_is_changed_stands_in_the_draft_alone(desk, places):
    item = make_item(places["street"])
    send(desk, "handling", item, promised_amount="3", steps__0__name="窗口受理")
    item = Item.objects.get(pk=item.pk)
    assert (
        item.drafted.promised_amount == 3
        and item.drafted.steps[0].name == "窗口受理"
        and item.published.promised_amount == 5
    )
    assert "5 个工作日" in text(desk.get(url("item", item.pk))) and "3 个工作日" in text(
        desk.get(url("preview", item.pk))
    )
    page = text(desk.get(url("manage", item.pk)))
    assert "和现在公开的比" in page and "3 个工作日" in page


def test_a_row_more_keeps_what_was_typed_and_says_nothing_yet(desk, places):
    item = make_item(places["street"])
    answer = send(desk, "materials", item, materials__3__name="户口簿", materials__3__copies="很多", more="1")
    page = answer.content.decode()
    assert answer.status_code == 200 and "还不能存" not in page
    assert 'value="户口簿"' in page and 'value="很多"' in page and 'name="materials-4-name"' in page
    assert len(Item.objects.get(pk=item.pk).newest.materials) == 3


def test_an_emptied_row_goes_and_a_new_one_gets_a_key_of_its_own(desk, places):
    item = make_item(places["street"])
    send(desk, "materials", item, materials__1__name="", materials__1__where="", materials__3__name="户口簿")
    rows = Item.objects.get(pk=item.pk).newest.materials
    assert [(row.key, row.name) for row in rows] == [("m1", "身份证"), ("m3", "委托书"), ("m2", "户口簿")]


def test_wrong_rows_are_named_on_top_with_a_way_to_their_field_and_all_is_kept(desk, places):
    item = make_item(places["street"])
    answer = send(desk, "materials", item, materials__1__copies="0", materials__3__where="照相馆")
    page = answer.content.decode()
    assert (
        answer.status_code == 200
        and 'href="#id_materials-1-copies"' in page
        and 'href="#id_materials-3-name"' in page
    )
    assert "“叫什么”还没填" in text(answer) and 'value="照相馆"' in page


def test_a_material_counts_only_for_an_answer_of_the_items_own_questions(desk, places):
    item = make_item(places["street"])
    send(desk, "materials", item, materials__1__when=[OTHER])
    assert Item.objects.get(pk=item.pk).newest.materials[1].when == (OTHER,)
    answer = send(desk, "materials", item, materials__1__when=["who=谁也不是"])
    assert answer.status_code == 200 and "还不能存" in text(answer)


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        ("basics", {"name": ""}, "“叫什么”还没填"), ("basics", {"lead": "<script>alert(1)</script>"}, "网页代码"),
        ("basics", {"also": "，".join("甲乙丙丁戊己庚辛壬")}, "最多 8 个叫法"), ("basics", {"audiences": ["nobody"]}, "还不能存"),
        ("basics", {"name": "长" * 31}, "还不能存"), ("basics", {"name": "反\u202e写"}, "看不见的符号"),
        ("questions", {"questions__0__choices": "只有一个"}, "回答要 2 到 8 个"), ("questions", {"questions__0__choices": "长" * 21 + "\n短"}, "最多 20 个字"),
        ("handling", {"promised_amount": ""}, "承诺几天办完"), ("handling", {"promised_amount": "21"}, "不能比法定的长"),
        ("handling", {"visits": "-1"}, "还不能存"), ("handling", {"legal_amount": "9" * 30}, "还不能存"),
        ("places", {"fee": "很贵"}, "费用写成数字"), ("places", {"fee": "5"}, "收费的，要写依据"), ("places", {"ask_phone": "问门卫"}, "电话写成数字"),
        ("places", {"offices": ["00000000-0000-0000-0000-000000000000"]}, "还不能存"),
        ("law", {"bases__0__since": "2024-02-30"}, "日期没看懂"), ("law", {"bases__0__until": "2020-01-01"}, "不能早于施行的日子"),
    ],
)  # fmt: skip
def test_bad_input_is_named_at_its_field_and_nothing_is_saved(desk, places, part, typed, said):
    item = make_item(places["street"])
    answer = send(desk, part, item, **typed)
    assert (
        answer.status_code == 200 and said in text(answer) and "<script>alert" not in answer.content.decode()
    )
    assert Item.objects.get(pk=item.pk).draft is None


def test_no_more_rows_than_a_page_holds(desk, places):
    item = make_item(places["street"])
    data = form_of(desk.get(url("conditions", item.pk))) | {
        f"conditions-{n}-text": f"第 {n} 条" for n in range(2, 60)
    }
    assert desk.post(url("conditions", item.pk), data | {"conditions-9999-text": "远"}).status_code == 302
    assert [row.text for row in Item.objects.get(pk=item.pk).newest.conditions][-1] == "第 39 条"


def test_whoever_saves_second_reads_so_and_keeps_what_he_typed(desk, places):
    item = make_item(places["street"])
    mine = form_of(desk.get(url("basics", item.pk)))
    send(desk, "basics", item, lead="同事写的")
    answer = desk.post(url("basics", item.pk), mine | {"lead": "我写的"})
    assert (
        answer.status_code == 200
        and "刚才有同事改过" in text(answer)
        and 'value="我写的"' in answer.content.decode()
    )
    assert Item.objects.get(pk=item.pk).newest.lead == "同事写的"


def test_it_is_published_with_a_reason_after_a_look_at_what_is_different(desk, places):
    item = publish_again(make_item(places["street"]), lead="先改一次")
    send(desk, "handling", item, promised_amount="2")
    page = desk.get(url("publish", item.pk))
    assert "2 个工作日" in text(page) and "5 个工作日" in text(page)
    revision = re.search(r'name="revision" value="(\d+)"', page.content.decode())[1]
    answer = desk.post(url("publish", item.pk), {"revision": revision, "why": ""})
    assert "写一句这次改了什么" in text(answer)
    assert desk.post(url("publish", item.pk), {"revision": revision, "why": "街道提速"}).status_code == 302
    assert Item.objects.get(pk=item.pk).published.promised_amount == 2
    assert "第 3 版" in text(desk.get(url("manage", item.pk))) and "街道提速" in text(
        desk.get(url("manage", item.pk))
    )
    assert "5 个工作日" in text(desk.get(url("preview", item.pk) + "?version=1"))
    for odd in ("9", "x", "-1", "9" * 40):
        assert desk.get(url("preview", item.pk) + f"?version={odd}").status_code == 404


def test_what_is_not_whole_says_what_it_lacks(desk, places):
    item = make_item(places["street"], published=False, bases=(), steps=())
    page = text(desk.get(url("manage", item.pk)))
    assert "发布前还缺" in page and "依据一条也没有" in page and "去发布" not in page
    answer = desk.post(url("publish", item.pk), {"revision": item.revision})
    assert answer.status_code == 200 and "怎么办一步也没写" in text(answer)


def test_the_list_tells_what_nobody_verified_and_what_is_not_published(desk, places, time):
    item = make_item(places["street"])
    make_item(places["street"], published=False, name="还没想好")
    assert "半年没核对" not in text(desk.get(url("desk")))
    time.now = NOW + timedelta(days=190)
    assert "1 件半年没核对" in text(desk.get(url("desk"))) and "1 件没发布" in text(desk.get(url("desk")))
    assert "还没想好" not in text(desk.get(url("desk") + "?show=stale")) and "高龄津贴申领" not in text(
        desk.get(url("desk") + "?show=draft")
    )
    desk.post(url("verify", item.pk))
    assert "半年没核对" not in text(desk.get(url("desk")))


def test_it_is_withdrawn_with_a_word_and_drafts_are_dropped(desk, places):
    item = make_item(places["street"])
    assert "写一句为什么不办了" in text(desk.post(url("withdraw", item.pk), {"why": ""}))
    send(desk, "basics", item, lead="不要了")
    desk.post(url("drop", item.pk))
    assert Item.objects.get(pk=item.pk).draft is None
    desk.post(url("withdraw", item.pk), {"why": "并到区里"})
    assert Item.objects.get(pk=item.pk).state == "withdrawn"
    assert "刚才有人先改过" in text(desk.post(url("withdraw", item.pk), {"why": "再来"}))
    young = make_item(places["street"], published=False)
    assert desk.post(url("drop", young.pk))["Location"] == url("desk")
    assert desk.get(url("manage", young.pk)).status_code == 404


def test_a_station_writes_for_its_own_community_alone(client, places):
    client.force_login(make_clerk(places["community_a"], BodyKind.SERVICE_STATION, Role.SERVICE_STATION))
    street, beside = make_item(places["street"]), make_item(places["community_b"])
    own = make_item(places["community_a"])
    for item in (street, beside):
        assert (
            client.get(url("manage", item.pk)).status_code
            == client.post(url("verify", item.pk)).status_code
            == 404
        )
    assert client.get(url("manage", own.pk)).status_code == 200
    answer = client.post(
        url("new"), {"place": places["street"].pk, "name": "越权", "scheme": "own", "code": "XX-1"}
    )
    assert answer.status_code == 200 and not Item.objects.filter(name="越权").exists()


def test_residents_have_no_desk(client, places):
    client.force_login(make_person())
    assert client.get(url("desk")).status_code == client.get(url("new")).status_code == 404


def test_the_desk_asks_no_more_for_ten_times_as_many(desk, places):
    body = make_item(places["street"]).body

    def count():
        with CaptureQueriesContext(connection) as found:
            assert desk.get(url("desk")).status_code == 200
        return len(found)

    count()
    few = count()
    for n in range(10):
        make_item(places["street"], body, name=f"事项{n}", code=f"XX-{n:04d}")
    assert count() == few


def test_every_field_of_the_document_has_a_page(places):
    """A field that no page edits could never be mended."""
    fields = set(make_content().as_json())
    edited = {row.many for page in PARTS.values() for row in page.rows}
    for page in PARTS.values():
        edited |= set(page.form.base_fields) if page.form and issubclass(page.form, PartForm) else set()
    assert fields == edited
