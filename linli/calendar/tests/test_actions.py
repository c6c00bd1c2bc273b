"""Tables, rules of places and clocks against the database."""

from datetime import date, datetime, timedelta

import pytest

from linli.areas.tests.factories import make_cell
from linli.calendar import api, queries
from linli.calendar.models import Deadline, DeadlineEvent
from linli.calendar.rules import DeadlineState, Period, Unit
from linli.calendar.tables import read
from linli.common import bus
from linli.common.clock import SHANGHAI
from linli.common.errors import UserError
from linli.common.models import AuditRow, OutboxRow
from linli.common.states import UnknownTransition
from linli.events.calendar import DeadlineMoved, DeadlinePassed

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 28, 9, tzinfo=SHANGHAI)
FIVE = Period(5, Unit.WORKING_DAY)
TABLE_2027 = "date,kind,reason\n2027-01-01,off,元旦\n2027-01-02,off,元旦\n2027-01-03,off,元旦\n2027-02-06,off,春节\n"


@pytest.fixture
def places():
    return make_cell()


@pytest.fixture
def told(monkeypatch):
    """What a subscriber of the test would be told: the outbox rows."""
    for event in (DeadlinePassed, DeadlineMoved):
        monkeypatch.setitem(bus._subscribers, event, {f"{event.__name__}>test.listen": bus.Listener("test")})
    return lambda name: OutboxRow.objects.filter(kind__startswith=name)


def opened(places, number=1, start=NOW, now=NOW, place="compound_a1", **fields):
    fields = {"default": FIVE, **fields}
    return api.open_deadline(
        place=places[place], key="answer", subject_kind="question", subject_id=str(number), start=start, now=now, **fields
    )


def load(text=TABLE_2027):
    return api.load_table(table=read(text.encode()), source="2027.csv", by=None, now=NOW)


def test_loading_a_table_counts_provisional_clocks_anew_and_tells_of_each_that_moved(places, told):
    row, sure = opened(places), opened(places, 2, default=Period(2, Unit.WORKING_DAY))
    assert row.provisional and row.day == date(2027, 1, 4) and not sure.provisional
    done = load()
    assert (done.year, done.changed, done.moved) == (2027, True, 1)
    row.refresh_from_db()
    assert row.day == date(2027, 1, 5) and not row.provisional
    assert told("DeadlineMoved").get().payload["deadline_id"] == str(row.pk)
    assert list(row.events.values_list("event", flat=True)) == ["open", "move"]
    assert AuditRow.objects.filter(action="calendar.load").count() == 1


def test_the_same_table_once_more_changes_nothing(places, told):
    opened(places)
    load()
    again = load()
    assert not again.changed and again.moved == 0 and told("DeadlineMoved").count() == 1


def test_a_corrected_table_moves_what_counts_by_it(places):
    load()
    row = opened(places)
    assert load(TABLE_2027 + "2027-01-04,off,元旦\n").moved == 1
    row.refresh_from_db()
    assert row.day == date(2027, 1, 6)


def test_a_clock_that_passed_too_early_runs_again(places):
    row = opened(places)
    late = datetime(2027, 1, 5, 9, tzinfo=SHANGHAI)
    assert api.pass_due(late) == 1
    api.load_table(table=read(TABLE_2027.encode()), source="x", by=None, now=late)
    row.refresh_from_db()
    assert row.state == DeadlineState.RUNNING and row.passed_at is None and row.day == date(2027, 1, 5)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("date,kind\n", "第 1 行"),
        ("date,kind,reason\n2027-01-01,off,元旦\n2027-13-01,off,x\n", "第 3 行"),
        ("date,kind,reason\n2027-01-01,frei,元旦\n", "第 2 行"),
        ("date,kind,reason\n2027-01-01,off\n", "第 2 行"),
        ("date,kind,reason\n2027-01-01,off,a\n2027-01-01,work,a\n", "第 3 行"),
        ("date,kind,reason\n2027-01-01,off,a\n2027-01-02,off,a\n2026-11-30,off,a\n", "2026-11-30"),
        ("date,kind,reason\n2027-01-01,off,a\n2026-01-02,off,a\n", "看不出"),
        ("date,kind,reason\n", "没有日期"),
        ("", "第 1 行"),
    ],
)
def test_a_wrong_table_is_refused_with_its_line(text, line):
    with pytest.raises(UserError, match=line):
        read(text.encode())


def test_a_table_may_name_the_days_beside_its_year_and_be_written_in_gb18030():
    text = "date,kind,reason\n2026-12-31,off,元旦\n2027-01-01,off,元旦\n2027-01-02,off,元旦\n2028-01-01,off,元旦\n"
    table = read(text.encode("gb18030"))
    assert table.year == 2027 and len(table.lines) == 4 and table.lines[0].reason == "元旦"


def test_the_packaged_tables_count_before_anybody_loads_them_and_are_loaded_once():
    assert queries.days().years == {2024, 2025, 2026}
    assert [done.year for done in api.load_packaged(now=NOW)] == [2024, 2025, 2026]
    assert api.load_packaged(now=NOW) == []
    assert not queries.days().is_working(date(2026, 10, 1))


