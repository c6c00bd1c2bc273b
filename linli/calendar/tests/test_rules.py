"""Due dates by example across the holidays, against an independent calendar, and by hypothesis."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.calendar.rules import (
    Clock,
    Days,
    Pause,
    Period,
    Unit,
    due,
    merge,
    start_moment,
    working_days_between,
)
from linli.calendar.tables import packaged
from linli.common.clock import SHANGHAI

DAYS = merge((year, table.pairs) for year, table in packaged().items())
WORK, NATURAL, HOUR, MINUTE = Unit.WORKING_DAY, Unit.NATURAL_DAY, Unit.HOUR, Unit.MINUTE


def says(start, amount, unit, roll=False, days=DAYS):
    return str(due(start, Period(amount, unit, roll), days))


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        # 2025: Spring Festival 28 Jan – 4 Feb, made up on 26 Jan (Sunday) and 8 Feb (Saturday)
        ("2025-01-24", 1, "2025-01-26"),
        ("2025-01-24", 2, "2025-01-27"),
        ("2025-01-27", 1, "2025-02-05"),
        ("2025-02-07", 1, "2025-02-08"),
        ("2025-02-08", 1, "2025-02-10"),
        # Tomb-Sweeping, Labour Day with 27 April worked, Dragon Boat on 31 May – 2 June
        ("2025-04-03", 1, "2025-04-07"),
        ("2025-04-25", 1, "2025-04-27"),
        ("2025-04-30", 1, "2025-05-06"),
        ("2025-05-30", 1, "2025-06-03"),
        # National Day and Mid-Autumn 1–8 October, 28 September and 11 October worked
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-30", 1, "2025-10-09"),
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-09-30", 4, "2025-10-13"),
        # over New Year into 2026: 1–3 January off, 4 January (Sunday) worked
        ("2025-12-31", 1, "2026-01-04"),
        # 2026: Spring Festival 15–23 February, 14 and 28 February worked
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-27", 1, "2026-02-28"),
        ("2026-04-03", 1, "2026-04-07"),
        ("2026-04-30", 1, "2026-05-06"),
        ("2026-05-08", 1, "2026-05-09"),
        ("2026-06-18", 1, "2026-06-22"),
        ("2026-09-18", 1, "2026-09-20"),
        ("2026-09-24", 1, "2026-09-28"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
    ],
)
def test_working_days_go_around_the_holidays(start, amount, end):
    assert says(date.fromisoformat(start), amount, WORK) == end


def test_every_day_agrees_with_an_independent_calendar():
    chinese_calendar = pytest.importorskip("chinese_calendar")
    day = date(2024, 1, 1)
    while day.year < 2027:
        assert DAYS.is_working(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)


def test_the_start_day_is_not_counted():
    """Civil Code article 201."""
    assert says(date(2025, 3, 3), 1, NATURAL) == "2025-03-04"
    assert says(date(2025, 3, 3), 1, WORK) == "2025-03-04"
    assert says(datetime(2025, 3, 3, 23, 59, tzinfo=SHANGHAI), 1, WORK) == "2025-03-04"


def test_a_natural_day_rolls_only_where_the_rule_says_so():
    """Civil Code article 203: 2025-10-01 lies in the holidays, 2025-10-09 is the next working day."""
    assert says(date(2025, 9, 21), 10, NATURAL) == "2025-10-01"
    assert says(date(2025, 9, 21), 10, NATURAL, roll=True) == "2025-10-09"
    assert says(date(2025, 9, 18), 10, NATURAL, roll=True) == "2025-09-28"  # a Sunday that is worked


def test_the_last_day_ends_at_midnight_in_shanghai():
    assert due(date(2025, 3, 3), Period(1, NATURAL), DAYS).moment == datetime(2025, 3, 4, 16, tzinfo=UTC)


def test_a_date_alone_starts_at_midnight_in_shanghai_and_moments_keep_theirs():
    assert says(date(2025, 9, 30), 90, MINUTE) == "2025-09-30T01:30:00+08:00"
    assert says(datetime(2025, 9, 30, 20, tzinfo=UTC), 24, HOUR) == "2025-10-02T04:00:00+08:00"
    assert says(datetime(2025, 9, 30, 17), 2, HOUR) == "2025-09-30T19:00:00+08:00"  # noqa: DTZ001
    assert says(datetime(2025, 9, 30, 16, 30, tzinfo=UTC), 1, NATURAL) == "2025-10-02"  # there it is 1 October already


def test_a_year_without_a_table_makes_the_day_provisional():
    assert says(date(2026, 12, 30), 1, WORK) == "2026-12-31"
    assert says(date(2026, 12, 30), 2, WORK) == "2027-01-01 provisional"
    assert says(date(2026, 12, 30), 2, NATURAL) == "2027-01-01"
    assert says(date(2026, 12, 30), 2, NATURAL, roll=True) == "2027-01-01 provisional"
    assert says(date(2026, 12, 30), 100, HOUR) == "2027-01-03T04:00:00+08:00"


def test_of_two_tables_that_name_a_day_the_later_counts():
    day = date(2026, 12, 31)
    days = merge([(2027, [(day, "off")]), (2026, [(day, "work")])])
    assert not days.is_working(day) and days.years == {2026, 2027}


@pytest.mark.parametrize(("amount", "unit"), [(0, WORK), (-1, HOUR), (2501, WORK), (3651, NATURAL)])
def test_a_period_has_bounds(amount, unit):
    with pytest.raises(ValueError, match=str(unit)):
        Period(amount, unit)


moments = st.datetimes(datetime(2023, 6, 1), datetime(2027, 6, 1)).map(lambda m: m.replace(tzinfo=SHANGHAI))  # noqa: DTZ001
units = st.sampled_from(Unit)


@given(moments, st.integers(1, 300), units, st.booleans())
def test_more_is_never_earlier_and_nothing_is_due_before_it_starts(start, amount, unit, roll):
    first, second = (due(start, Period(n, unit, roll), DAYS) for n in (amount, amount + 1))
    assert start < first.moment <= second.moment
    if not roll:
        assert first.moment < second.moment


@given(moments, moments, st.integers(1, 60), units)
def test_a_later_start_is_never_due_earlier(one, other, amount, unit):
    early, late = sorted([one, other])
    assert due(early, Period(amount, unit), DAYS).moment <= due(late, Period(amount, unit), DAYS).moment


@given(moments, st.integers(1, 200))
def test_a_due_working_day_is_worked_and_counts_back(start, amount):
    end = due(start, Period(amount, WORK), DAYS).day
    assert DAYS.is_working(end)
    assert working_days_between(start.date(), end, DAYS) == amount


pause_parts = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 10_000)), max_size=4)


def clock_of(start, amount, unit, parts, cap):
    pauses, at = [], start
    for wait, length in parts:
        since = at + timedelta(minutes=wait)
        at = since + timedelta(minutes=length)
        pauses.append(Pause(since, at))
    return Clock(start, Period(amount, unit), tuple(pauses), cap)


@given(moments, st.integers(1, 40), units, pause_parts, st.none() | st.integers(0, 20))
def test_a_pause_never_shortens_and_never_counts_beyond_the_cap(start, amount, unit, parts, cap):
    clock, now = clock_of(start, amount, unit, parts, cap), start + timedelta(days=100)
    plain, paused = due(start, Period(amount, unit), DAYS), clock.due(now, DAYS)
    assert paused.moment >= plain.moment
    if cap is not None:
        assert paused.moment <= (due(start, Period(amount + cap, unit), DAYS).moment if cap else plain.moment)
        assert paused.moment <= clock.at_the_latest(now, DAYS).moment


def test_pauses_count_exactly():
    start = datetime(2025, 9, 29, 9, tzinfo=SHANGHAI)
    pause = Pause(datetime(2025, 9, 29, 10, tzinfo=SHANGHAI), datetime(2025, 10, 9, 10, 0, 30, tzinfo=SHANGHAI))
    now = datetime(2025, 10, 20, tzinfo=SHANGHAI)
    assert str(Clock(start, Period(5, WORK), (pause,)).due(now, DAYS)) == "2025-10-15"  # 30 Sept and 9 Oct did not count
    assert str(Clock(start, Period(2, HOUR), (pause,)).due(now, DAYS)) == "2025-10-09T11:00:30+08:00"
    assert str(Clock(start, Period(5, WORK), (pause,), cap=1).due(now, DAYS)) == "2025-10-14"


def test_a_pause_without_end_has_no_due_moment_unless_it_is_capped():
    start = start_moment(date(2025, 3, 3))
    lasting = (Pause(start + timedelta(hours=1)),)
    assert Clock(start, Period(2, HOUR), lasting).at_the_latest(start, DAYS) is None
    capped = Clock(start, Period(2, HOUR), lasting, cap=3).at_the_latest(start, DAYS)
    assert capped.moment == start + timedelta(hours=5)


def test_the_longest_period_may_still_be_paused():
    start = start_moment(date(2016, 1, 4))
    pause = Pause(start, start + timedelta(days=30))
    assert Clock(start, Period(2500, WORK), (pause,)).due(start + timedelta(days=31), Days()).day
