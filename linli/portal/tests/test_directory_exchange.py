"""In and out: Excel and HSDS 3.0, read again as they were written; bad files say what is wrong with them."""

import io
import json
import lzma
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from linli.areas.tests.factories import make_cell
from linli.calendar.api import Holidays, read_hours
from linli.common.errors import UserError
from linli.common.sheets import Column, xlsx_chunks
from linli.portal import directory_exchange as exchange
from linli.portal import directory_sheet
from linli.portal.actions.directory import facts_of, import_entries
from linli.portal.directory_queries import below
from linli.portal.directory_rules import Group, Number
from linli.portal.models import DirectoryEntry

from .directory_kit import NOW, make_entry

pytestmark = pytest.mark.django_db
HSDS = Path(__file__).parent / "data" / "hsds"


@cache
def validator(name):
    schema = json.loads(lzma.decompress((HSDS / f"{name}.schema.json.xz").read_bytes()))
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


@pytest.fixture
def town():
    places = make_cell()
    make_entry(places["community_a"], address="石桥路 92 号", lat=29_274_151, lon=123_150_070, note="老人上门不收出门费")
    make_entry(
        places["street"], "便民服务中心", "5550100", group=Group.ADVICE, organisation="柳渡街道办事处", rank=1,
        phones=(Number("5550100", "总机"), Number("5550101", "居住证")), wants=("居住证", "老年证"), languages=("普通话", "手语"),
        hours=read_hours("周一至周五 8:30—12:00，13:30—17:00；周六 9:00—11:30"),
    )  # fmt: skip
    make_entry(places["compound_a1"], "=物业", "+85251234567", hours=read_hours("24 小时"), verified_on=None, group=Group.COMPLAINT)
    make_entry(places["community_b"], "夜宵", "057187654321", hours=read_hours("每天 18:00—2:00", Holidays.OPEN))
    make_entry(places["community_b"], "不知道几点开", "400123", hours=read_hours(""))
    return places


def all_places(town):
    return [town[key] for key in ("street", "community_a", "community_b", "compound_a1", "compound_a2", "compound_b1")]


def table_of(town):
    lines = [directory_sheet.row_of(facts, place) for facts, place in exchange.out(below(town["district"]))]
    return b"".join(xlsx_chunks(directory_sheet.columns(), lines))


def plan(town, data, name="电话.xlsx"):
    content = json.loads(json.dumps(exchange.read_file(io.BytesIO(data), name)))
    return exchange.plan_import(content, places=all_places(town), otherwise=town["community_a"].pk)


def hsds_of(town):
    return exchange.hsds_of(below(town["district"]), town["district"])


def everything():
    return {row.pk: facts_of(row) for row in DirectoryEntry.objects.standing().prefetch_related("phones")}


def test_the_table_given_out_changes_nothing_when_it_comes_back(town):
    found = plan(town, table_of(town))
    assert not found.bad and (found.total, found.same) == (0, 5)


@pytest.mark.parametrize("form", ["xlsx", "hsds"])
def test_a_directory_that_was_lost_comes_back_whole(town, form):
    before, hsds = everything(), hsds_of(town)
    data = table_of(town) if form == "xlsx" else json.dumps(hsds).encode()
    DirectoryEntry.objects.all().delete()
    found = plan(town, data)
    assert not found.bad
    import_entries(new=found.new, changed=found.changed, by=None, now=NOW)
    assert everything() == before
    assert hsds_of(town) == hsds


def test_an_entry_that_was_taken_out_comes_back_with_its_own_table(town):
    data = table_of(town)
    DirectoryEntry.objects.filter(name="夜宵").update(ended_at=NOW)
    found = plan(town, data)
    assert [entry.name for entry, _facts in found.changed] == ["夜宵"]
    import_entries(new=[], changed=found.changed, by=None, now=NOW)
    assert DirectoryEntry.objects.standing().filter(name="夜宵").exists()


def test_every_record_of_the_export_is_valid_hsds(town):
    content = hsds_of(town)
    assert len(content["services"]) == 5 and len(content["organizations"]) == 5
    for name, records in (("service", content["services"]), ("organization", content["organizations"])):
        for record in records:
            errors = [error.message for error in validator(name).iter_errors(record)]
            assert not errors, errors[:3]


def test_the_schema_would_notice_a_wrong_record(town):
    record = {**hsds_of(town)["services"][0], "status": "open"}
    assert list(validator("service").iter_errors(record))


