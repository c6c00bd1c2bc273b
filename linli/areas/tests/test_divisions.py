"""The official table of divisions."""

import csv
from pathlib import Path

import pytest

from linli.areas import api
from linli.areas.models import Area, AreaName, Level, Succession
from linli.areas.rules import committee_names, plate_name, short_code, short_name
from linli.areas.tests.factories import TODAY
from linli.common.errors import UserError

DATA = Path(__file__).parent / "data"
DISTRICTS = ["110101", "310101", "330102", "330212", "440104", "440303"]
GOOD = "code,name,parent\n33,浙江省,\n3301,杭州市,33\n330102,上城区,3301\n330102001,清波街道,330102\n330102001050,柳浪社区居委会,330102001\n"

pytestmark = pytest.mark.django_db


def bring(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "divisions.csv"
    path.write_bytes(text.encode(encoding))
    return api.import_divisions(path, on=TODAY)


@pytest.mark.parametrize("district", DISTRICTS)
@pytest.mark.database
def test_a_real_district_comes_in_whole_and_a_second_run_changes_nothing(district):
    file = DATA / f"{district}.csv"
    rows = list(csv.DictReader(file.open(encoding="utf-8")))
    first = api.import_divisions(file, on=TODAY)
    assert (first.added, first.changes) == (len(rows), len(rows))
    again = api.import_divisions(file, on=TODAY)
    assert (again.changes, again.unchanged) == (0, len(rows))
    stored = {a.code: a for a in Area.objects.select_related("parent")}
    for row in rows:
        area = stored[row["code"]]
        assert (area.official_name, area.parent.code if area.parent else "") == (row["name"], row["parent"])
        assert area.path == f"{area.parent.path if area.parent else '/'}{area.pk}/"
        assert area.name and not area.name.endswith(("居委会", "居民委员会", "村委会", "村民委员会"))


def test_all_six_stand_beside_one_another(tmp_path):
    for district in DISTRICTS:
        api.import_divisions(DATA / f"{district}.csv", on=TODAY)
    assert api.count_levels() == {"province": 4, "city": 6, "district": 6, "street": 94, "community": 1280}


@pytest.mark.parametrize(
    ("official", "name", "plate"),
    [
        ("青砖里社区居民委员会", "青砖里", "青砖里社区"),
        ("清波社区居委会", "清波", "清波社区"),
        ("花园居委会", "花园", "花园社区"),
        ("丁香新村社区居委会", "丁香新村", "丁香新村社区"),
        ("安居社区", "安居", "安居社区"),
        ("岐山村村委会", "岐山村", "岐山村"),
        ("岐山村民委员会", "岐山村", "岐山村"),
        ("丁村委会", "丁村", "丁村"),
        ("巴彦嘎查村委会", "巴彦嘎查", "巴彦嘎查"),
        ("第一社区居委会", "第一社区", "第一社区"),
        ("第一居委会", "第一居委会", "第一居委会"),
        ("社区居委会", "社区", "社区"),
        ("居委会", "居委会", "居委会"),
        ("一连生活区", "一连生活区", "一连生活区"),
        ("东河街巷居委会（社区）", "东河街巷", "东河街巷社区"),
        ("滨河社区居民委员", "滨河", "滨河社区"),
    ],
)
def test_the_suffix_is_cut_but_never_to_nothing(official, name, plate):
    assert short_name(official) == name
    assert plate_name(name, official) == plate


def test_a_committee_is_called_by_its_official_name():
    assert committee_names("青砖里社区居民委员会") == ("青砖里居委会", "青砖里社区居民委员会")
    assert committee_names("安居社区") == ("安居居委会", "安居社区居民委员会")
    assert committee_names("岐山村村委会") == ("岐山村村委会", "岐山村村委会")


@pytest.mark.parametrize(
    ("code", "short"),
    [("330102000000", "330102"), ("33", "33"), ("330102001050", "330102001050"), ("110000000000", "11"), ("3301020", None), ("0301", None), ("33010a", None)],
)  # fmt: skip
def test_padding_of_codes_is_cut(code, short):
    assert short_code(code) == short


def test_a_padded_table_is_the_same_table(tmp_path):
    bring(tmp_path, GOOD)
    padded = "\n".join(
        ",".join(cell.ljust(12, "0") if cell.isdigit() else cell for cell in line.split(",")) for line in GOOD.split("\n")
    )
    assert bring(tmp_path, padded).changes == 0


def test_a_village_that_bears_its_streets_code_with_zeros_is_not_taken_for_the_district(tmp_path):
    bring(tmp_path, "code,name,parent\n3505,泉州市,\n350527,金门县,3505\n350527000,金门县,350527\n350527000000,金门县,350527000\n")
    assert api.count_levels() == {"city": 1, "district": 1, "street": 1, "community": 1}
    assert api.find_code("350527000000").level == Level.COMMUNITY
    assert api.find_code("350500000000").level == Level.CITY


def test_columns_may_stand_in_any_order_with_chinese_headers_in_gb_18030(tmp_path):
    text = "区划表\n名称,上级,备注,代码\n柳浪社区居委会,330102001,x,330102001050\n清波街道,330102,,330102001\n上城区,,,330102\n"
    assert bring(tmp_path, text, "gb18030").added == 3
    assert api.find_code("330102001050").parent.name == "清波街道"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "空"),
        ("code,name,parent\n", "no rows"),
        ("code,name\n33,浙江省\n", "parent"),
        (GOOD.replace("3301,杭州市,33\n", ""), "line 3: unknown parent 3301"),
        (GOOD + "330102001,又一个,330102\n", "line 7: code 330102001 stands in line 5"),
        (GOOD + "33010299,短了,330102\n", "line 7: code 33010299 has 8 digits"),
        (GOOD + "33010200A,字母,330102\n", "line 7: .*is no code"),
        (GOOD + "330102002,,330102\n", "line 7: a name"),
        (GOOD + "330102002,x,33010\n", "line 7: the parent is not"),
        (GOOD + "330102002,x,\n", "line 7: .*needs a parent"),
        (GOOD + "330102002,x,330102001\n", "line 7: .*higher level"),
        (GOOD.replace("parent\n", "parent,replaces\n").replace("3301,杭州市,33\n", "3301,杭州市,33,9901\n"), "line 3: .*9901"),
        (GOOD + "330102003,“引号没有关上,330102\n\"330102004,x,330102", "line|第"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_its_line_and_nothing_comes_in(tmp_path, text, words):
    with pytest.raises(UserError, match=words):
        bring(tmp_path, text)
    assert not Area.objects.exists()


def test_many_problems_are_told_at_once_and_counted(tmp_path):
    text = "code,name,parent\n" + "".join(f"99{n:03},x,\n" for n in range(30))
    with pytest.raises(UserError, match="and 20 more") as caught:
        bring(tmp_path, text)
    assert "line 2:" in str(caught.value)


def test_a_new_official_name_renames_the_place_and_keeps_the_former_one(tmp_path):
    bring(tmp_path, GOOD)
    result = bring(tmp_path, GOOD.replace("柳浪社区", "闻莺社区"))
    assert (result.renamed, result.changes) == (1, 1)
    area = api.find_code("330102001050")
    assert (area.name, area.official_name) == ("闻莺", "闻莺社区居委会")
    assert AreaName.objects.get(area=area).official_name == "柳浪社区居委会"
    assert "曾用名 former    柳浪社区居委会" in api.describe("330102001050")


def test_a_row_that_replaces_a_code_ends_it_and_links_the_two(tmp_path):
    bring(tmp_path, GOOD)
    text = "code,name,parent,replaces\n330102001051,新柳社区居委会,330102001,330102001050\n"
    assert (bring(tmp_path, text).succeeded, bring(tmp_path, text).changes) == (1, 0)
    old = api.find_code("330102001050")
    assert old.valid_to == TODAY
    assert f"后继 successors  330102001051 新柳社区 ({TODAY})" in api.describe("330102001050")
    assert "前身 origins     330102001050" in api.describe("330102001051")


def test_a_code_may_be_split_by_hand(tmp_path):
    bring(tmp_path, GOOD + "330102001051,甲社区居委会,330102001\n330102001052,乙社区居委会,330102001\n")
    api.succeed_codes("330102001050", ["330102001051", "330102001052"], on=TODAY)
    assert Succession.objects.count() == 2
    with pytest.raises(UserError, match="unknown code: 77"):
        api.succeed_codes("330102001050", ["77"], on=TODAY)


def test_a_moved_parent_is_refused(tmp_path):
    bring(tmp_path, GOOD + "3302,宁波市,33\n")
    with pytest.raises(UserError, match="line 2: parent 3302 is not the one it had"):
        bring(tmp_path, "code,name,parent\n330102,上城区,3302\n")


def test_communities_of_a_street_take_the_eight_enamels_in_turn(tmp_path):
    bring(tmp_path, GOOD + "".join(f"3301020010{n},第{n}街社区居委会,330102001\n" for n in range(51, 60)))
    plates = list(Area.objects.level(Level.COMMUNITY).order_by("sort").values_list("plate", flat=True))
    assert len(set(plates[:8])) == 8
    assert plates[8] == plates[0]


def test_places_can_be_made_by_hand_after_an_import(tmp_path):
    bring(tmp_path, GOOD)
    street = api.find_code("330102001")
    assert api.create_area(parent=street, level=Level.COMMUNITY, name="手工社区").pk > street.pk


def test_show_tells_name_level_and_chain_and_knows_no_other_code(tmp_path):
    bring(tmp_path, GOOD)
    text = api.describe("330102001050")
    assert "柳浪社区居委会" in text and "community" in text
    assert "浙江省 (33) > 杭州市 (3301) > 上城区 (330102) > 清波街道 (330102001)" in text
    with pytest.raises(UserError, match="unknown code"):
        api.describe("440104")
