"""Lists of homes, the chart that is drawn from them, and finding a place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.areas import api
from linli.areas.home_rules import read_rows
from linli.areas.models import Area, Home, Level
from linli.areas.tests.factories import NOW, TODAY, make_area, make_cell, make_home
from linli.common.errors import UserError
from linli.common.models import AuditRow

HEADERS = ["楼栋", "单元", "房号", "建筑面积", "用途"]
COLUMNS = {"building": 0, "entrance": 1, "room": 2, "floor_area": 3, "use": 4}


def rows(*cells):
    return [(line, list(row)) for line, row in enumerate(cells, start=2)]


GOOD = rows(
    ("3", "1", "101", "67.48", "住宅"), ("3幢", "1单元", "102", "88.1", ""), ("3 幢", "2", "203室", "", "商铺"), ("3", "2", "B101", "12.5㎡", "储藏间")
)  # fmt: skip


@pytest.fixture
def compound(db):
    return make_cell()["compound_a2"]


def bring(compound, lines, columns=COLUMNS, **more):
    return api.import_homes(compound=compound, rows=lines, columns=columns, by=None, now=NOW, **more)


def test_buildings_and_entrances_are_made_once_however_they_are_written(compound):
    assert len(bring(compound, GOOD).new) == 4
    assert [a.name for a in compound.children.all()] == ["3 幢"]
    assert [a.name for a in Area.objects.under(compound).level(Level.ENTRANCE).order_by("sort")] == ["1 单元", "2 单元"]
    home = Home.objects.get(area__name="101", area__path__under=compound.path)
    assert (home.floor, home.column, home.floor_area, home.use) == (1, 1, 67480, "dwelling")
    below = Home.objects.get(area__name="B101", area__path__under=compound.path)
    assert (below.floor, below.floor_area, below.use) == (-1, 12500, "store")
    assert AuditRow.objects.get(action="homes.import").place == compound.path


def test_the_same_list_again_changes_nothing_and_a_corrected_one_corrects(compound):
    bring(compound, GOOD)
    again = bring(compound, GOOD)
    assert (len(again.new), len(again.changed), again.same) == (0, 0, 4)
    plan = bring(compound, rows(("3 号楼", "1 单元", "101", "67.5", "")))
    assert (len(plan.new), len(plan.changed)) == (0, 1)
    home = Home.objects.get(area__name="101", area__path__under=compound.path)
    assert (home.floor_area, home.use) == (67500, "dwelling")
    assert AuditRow.objects.filter(action="homes.import").count() == 2


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (("", "1", "101", "", ""), "没有写楼栋"),
        (("3", "1", "", "", ""), "没有写房号"),
        (("3", "1", "店面", "", ""), "看不出楼层"),
        (("3", "1", "101", "六十", ""), "不是数字"),
        (("3", "1", "101", "0", ""), "大于 0"),
        (("3", "1", "101", "-5", ""), "大于 0"),
        (("3", "1", "101", "67.4801", ""), "三位小数"),
        (("3", "1", "101", "NaN", ""), "大于 0"),
        (("3", "1", "101", "1e99", ""), "大于 0"),
        (("3", "1", "101", "", "飞机场"), "不认识"),
        (("3", "1", "001", "", ""), "没有 0 层"),
        (("3" * 21, "1", "101", "", ""), "20 个字"),
    ],
)
def test_a_wrong_row_is_named_with_its_reason_and_nothing_is_imported(compound, cells, words):
    with pytest.raises(UserError, match=f"第 6 行：.*{words}"):
        bring(compound, [*GOOD, (6, list(cells))])
    assert not compound.children.exists()


def test_the_same_home_twice_is_a_wrong_row(compound):
    with pytest.raises(UserError, match="第 6 行：和第 2 行是同一户"):
        bring(compound, [*GOOD, (6, ["3栋", "1", "101", "", ""])])


def test_a_clerk_may_leave_wrong_rows_out(compound):
    assert len(bring(compound, [*GOOD, (6, ["", "", "", "", ""])], skip={6}).new) == 4


def test_a_floor_column_goes_before_the_room_number(compound):
    columns = {"building": 0, "room": 1, "floor": 2}
    bring(compound, rows(("A座", "店面1", "1层"), ("A座", "1203", "11")), columns)
    floors = dict(Home.objects.filter(area__path__under=compound.path).values_list("area__name", "floor"))
    assert floors == {"店面1": 1, "1203": 11}


def test_building_and_room_are_needed(compound):
    with pytest.raises(UserError, match="楼栋"):
        bring(compound, GOOD, {"room": 2})


def test_homes_go_into_compounds_only(compound):
    with pytest.raises(UserError, match="小区"):
        bring(compound.parent, GOOD)


def test_columns_are_known_by_their_names():
    assert api.guess_columns(["序号", "幢号", "单元号", "室号", "建筑面积（㎡）", "房屋用途"]) == {
        "building": 1, "entrance": 2, "room": 3, "floor_area": 4, "use": 5,
    }  # fmt: skip


@given(st.lists(st.text(max_size=12), min_size=5, max_size=5))
def test_whatever_a_row_holds_it_is_a_home_or_has_a_reason(cells):
    good, bad = read_rows([(2, cells)], COLUMNS)
    assert len(good) + len(bad) == 1
    for row in good:
        assert row.floor != 0 and row.column >= 1 and row.building and row.room
        assert row.floor_area is None or 0 < row.floor_area <= 100_000_000


@given(st.lists(st.integers(1, 300), min_size=1, max_size=4), st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_paths_are_compared_by_whole_segments(one, other):
    def path(keys):
        return "/" + "".join(f"{key}/" for key in keys)

    assert Area(path=path(one)).contains(path(other)) == (other[: len(one)] == one)


@pytest.mark.django_db
@pytest.mark.database
def test_the_database_compares_paths_by_whole_segments():
    for path in ("/1/1/", "/1/12/", "/1/1/7/", "/11/", "/1/2/"):
        Area.objects.filter(pk=make_area(Level.COMPOUND).pk).update(path=path)
    assert set(Area.objects.filter(path__under="/1/1/").values_list("path", flat=True)) == {"/1/1/", "/1/1/7/"}
    assert list(Area.objects.under_any([])) == []


@pytest.fixture
def building(db):
    block = make_area(Level.BUILDING, make_area(Level.COMPOUND), "3 幢")
    for entrance in (1, 2):
        way = make_area(Level.ENTRANCE, block, f"{entrance} 单元", sort=entrance)
        for floor in (-1, 1, 2):
            for column in (1, 2, 3)[: 3 if floor == 1 and entrance == 1 else 2]:
                make_home(way, f"{floor}{(entrance - 1) * 2 + column:02}", floor, column + (entrance - 1) * 2)
    return block


def test_the_chart_has_the_top_floor_first_and_an_empty_cell_where_there_is_no_door(building, django_assert_num_queries):
    with django_assert_num_queries(2):
        chart = api.building_chart(building)
    assert [(way.name, way.span) for way in chart.entrances] == [("1 单元", 3), ("2 单元", 2)]
    assert [floor.number for floor in chart.floors] == [2, 1, -1]
    top = [[door.room for door in doors] for doors, _last in chart.floors[0].cells]
    assert top == [["201"], ["202"], [], ["203"], ["204"]]
    assert [last for _doors, last in chart.floors[0].cells] == [False, False, True, False, True]
    assert len(chart.doors) == 13


def test_homes_right_below_the_building_and_two_behind_one_number_are_shown_too(db):
    block = make_area(Level.BUILDING, make_area(Level.COMPOUND), "1 幢")
    make_home(block, "101", 1, 1)
    make_home(block, "101A", 1, 1)
    chart = api.building_chart(block)
    assert [(way.name, way.span) for way in chart.entrances] == [("", 1)]
    assert [[door.room for door in doors] for doors, _last in chart.floors[0].cells] == [["101", "101A"]]


def test_houses_are_told_with_floors_and_entrances(building):
    (house,) = api.houses(building.parent)
    assert (house.name, house.floors, house.entrances, house.columns, house.homes) == ("3 幢", 2, 2, 5, 9)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("银杏苑", ["银杏苑"]),
        ("银杏", ["银杏巷", "银杏苑"]),
        ("纺机新村3幢", ["3 幢"]),
        ("纺机新村 3 号楼 2 单元", ["3 幢"]),
        ("纺机新村 9 幢", ["纺机新村"]),
        ("柳渡路218弄", ["纺机新村"]),
        ("没有的路", []),
        ("   ", []),
        ("%", []),
    ],
)
def test_a_place_is_found_by_name_by_address_and_by_the_number_of_its_building(db, text, names):
    places = make_cell()
    Area.objects.filter(pk=places["compound_a1"].pk).update(address="柳渡路 218 弄")
    assert [a.name for a in api.find_places(text, places["district"], TODAY)] == names
