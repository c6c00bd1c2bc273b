"""Tables of dispatch, alarms and what is learned: rules without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from linli.casework.rules import alarms, dispatch, learning
from linli.casework.rules.dispatch import Hours, Rule
from linli.casework.rules.words import Alarm

A, B = UUID(int=1), UUID(int=2)
START = datetime(2026, 5, 19, 1, 0, tzinfo=UTC)
rules = st.builds(
    Rule, unit=st.sampled_from([A, B]), theme=st.sampled_from(["", "lift", "light"]), place=st.sampled_from([None, 1, 12]),
    hours=st.sampled_from(list(Hours)), auto=st.booleans(),
)  # fmt: skip
cases = st.builds(
    dispatch.Facts, theme=st.sampled_from(["lift", "light", "fees"]), places=st.sampled_from([(1,), (1, 12), (2,)]), hours=st.sampled_from([Hours.WORK, Hours.OFF])
)  # fmt: skip


def test_the_first_row_that_fits_counts_and_a_place_is_meant_with_all_in_it():
    rows = [Rule(A, "lift", 12), Rule(B, "lift"), Rule(A, hours=Hours.OFF)]
    assert dispatch.first(rows, dispatch.Facts("lift", (1, 12), Hours.WORK)) == rows[0]
    assert dispatch.first(rows, dispatch.Facts("lift", (1,), Hours.WORK)) == rows[1]
    assert dispatch.first(rows, dispatch.Facts("light", (1,), Hours.WORK)) is None
    assert dispatch.first(rows, dispatch.Facts("light", (1,), Hours.OFF)) == rows[2]


@given(st.lists(rules, max_size=6), cases)
def test_a_row_said_to_be_hidden_never_takes_a_case(table, case):
    hidden = {table[n - 1] for n in dispatch.hidden(table)}
    found = dispatch.first(table, case)
    assert found is None or found not in hidden or table.index(found) + 1 not in dispatch.hidden(table)


@given(rules)
def test_rows_are_read_as_they_were_stored(rule):
    assert dispatch.read([rule.as_row()]) == [rule]


@given(st.integers(1, 10**6), st.integers(0, 2 * 10**6))
def test_levels_and_their_moments_agree(minutes, later):
    span = (START, START + timedelta(minutes=minutes))
    at = START + timedelta(minutes=later)
    level = alarms.level([span], at)
    assert level == max((step for step in alarms.STEPS if later * 100 >= minutes * step), default=0)
    rises = alarms.rises([span], level)
    assert (rises is None) == (level == Alarm.SUPERVISED) and (rises is None or rises > at)


def test_work_hours_are_those_of_the_place():
    nine, six = datetime(2026, 5, 19, 1, 0, tzinfo=UTC), datetime(2026, 5, 19, 10, 0, tzinfo=UTC)
    assert alarms.in_work_hours(nine, working_day=True) and not alarms.in_work_hours(six, working_day=True)
    assert not alarms.in_work_hours(nine, working_day=False)


def test_words_are_pairs_and_marks_part_them():
    assert learning.pairs("电梯坏了，电梯！") == {"电梯": 2, "梯坏": 1, "坏了": 1}


def test_likely_themes_come_first_and_unknown_words_say_nothing():
    learned = learning.Learned.of([("电梯困人", "lift"), ("电梯停了", "lift"), ("垃圾没人清", "rubbish")])
    assert learned.ranked("电梯又困人")[0] == "lift" and learned.ranked("垃圾堆")[0] == "rubbish"
    assert learned.ranked("喵") == [] == learned.ranked("")
    assert learning.Learned.read(learned.stored()).ranked("电梯") == learned.ranked("电梯")


def test_the_share_is_counted_on_cases_it_was_not_made_from():
    same = [("电梯困人", "lift"), ("垃圾没人清", "rubbish")] * 10
    assert learning.measured(same) == (4, 4)
    assert learning.measured([(f"{n}号", str(n)) for n in range(10)])[1] == 0
