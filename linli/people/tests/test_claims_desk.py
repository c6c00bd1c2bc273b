"""The office's side: the desk, the counter, the printed codes and the roll."""

import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from linli.areas.tests.factories import make_cell, make_home
from linli.common.models import AuditRow
from linli.people.actions.residency import claim_residency
from linli.people.models import HomeCode, Residency, RollEntry
from linli.people.rules import BodyKind

from .factories import NOW, actor_of, make_body, make_person, make_post, make_residency

pytestmark = pytest.mark.django_db
NAME, PHONE = "欧阳金丝雀", "+8613900007777"


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def clerk(places):
    return make_post(body=make_body(BodyKind.RESIDENTS_COMMITTEE, places["community_a"])).person


@pytest.fixture
def desk(clerk, settings):
    settings.LINLI_STAFF_SECOND_FACTOR = False
    return browser(clerk)


def browser(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def claim(place, kind="tenant", name=NAME, phone=PHONE, **fields) -> Residency:
    from linli.common.ids import uuid7

    person = make_person(name, phone=phone, legal_name=name)
    return claim_residency(by=actor_of(person), key=uuid7(), area=place, kind=kind, now=NOW, **fields)


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def plain(page) -> str:
    return re.sub(r"<[^>]+>", "", page.text).replace("\u00a0", " ")


def test_the_desk_shows_what_waits_here_and_nothing_of_elsewhere(places, desk):
    here = claim(places["home"])
    far = claim(places["community_b"], "works_here", name="别处的人", phone=None)
    page = desk.get(url("claims"))
    assert "1 件等核实" in plain(page) and str(here.pk) in page.text and str(far.pk) not in page.text
    assert desk.get(url("claims_one", far.pk)).status_code == 404
    for name in ("claims_decide", "claims_look", "claims_end"):
        assert desk.post(url(name, far.pk), {"do": "verify", "reason": "x"}).status_code == 404
    far.refresh_from_db()
    assert far.state == "claimed"


def test_residents_and_strangers_do_not_get_to_the_desks(places):
    neighbour = browser(make_residency(make_person(), places["home"]).person)
    row = claim(places["home2"])
    for address in (
        url("claims"), url("claims_one", row.pk), url("counter"), url("home_codes"), url("roll"),
        url("home_codes_place", places["building"].pk), url("roll_upload", places["compound_a1"].pk),
    ):  # fmt: skip
        assert neighbour.get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_name_and_number_stay_masked_until_a_purpose_is_given_and_the_person_sees_who_looked(places, desk, clerk):
    row = claim(places["home"], note="在窗口说过")
    page = desk.get(url("claims_one", row.pk))
    assert NAME not in page.text and "13900007777" not in page.text.replace(" ", "") and "欧*" in page.text
    assert not AuditRow.objects.filter(action="reveal").exists()
    page = desk.post(url("claims_look", row.pk), {"field": "legal_name", "purpose": "claim"})
    assert NAME in page.text and "no-store" in page["Cache-Control"]
    page = desk.post(url("claims_look", row.pk), {"field": "phone", "purpose": "claim"})
    assert "139 0000 7777" in page.text
    rows = AuditRow.objects.filter(action="reveal", about=row.person_id, actor=clerk.pk)
    assert rows.count() == 2
    page = desk.post(url("claims_look", row.pk), {"field": "born", "purpose": "claim"})
    assert page.status_code == 200 and rows.count() == 2


def test_a_refusal_carries_its_reason_to_the_person(places, desk):
    row = claim(places["home"])
    assert "请选一条理由" in desk.post(url("claims_decide", row.pk), {"do": "refuse"}).text
    page = desk.post(url("claims_decide", row.pk), {"do": "refuse", "reason": "door", "words": "403 是邓家"}, follow=True)
    assert "理由已告诉本人" in page.text
    mine = browser(row.person).get(url("residency_one", row.pk))
    assert "门牌号对不上" in mine.text and "403" in mine.text and "改好再认领" in mine.text


def test_the_second_clerk_reads_that_it_is_done(places, desk):
    row = claim(places["home"])
    assert desk.post(url("claims_decide", row.pk), {"do": "verify"}).status_code == 302
    assert "已经由沈玉兰" in desk.post(url("claims_decide", row.pk), {"do": "refuse", "reason": "door"}).text


def test_a_message_too_long_is_refused_and_kept(places, desk):
    row = claim(places["home"])
    page = desk.post(url("claims_decide", row.pk), {"do": "refuse", "reason": "other", "words": "长" * 201})
    assert "最多 200 字，现在是 201 字" in page.text and "长" * 201 in page.text


def test_who_is_already_there_is_named_masked(places, desk):
    make_residency(make_person("老住户", legal_name="邓伯年"), places["home"])
    page = desk.get(url("claims_one", claim(places["home"]).pk))
    assert "邓*（产权人）" in plain(page) and "邓伯年" not in page.text


def test_the_desk_asks_the_database_equally_often_for_3_and_for_20(places, desk, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert desk.get(url("claims")).status_code == 200
        return len(asked)

    for n in range(3):
        claim(make_home(places["entrance"], f"3{n}"), name=f"住户{n}", phone=None)
    few = cost()
    for n in range(17):
        claim(make_home(places["entrance"], f"4{n}"), name=f"住户{n}", phone=None)
    assert cost() == few


def test_pages_follow_by_key_and_filters_stay_in_the_address(places, desk):
    for n in range(27):
        claim(make_home(places["entrance"], f"5{n:02}"), name="住户", phone=None)
    claim(places["home"], "owner")
    page = desk.get(url("claims"), {"kind": "tenant", "place": places["compound_a1"].pk})
    following = page.context["next_url"]
    assert len(page.context["rows"]) == 25 and "kind=tenant" in following and "after=" in following
    rest = desk.get(following)
    assert len(rest.context["rows"]) == 2 and not rest.context["next_url"]
    for odd in ({"after": "x"}, {"kind": "x"}, {"place": "\u0663"}, {"wait": "x"}, {"place": places["compound_b1"].pk}):
        assert desk.get(url("claims"), odd).status_code == 200
    assert "没有符合的认领" in desk.get(url("claims"), {"kind": "co_owner"}).text


def test_at_the_counter_the_card_is_looked_up_and_the_person_asked_first(places, desk):
    person = make_person("程阿婆", legal_name="程金花")
    address = url("counter") + f"?at={places['home'].pk}"
    data = {"card": person.code, "kind": "family", "seen": "id_family"}
    page = desk.post(address, data)
    assert "是程*吗" in plain(page) and "程金花" not in page.text and not Residency.objects.exists()
    assert desk.post(address, {**data, "sure": "1"}).status_code == 302
    row = Residency.objects.get()
    assert (row.state, row.proof, row.person) == ("verified", "in_person", person)
    assert "没有这个卡号" in desk.post(address, {**data, "card": make_person_code()}).text
    assert "卡号应是 10 位" in desk.post(address, {**data, "card": "123"}).text


def make_person_code():
    from linli.common.ids import digits_code

    return digits_code(10)


def test_the_counter_leads_only_to_ones_own_places(places, desk):
    assert places["compound_b1"].name not in desk.get(url("counter"), {"at": places["street"].pk}).text
    assert desk.get(url("counter"), {"at": places["community_b"].pk}).status_code == 404
    far = make_home(places["compound_b1"], "9")
    assert desk.post(url("counter") + f"?at={far.pk}", {"card": "1"}).status_code == 404


def test_codes_are_printed_once_on_sheets_that_nobody_keeps(places, desk):
    address = url("home_codes_place", places["building"].pk)
    key = desk.get(address).context["key"]
    page = desk.post(address, {"key": key})
    shown = re.findall(r'code-big">(\d{4} \d{4} \d{4})<', page.text)
    assert len(shown) == 2 and "data:image/svg+xml" in page.text and "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"
    again = desk.post(address, {"key": key}, follow=True)
    assert "已经印过了" in again.text and HomeCode.objects.count() == 2
    assert AuditRow.objects.get(action="home_code.print").detail == {"homes": 2}
    for pk in (places["community_a"].pk, places["compound_b1"].pk, 10**15):
        assert desk.get(url("home_codes_place", pk)).status_code == 404


def roll(text: str, name="名册.csv", encoding="utf-8"):
    file = io.BytesIO(text.encode(encoding))
    file.name = name
    return file


ROLL = f"幢号,单元,室号,户主姓名,联系电话,身份\n3号楼,1单元,101室,{NAME},139 0000 7777,业主\n3,1,0201,李租,,租客\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_roll_is_looked_at_first_then_kept_sealed_and_matches(places, desk, encoding):
    address = url("roll_upload", places["compound_a1"].pk)
    page = desk.post(address, {"file": roll(ROLL, encoding=encoding)})
    assert "看懂 2 人，2 户" in plain(page) and not RollEntry.objects.exists()
    assert NAME not in page.text and "139****7777" in page.text
    sealed = page.context["sealed"]
    take = url("roll_import", places["compound_a1"].pk)
    assert "新 2 条" in plain(desk.post(take, {"lines": sealed}, follow=True))
    assert "新 0 条，没变 2 条" in plain(desk.post(take, {"lines": sealed}, follow=True))
    entry = RollEntry.objects.get(home=places["home"])
    assert entry.name == NAME and NAME not in str(RollEntry.objects.filter(pk=entry.pk).query)
    changed = sealed[:-8] + "AAAAAAA="
    for odd in ("", "x", changed):
        assert "请重新选文件" in desk.post(take, {"lines": odd}, follow=True).text


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("楼栋,姓名\n3,张三\n", "缺少这几列"),
        ("楼栋,房号,姓名\n9,101,张三\n", "楼盘表里没有这一户"),
        ("楼栋,房号,姓名,手机\n3,101,张三,1390000777\n", "手机号应是 11 位，现在是 10 位"),
        ("楼栋,房号,姓名,关系\n3,101,张三,朋友\n", "“关系”没看懂"),
        ("楼栋,房号,姓名\n3,101,\n", "缺姓名"),
        ("楼栋,房号,姓名\n", "只有表头"),
        ("", "空的"),
    ],
)
def test_a_roll_says_which_line_is_wrong_and_why(places, desk, text, says):
    page = desk.post(url("roll_upload", places["compound_a1"].pk), {"file": roll(text)})
    assert says in page.text and not RollEntry.objects.exists()


def test_a_roll_replaces_the_homes_it_names_and_leaves_the_others(places, desk):
    RollEntry.objects.create(home=places["home"], kind="owner", name="旧人", imported_at=NOW)
    RollEntry.objects.create(home=places["home2"], kind="owner", name="别动", imported_at=NOW)
    address = url("roll_upload", places["compound_a1"].pk)
    page = desk.post(address, {"file": roll("楼栋,房号,姓名\n3,101,新人\n")})
    desk.post(url("roll_import", places["compound_a1"].pk), {"lines": page.context["sealed"]})
    assert sorted(e.name for e in RollEntry.objects.all()) == ["别动", "新人"]


def test_the_desks_stand_in_the_navigation_with_what_waits(places, desk):
    claim(places["home"])
    page = desk.get(url("home_codes"))
    assert re.search(r'住处认领 <span class="cnt">1</span>', page.text)