def test_hsds_that_others_wrote_is_read(town):
    record = {
        "id": "ac148810-d857-441c-9679-408f346de14b", "name": "Community Counselling", "status": "active",
        "organization": {"name": "Example", "phones": [{"number": "555 0123"}]},
        "schedules": [{"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00", "closes_at": "17:00"}],
        "service_at_locations": [{"location": {"latitude": 29.5, "longitude": 123.25}}],
    }  # fmt: skip
    found = plan(town, json.dumps([record]).encode())
    assert not found.bad
    facts = found.new[0]
    assert (facts.phones, facts.lat, facts.hours.week[0]) == ((Number("5550123"),), 29_500_000, ((540, 1020),))
    assert facts.place == town["community_a"].pk
    bad = plan(town, json.dumps({"services": [{**record, "id": 7}, {**record, "schedules": [{"freq": "MONTHLY"}]}]}).encode())
    assert len(bad.bad) == 2 and not bad.total


def test_a_table_of_ones_own_is_matched_by_name_and_place(town):
    heads = [Column("服务名称"), Column("联系电话"), Column("营业时间"), Column("范围")]
    rows = [["苗师傅修理铺", "5550199", "每天 9:00—18:00", "青砖里"], ["新开的店", "5550198", "", "纺机新村"]]
    found = plan(town, b"".join(xlsx_chunks(heads, rows)))
    assert [facts.name for facts in found.new] == ["新开的店"]
    assert found.new[0].place == town["compound_a1"].pk
    assert [entry.name for entry, _facts in found.changed] == ["苗师傅修理铺"]


def test_merged_heads_are_named_with_their_columns(town):
    heads = [Column("名称"), Column("电话"), Column(""), Column("地址")]
    with pytest.raises(UserError) as caught:
        plan(town, b"".join(xlsx_chunks(heads, [["店", "5550100", "5550101", "路"]])))
    assert caught.value.field == "file"
    assert "第 3 列" in str(caught.value) and "合并" in str(caught.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "空"), (b"\x89PNG\r\n\x1a\n", "不是表格"), (b"{", "读不懂"), (b'{"a": [1', "读不懂"), (b'{"services": 3}', "services"),
        ("单位,地址\n店,路\n".encode(), "缺少"), ("名称,电话\n".encode(), "没有数据"), (b"PK\x03\x04nothing", "打不开"),
        (b"[" * 100_000, "读不懂"),
    ],
)  # fmt: skip
def test_a_useless_file_says_why(town, data, said):
    with pytest.raises(UserError) as caught:
        plan(town, data)
    assert said in str(caught.value) and caught.value.field == "file"


def test_bad_rows_are_named_and_nothing_is_half_read(town):
    rows = [
        "名称,电话,服务范围,开门时间,编号,常用,核对日期,位置",
        "店一,没有,,,,,,", "店二,5550100,天边,,,,,", "店三,5550100,,随便,,,,", "店四,5550100,,,abc,,,", "店五,5550100,,,,很,,",
        "店六,5550100,,,,,哪天,", "店七,5550100,,,,,,北边", ",5550100,,,,,,", "店八,5550100,,,,,,", "店八,5550100,,,,,,",
    ]  # fmt: skip
    found = plan(town, "\n".join(rows).encode())
    assert [bad.line for bad in found.bad] == [2, 3, 4, 5, 6, 7, 8, 9, 11]
    assert [facts.name for facts in found.new] == ["店八"]


def test_what_another_place_keeps_is_not_changed_from_here(town):
    data = table_of(town)
    DirectoryEntry.objects.filter(name="夜宵").update(note="改过")
    content = exchange.read_file(io.BytesIO(data), "电话.xlsx")
    found = exchange.plan_import(content, places=[town["community_a"], town["compound_a1"]], otherwise=town["community_a"].pk)
    assert {bad.name for bad in found.bad} == {"便民服务中心", "夜宵", "不知道几点开"}
    assert not found.total


def test_one_bad_entry_keeps_all_out(town):
    good = replace(everything().popitem()[1], id=None, name="好的")
    with pytest.raises(UserError):
        import_entries(new=[good, replace(good, name="")], changed=[], by=None, now=NOW)
    assert not DirectoryEntry.objects.filter(name="好的").exists()


def test_comparing_a_long_table_takes_as_many_queries_as_a_short_one(town, django_assert_num_queries):
    rows = ["名称,电话,服务范围", *(f"店{n},555{n:04d},青砖里" for n in range(200))]
    content = exchange.read_file(io.BytesIO("\n".join(rows).encode()), "a.csv")
    for count in (2, 200):
        with django_assert_num_queries(2):
            exchange.plan_import({**content, "rows": content["rows"][:count]}, places=all_places(town), otherwise=town["street"].pk)
