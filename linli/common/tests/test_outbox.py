"""The outbox: rows of the caller's transaction, exactly once inside, at least once outside, dead letters, events."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction

from linli.common import bus, outbox, outbox_desk
from linli.common.models import AuditRow, Job, OutboxRow
from linli.common.outbox_rules import LEASE, MAX_ATTEMPTS, OutboxState, pause_after
from linli.common.states import UnknownTransition
from linli.config import instance

NOW = datetime(2026, 5, 19, 8, tzinfo=UTC)


class Killed(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


@pytest.fixture(autouse=True)
def handlers(db, monkeypatch):
    monkeypatch.setattr(outbox, "_handlers", {})


def put(kind="job", key="1", now=NOW, **more):
    with transaction.atomic():
        outbox.put(kind=kind, key=key, payload={"n": key}, now=now, **more)


def noted(parcel):
    Job.objects.create(name=parcel.payload["n"], due=parcel.now)


def test_what_is_rolled_back_leaves_no_row():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.put(kind="job", key="1", payload={}, now=NOW)
        1 / 0  # noqa: B018
    assert not OutboxRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_of_a_transaction_nothing_is_put():
    with pytest.raises(RuntimeError):
        outbox.put(kind="job", key="1", payload={}, now=NOW)


def test_a_key_makes_one_row_and_one_effect(django_capture_on_commit_callbacks):
    outbox.handler("job")(noted)
    path = instance.wake_file(instance.data_folder())
    path.unlink(missing_ok=True)
    with django_capture_on_commit_callbacks(execute=True):
        put()
        put()
    assert path.exists()
    assert outbox.run(NOW) == 1 and outbox.run(NOW) == 0
    put()
    assert outbox.run(NOW) == 0 and Job.objects.count() == 1


def test_nothing_is_done_before_it_is_due():
    outbox.handler("job")(noted)
    put(due=NOW + timedelta(hours=1))
    assert outbox.next_look(NOW, at_most=30) == 30
    assert outbox.run(NOW) == 0
    assert outbox.run(NOW + timedelta(hours=1)) == 1


def test_what_a_handler_puts_is_done_in_the_same_run():
    outbox.handler("job")(lambda parcel: outbox.put(kind="next", key="2", payload={"n": "2"}, now=parcel.now))
    outbox.handler("next")(noted)
    put()
    assert outbox.run(NOW) == 2 and Job.objects.filter(pk="2").exists()


def test_a_failure_is_undone_and_tried_again_later_each_time_until_it_is_dead():
    def fails(parcel):
        noted(parcel)
        raise ZeroDivisionError

    outbox.handler("job")(fails)
    put()
    now = NOW
    for n in range(1, MAX_ATTEMPTS):
        assert outbox.run(now, seconds=5) == 0
        row = OutboxRow.objects.get()
        assert (row.state, row.attempts, row.error, Job.objects.count()) == ("waiting", n, "ZeroDivisionError", 0)
        assert row.due >= now + pause_after(n)
        now = row.due
    outbox.run(now)
    assert OutboxRow.objects.get().state == OutboxState.DEAD
    assert pause_after(1) < pause_after(2) and pause_after(50) == timedelta(hours=1)


def test_a_kind_that_nobody_handles_ends_as_a_dead_letter_too():
    put(kind="gone")
    OutboxRow.objects.update(attempts=MAX_ATTEMPTS - 1)
    outbox.run(NOW)
    assert OutboxRow.objects.get().error == "LookupError" and OutboxRow.objects.get().state == "dead"


def test_giving_up_and_postponing_are_no_failures():
    answers = [outbox.Postpone(30), outbox.GiveUp()]

    def busy(parcel):
        raise answers.pop(0)

    outbox.handler("job", outside=True)(busy)
    put()
    outbox.run(NOW, seconds=5)
    row = OutboxRow.objects.get()
    assert (row.state, row.attempts, row.error) == ("waiting", 0, "")
    assert 29 < outbox.next_look(NOW, at_most=60) < 40
    outbox.run(NOW + timedelta(seconds=40))
    assert OutboxRow.objects.get().state == "dead"


STEPS = ["before the claim", "after the claim", "before the effect", "after the effect", "before the mark", "after the mark"]


@pytest.mark.parametrize("outside", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_nothing_is_lost_and_at_most_one_outside_effect_repeats(step, outside, monkeypatch):
    seen, killed = [], []

    def strike(here):
        if here == step and not killed:
            killed.append(here)
            raise Killed

    def work(parcel):
        strike("before the effect")
        noted(parcel) if not outside else seen.append(parcel.key)
        strike("after the effect")

    real_end, real_work = outbox._end, outbox._work

    def end(row, *args, **rest):
        strike("before the mark")
        done = real_end(row, *args, **rest)
        strike("after the mark")
        return done

    def claimed(*args):
        strike("after the claim")
        return real_work(*args)

    monkeypatch.setattr(outbox, "_end", end)
    monkeypatch.setattr(outbox, "_work", claimed)
    outbox.handler("job", outside=outside)(work)
    put()
    with pytest.raises(Killed):
        strike("before the claim")
        outbox.run(NOW)
    assert outbox.run(NOW + timedelta(seconds=1)) == (step == "before the claim")  # the lease holds
    outbox.run(NOW + LEASE + timedelta(seconds=1))
    assert OutboxRow.objects.get().state == OutboxState.DONE
    if outside:
        assert len(seen) == (2 if step in {"after the effect", "before the mark"} else 1) and set(seen) == {"1"}
    else:
        assert Job.objects.count() == 1


def test_a_row_that_brings_the_process_down_each_time_is_a_dead_letter_in_the_end():
    def work(parcel):
        raise Killed

    outbox.handler("job", outside=True)(work)
    put()
    now = NOW
    for _ in range(MAX_ATTEMPTS):
        with pytest.raises(Killed):
            outbox.run(now)
        now += LEASE + timedelta(seconds=1)
    outbox.run(now)
    row = OutboxRow.objects.get()
    assert (row.state, row.error) == ("dead", "Killed")


def test_a_worker_whose_lease_ran_out_does_not_mark_what_another_has_claimed():
    def slow(parcel):
        if parcel.attempt == 1:
            outbox.run(NOW + LEASE * 2)
        Job.objects.create(name=f"attempt {parcel.attempt}", due=NOW)

    outbox.handler("job", outside=True)(slow)
    put()
    assert outbox.run(NOW) == 0
    row = OutboxRow.objects.get()
    assert (row.state, row.attempts) == ("done", 2)


def test_the_operator_retries_and_gives_up_with_an_audit_row():
    outbox.handler("job")(noted)
    put()
    put(key="2")
    OutboxRow.objects.update(state="dead", attempts=12, error="Timeout", ended_at=NOW)
    first, second = OutboxRow.objects.order_by("key")
    assert outbox_desk.figures(NOW).dead == 2 and len(outbox_desk.troubled(OutboxState.DEAD)) == 2
    outbox_desk.retry(row_id=first.pk, by=None, now=NOW)
    outbox_desk.give_up(row_id=second.pk, by=None, now=NOW)
    with pytest.raises(UnknownTransition):
        outbox_desk.retry(row_id=second.pk, by=None, now=NOW)
    assert outbox.run(NOW) == 1 and Job.objects.get().pk == "1"
    assert list(AuditRow.objects.order_by("id").values_list("action", flat=True)) == ["outbox.retry", "outbox.give_up"]
    assert outbox_desk.forget_old(NOW + timedelta(days=31)) == 2


@dataclass(frozen=True)
class LampLit:
    """A lamp was lit."""

    lamp_id: UUID
    on: date
    times: int = 1


LAMP = LampLit(UUID(int=7), date(2026, 5, 19), 3)


def test_every_subscriber_is_told_once_in_his_own_transaction(monkeypatch):
    monkeypatch.setattr(bus, "_subscribers", bus.defaultdict(dict))
    told = []

    @bus.subscribe(LampLit)
    def hear(event, now):
        told.append(("hear", event, now))

    @bus.subscribe(LampLit)
    def break_once(event, now):
        told.append("break")
        if told.count("break") == 1:
            raise ZeroDivisionError

    with transaction.atomic():
        bus.publish(LAMP, now=NOW, key="lit")
        bus.publish(LAMP, now=NOW, key="lit")
    assert OutboxRow.objects.count() == 2
    outbox.run(NOW, seconds=5)
    outbox.run(NOW + timedelta(minutes=1))
    assert [one[1] for one in told if one != "break"] == [LAMP] and told.count("break") == 2
    assert not OutboxRow.objects.exclude(state="done").exists()


def test_who_listens_for_some_is_not_written_to_for_others(monkeypatch):
    monkeypatch.setattr(bus, "_subscribers", bus.defaultdict(dict))
    told = []

    @bus.subscribe(LampLit, times=2)
    def hear_twice(event, now):
        told.append(event.times)

    with transaction.atomic():
        for times in (1, 2, 3):
            bus.publish(LampLit(UUID(int=7), date(2026, 5, 19), times), now=NOW)
    assert OutboxRow.objects.count() == 1
    OutboxRow.objects.all().update(payload={"lamp_id": str(UUID(int=7)), "on": "2026-05-19", "times": 3})
    outbox.run(NOW)
    assert told == [], "a row that an older version wrote for everybody is left alone"
    with pytest.raises(AttributeError, match="colour"):
        bus.subscribe(LampLit, colour="red")


def test_an_event_to_which_nobody_listens_writes_nothing():
    bus.publish(LAMP, now=NOW)
    assert not OutboxRow.objects.exists()
