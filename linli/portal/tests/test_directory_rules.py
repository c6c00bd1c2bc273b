"""Opening hours, numbers, positions and the drawn plan, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from linli.calendar.api import (
    Days,
    Holidays,
    Hours,
    Open,
    as_json,
    from_json,
    read_hours,
    status_at,
    write_hours,
)
from linli.common.clock import SHANGHAI
from linli.common.errors import UserError
from linli.portal import directory_plan
from linli.portal.directory_rules import (
    Number,
    is_stale,
    micro,
    near,
    normal_number,
    read_numbers,
    read_position,
    read_words,
    write_numbers,
    write_position,
)

# The week of the Dragon Boat Festival as a table would say it: Friday 19 June off, Sunday 28 June made up.
DAYS = Days(frozenset({date(2026, 6, 19)}), frozenset({date(2026, 6, 28)}), frozenset({2026}))
OFFICE = "周一至周五 8:30—12:00，13:30—17:00；周六 9:00—11:30"


def at(day, hour, minute=0):
    return datetime(2026, 6, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (OFFICE, OFFICE),
        ("每天 9:00-17:00；周日休", "周一至周六 9:00—17:00"),
        ("24小时", "24 小时"),
        ("每天0:00～24:00", "24 小时"),
        ("周一、周三 18点半到20:30", "周一 18:30—20:30；周三 18:30—20:30"),
        ("工作日 8：00 至 17：00", "周一至周五 8:00—17:00"),
        ("星期二 22:00—次日2:00", "周二 22:00—2:00"),
        ("周末 9:00—11:00", "周六，周日 9:00—11:00"),
        ("", ""),
    ],
)
def test_hours_are_read_as_offices_write_them_and_written_to_be_read_again(typed, written):
    hours = read_hours(typed)
    assert write_hours(hours) == written
    assert read_hours(write_hours(hours)) == hours == from_json(as_json(hours))


@pytest.mark.parametrize("typed", ["看心情", "周一 8:30", "周一 8:75—9:00", "周八 8:00—9:00", "周一 8:00—9:00 大概", "8:00—12:00，11:00—13:00", "周一 " + "8:00—9:00，" * 60])
def test_hours_that_nobody_can_read_are_refused_at_their_field(typed):
    with pytest.raises(UserError) as caught:
        read_hours(typed)
    assert caught.value.field == "hours"


def test_an_office_shuts_for_lunch_and_opens_again():
    hours = read_hours(OFFICE)
    assert status_at(hours, at(15, 9), DAYS).kind == Open.OPEN
    assert status_at(hours, at(15, 9), DAYS).change == at(15, 12)
    noon = status_at(hours, at(15, 12), DAYS)
    assert (noon.kind, noon.change) == (Open.SHUT, at(15, 13, 30))
    assert status_at(hours, at(15, 17), DAYS).change == at(16, 8, 30)
    assert status_at(hours, at(13, 11, 30), DAYS).change == at(15, 8, 30), "from Saturday noon to Monday"


@pytest.mark.parametrize(
    ("holidays", "friday_off", "made_up_sunday"),
    [(Holidays.OFFICIAL, Open.SHUT, Open.OPEN), (Holidays.CLOSED, Open.SHUT, Open.SHUT), (Holidays.OPEN, Open.OPEN, Open.SHUT)],
)
def test_the_real_calendar_says_who_is_open_on_days_off_and_make_up_days(holidays, friday_off, made_up_sunday):
    hours = read_hours("周一至周五 8:30—17:00", holidays)
    assert status_at(hours, at(19, 10), DAYS).kind == friday_off
    assert status_at(hours, at(28, 10), DAYS).kind == made_up_sunday


def test_a_night_that_lasts_beyond_midnight_is_one_and_round_the_clock_never_changes():
    hours = read_hours("每天 18:00—2:00", Holidays.OPEN)
    assert status_at(hours, at(16, 1), DAYS) == status_at(hours, at(15, 23), DAYS)
    assert status_at(hours, at(16, 1), DAYS).change == at(16, 2)
    assert status_at(read_hours("24 小时"), at(16, 1), DAYS).kind == Open.ALWAYS
    assert status_at(Hours(), at(16, 1), DAYS).kind == Open.UNKNOWN
    assert status_at(read_hours("周五 9:00—10:00", Holidays.CLOSED), at(18, 12), DAYS).change == at(26, 9), "a week later"


def test_every_minute_agrees_with_the_next_change_it_promises():
    hours, now = read_hours(OFFICE), at(18, 0)
    status = status_at(hours, now, DAYS)
    for _ in range(14 * 24 * 4):
        new = status_at(hours, now, DAYS)
        assert new.kind == status.kind or now >= status.change
        status, now = new, now + timedelta(minutes=15)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("555 0132", (Number("5550132"),)),
        ("报修 555 0132；收费：555-0131", (Number("5550132", "报修"), Number("5550131", "收费"))),
        ("（0571）8765 4321\n+852 5123 4567", (Number("057187654321"), Number("+85251234567"))),
        ("５５５０１３２", (Number("5550132"),)),
    ],
)
def test_numbers_are_read_one_a_line(typed, found):
    assert read_numbers(typed) == found
    assert read_numbers(write_numbers(found)) == found


@pytest.mark.parametrize("typed", ["找老王", "12", "1" * 20, "报修" * 20 + " 5550132"])
def test_what_nobody_can_dial_is_refused(typed):
    with pytest.raises(UserError) as caught:
        read_numbers(typed)
    assert caught.value.field == "phones"
    assert normal_number("") == ""


def test_positions_are_exact_millionths_of_a_degree():
    assert read_position("30.274150, 120.155070") == (30_274_150, 120_155_070)
    assert read_position("-0.5，７") == (-500_000, 7_000_000)
    assert read_position(" ") == (None, None)
    assert write_position(-500_000, 7_000_000) == "-0.500000, 7.000000"
    assert micro("30.27415") == micro("30.2741500001")
    for typed in ("120.1, 30.2", "东经120度", "30.1"):
        with pytest.raises(UserError):
            read_position(typed)


def test_words_are_read_once_each_and_near_ones_are_found():
    assert read_words("换煤气，修灶台、换煤气, ") == ("换煤气", "修灶台")
    assert near({1: "修空调\n石桥路", 2: "居住证"}, "空调不冷了") == [1]
    assert near({1: "x"}, "一") == []


def test_a_number_is_stale_after_180_days_or_when_nobody_ever_called_it():
    today = date(2026, 5, 19)
    assert not is_stale(today - timedelta(days=180), today)
    assert is_stale(today - timedelta(days=181), today) and is_stale(None, today)


def test_the_plan_stays_on_its_sheet_and_its_numbers_stand_apart():
    spots = [(29_270_000 + n % 3, 123_150_000 + n % 2) for n in range(12)] + [(29_280_000, 123_170_000)]
    lines = [{"kind": "road", "name": "柳渡路", "points": [[123_140_000, 29_270_000], [123_160_000, 29_271_000]]}]
    plan = directory_plan.draw(lines, spots)
    places = [(mark.x, mark.y) for mark in plan.marks]
    assert len(set(places)) == len(spots)
    assert all(0 <= x <= plan.width and 0 <= y <= plan.height for x, y in places)
    assert plan.paths["road"].startswith("M") and not plan.tiles
    assert directory_plan.draw([], []) is None


def test_with_a_tile_server_of_ones_own_the_plan_lies_on_its_tiles():
    plan = directory_plan.draw([], [(29_270_000, 123_150_000)], "https://tiles.example.cn/{z}/{x}/{y}.png", (29_270_000, 123_150_000))
    assert plan.tiles and all(tile.url.startswith("https://tiles.example.cn/16/") for tile in plan.tiles)
    assert not plan.paths and (plan.marks[0].x, plan.marks[0].y) == (480, 320)


def test_a_plan_is_read_from_geojson():
    line = {"geometry": {"type": "LineString", "coordinates": [[123.15, 29.27], [123.16, 29.27]]}, "properties": {"kind": "road", "name": "柳渡路"}}
    assert directory_plan.read_geojson({"features": [line]})[0]["points"] == [[123_150_000, 29_270_000], [123_160_000, 29_270_000]]
    with pytest.raises(ValueError, match="Point"):
        directory_plan.read_geojson({"features": [{"geometry": {"type": "Point", "coordinates": []}}]})


def test_a_moment_in_another_zone_is_the_same_moment():
    hours = read_hours("每天 8:00—9:00")
    assert status_at(hours, datetime(2026, 6, 15, 0, 30, tzinfo=UTC), DAYS).kind == Open.OPEN
