"""What time does with a case: it signs, reminds, closes, archives, and moves a date."""

from datetime import timedelta

import pytest

from linli.calendar.models import Deadline
from linli.casework import clocks
from linli.casework.actions import closing, desk, time, work
from linli.casework.models import Case, Identity
from linli.casework.rules.states import CaseState
from linli.casework.rules.words import Alarm
from linli.common.clock import local_date
from linli.common.errors import UserError
from linli.common.states import UnknownTransition

from .factories_desk import (
    NOW,
    PC,
    RC,
    SO,
    accept,
    again,
    check,
    dispatched,
    inbox,
    let_pass,
    make_town,
    reply,
    signed,
    submit,
)

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def town():
    return make_town()


def test_time_signs_for_who_does_not(town):
    row = dispatched(town)
    let_pass(NOW + 3 * HOUR)
    assert again(row).state == CaseState.DISPATCHED
    let_pass(NOW + 5 * HOUR)
    let_pass(NOW + 5 * HOUR)
    row = again(row)
    assert row.state == CaseState.SIGNED and row.holder.person == town.heads[PC]
    assert row.steps.filter(event="auto_sign").count() == 1
    with pytest.raises(UnknownTransition):
        work.return_case(case=row.pk, why="现在才说", by=town.head(PC), now=NOW + 5 * HOUR)


def test_three_calls_on_three_days_end_it_as_not_contacted(town):
    row = signed(town)
    reply(town, row)
    check(town, row)
    call = {"case": row.pk, "reached": False, "by": town.head(RC)}
    with pytest.raises(UserError, match="打满三次"):
        closing.close_unreached(case=row.pk, by=town.head(RC), now=NOW + DAY)
    closing.record_attempt(now=NOW + DAY, **call)
    with pytest.raises(UserError, match="今天已经打过"):
        closing.record_attempt(now=NOW + DAY + HOUR, **call)
    for n in (2, 3):
        closing.record_attempt(now=NOW + n * DAY, **call)
    assert (again(row).state, again(row).result) == (CaseState.CLOSED, "unreached")


def test_an_anonymous_case_is_called_by_nobody_and_ends_by_itself(town):
    row = signed(town, secrecy="anonymous")
    assert again(row).contact_due is None
    reply(town, row)
    check(town, row)
    with pytest.raises(UserError, match="匿名"):
        closing.record_attempt(case=row.pk, reached=False, by=town.head(RC), now=NOW + DAY)
    let_pass(NOW + 15 * DAY)
    assert again(row).result == "unreached"


def test_half_a_year_later_nobody_knows_who_it_was(town):
    row = submit(town, secrecy="confidential")
    Identity.objects.create(case=row, name="何立群", phone="+8613900000000", made_at=NOW)
    desk.refuse_case(case=row.pk, why="归水务局", elsewhere="打 12345", by=town.head(RC), now=NOW)
    assert time.archive_old(now=NOW + 179 * DAY) == 0
    assert time.archive_old(now=NOW + 181 * DAY) == 1 and time.archive_old(now=NOW + 181 * DAY) == 0
    assert again(row).state == CaseState.ARCHIVED and not Identity.objects.exists()


def test_a_draft_expires(town):
    row = Case.objects.create(key="k", place=town.place, title="", text="", made_at=NOW, changed_at=NOW)
    assert time.expire_drafts(now=NOW + 8 * DAY) == 1 and again(row).state == CaseState.ARCHIVED


def test_alarms_rise_with_the_clock_once_each_even_after_a_missed_run(town):
    row = signed(town, urgency="emergency")
    assert time.raise_alarms(now=NOW + timedelta(minutes=20)) == 0
    time.raise_alarms(now=NOW + timedelta(minutes=31))
    assert again(row).alarm == Alarm.REMINDED
    assert time.raise_alarms(now=NOW + timedelta(minutes=32)) == 0
    time.raise_alarms(now=NOW + 2 * HOUR)
    assert again(row).alarm == Alarm.SUPERVISED
    assert [step.inner for step in again(row).steps.filter(event="alarm").order_by("pk")] == ["过半", "督办"]
    assert "cases.supervised" in inbox(town.heads[SO])


def test_reminders_of_ordinary_cases_wait_for_work_hours(town):
    row = submit(town)
    night = NOW.replace(hour=17) + DAY  # one in the morning in Shanghai
    assert time.raise_alarms(now=night) == 0 and again(row).alarm == Alarm.NONE
    time.raise_alarms(now=night.replace(hour=1) + DAY)
    assert again(row).alarm > Alarm.NONE


def test_a_case_handed_on_loses_the_alarm_of_the_stage_that_is_over(town):
    row = submit(town)
    late = NOW + 2 * DAY
    time.raise_alarms(now=late)
    assert again(row).alarm >= Alarm.RED
    accept(town, row, now=late)
    assert again(row).alarm == Alarm.NONE


def test_more_urgent_brings_the_date_forward_and_less_urgent_leaves_it(town):
    row = submit(town)
    what = {"case": row.pk, "kind": "request", "theme": "lift", "by": town.head(RC)}
    desk.set_kind_theme_urgency(urgency="long", now=NOW, **what)
    assert again(row).due == row.due
    desk.set_kind_theme_urgency(urgency="urgent", now=NOW + HOUR, **what)
    assert again(row).due == NOW + HOUR + DAY and again(row).first_due == row.first_due


def test_a_new_table_of_days_moves_the_date_and_the_history_says_why(town):
    row = signed(town)
    clock_ = Deadline.objects.get(subject_id=str(row.pk), key__startswith=clocks.ANSWERS)
    later = row.due + DAY
    Deadline.objects.filter(pk=clock_.pk).update(due=later, day=local_date(later))
    for _ in range(2):
        time.follow_clock(deadline=clock_.pk, now=NOW + HOUR)
    assert again(row).due == later and again(row).first_due == row.first_due
    assert again(row).steps.get(event="move").due == later


def test_an_alarm_that_fell_due_while_nobody_worked_is_raised_in_the_morning(town):
    row = submit(town)
    night = NOW.replace(hour=16) + DAY
    time.raise_alarms(now=night)
    assert again(row).alarm == Alarm.NONE and again(row).alarm_at < night