def test_the_rule_of_the_nearest_place_holds_and_what_runs_keeps_its_version(places):
    day = Period(1, Unit.WORKING_DAY)
    api.set_rule(place=places["street"], key="answer", period=FIVE, by=None, now=NOW)
    api.set_rule(place=places["community_a"], key="answer", period=day, by=None, now=NOW, pause_cap=3)
    near, far = opened(places), opened(places, 2, place="compound_b1")
    assert (near.amount, near.pause_cap, far.amount) == (1, 3, 5)
    second = api.set_rule(place=places["street"], key="answer", period=Period(9, Unit.WORKING_DAY), by=None, now=NOW)
    assert second.version == 2 and opened(places, 3, place="compound_b1").amount == 9
    far.refresh_from_db()
    assert far.amount == 5 and far.rule.version == 1


def test_a_rule_of_tomorrow_does_not_hold_today(places):
    api.set_rule(place=places["street"], key="answer", period=FIVE, by=None, now=NOW)
    ahead = NOW.date() + timedelta(days=1)
    api.set_rule(place=places["street"], key="answer", period=Period(9, Unit.HOUR), by=None, now=NOW, valid_from=ahead)
    assert opened(places).amount == 5
    assert opened(places, 2, now=NOW + timedelta(days=1)).amount == 9


def test_without_rule_and_default_nothing_opens(places):
    with pytest.raises(LookupError):
        opened(places, default=None)


def test_the_same_clock_opened_twice_is_one_until_it_is_closed(places):
    first = opened(places)
    assert opened(places).pk == first.pk and first.events.count() == 1
    api.close(deadline_id=first.pk, now=NOW)
    assert opened(places).pk != first.pk


def test_pause_resume_and_close_keep_their_history(places):
    row = opened(places, default=Period(10, Unit.HOUR))
    paused = api.pause(deadline_id=row.pk, now=NOW + timedelta(hours=1))
    assert paused.due is None and api.pass_due(NOW + timedelta(days=9)) == 0
    with pytest.raises(UnknownTransition):
        api.pause(deadline_id=row.pk, now=NOW + timedelta(hours=2))
    resumed = api.resume(deadline_id=row.pk, now=NOW + timedelta(hours=3))
    assert resumed.due == NOW + timedelta(hours=12)
    api.close(deadline_id=row.pk, now=NOW + timedelta(hours=11))
    assert list(row.events.order_by("id").values_list("event", flat=True)) == ["open", "pause", "resume", "close"]
    row.refresh_from_db()
    assert row.passed_at is None


def test_a_capped_pause_passes_by_itself(places):
    api.set_rule(place=places["street"], key="answer", period=Period(2, Unit.HOUR), by=None, now=NOW, pause_cap=1)
    row = opened(places)
    api.pause(deadline_id=row.pk, now=NOW)
    assert api.pass_due(NOW + timedelta(hours=3, minutes=-1)) == 0
    assert api.pass_due(NOW + timedelta(hours=3)) == 1


def test_what_is_late_cannot_be_paused_any_more_and_a_late_close_says_so(places):
    row = opened(places, default=Period(1, Unit.HOUR))
    late = NOW + timedelta(hours=2)
    with pytest.raises(UserError, match="期限已经过了"):
        api.pause(deadline_id=row.pk, now=late)
    assert api.close(deadline_id=row.pk, now=late).passed_at == NOW + timedelta(hours=1)


def test_a_ticker_that_stood_for_two_days_loses_nothing_and_does_nothing_twice(places, told):
    rows = [opened(places, n, default=Period(n, Unit.HOUR)) for n in range(1, 49)]
    back = NOW + timedelta(days=2)
    assert api.pass_due(back) == 48 and api.pass_due(back + timedelta(minutes=1)) == 0
    assert told("DeadlinePassed").count() == 48
    assert DeadlineEvent.objects.filter(event="pass").count() == 48
    assert not Deadline.objects.exclude(state=DeadlineState.PASSED).exists()
    assert {row.payload["deadline_id"] for row in told("DeadlinePassed")} == {str(row.pk) for row in rows}


def test_a_batch_that_fails_is_undone_whole_and_found_again(places, told, monkeypatch):
    from linli.calendar.actions import passing

    for n in range(5):
        opened(places, n, default=Period(1, Unit.HOUR))
    late = NOW + timedelta(hours=2)
    real, calls = passing.publish_many, []

    def broken(events, **rest):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(events, **rest)

    monkeypatch.setattr(passing, "publish_many", broken)
    with pytest.raises(KeyboardInterrupt):
        passing.pass_due(late, batch=2)
    assert Deadline.objects.filter(state="passed").count() == told("DeadlinePassed").count() == 2
    assert passing.pass_due(late, batch=2) == 3 and told("DeadlinePassed").count() == 5


def test_the_page_shows_days_off_and_made_up_in_both_languages(client):
    text = client.get("/calendar/2026/").content.decode()
    assert "国庆节" in text and "10月1日至10月7日，共 7 天" in text and "9月20日" in text
    client.cookies["linli_lang"] = "en"
    assert client.get("/calendar/").status_code == 302
    assert client.get("/calendar/1999/").status_code == 404
