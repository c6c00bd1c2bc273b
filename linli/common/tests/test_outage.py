"""A database or disk that fails is told as 503 wherever it fails; a clock that is put back leaves nothing stuck."""

import errno
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import DatabaseError, DataError, IntegrityError, InterfaceError, OperationalError, transaction
from django.test import Client

from linli.common import outbox, ticker
from linli.common.models import Job, OutboxRow, Session
from linli.common.ops import health
from linli.common.outage import is_outage
from linli.common.sessions import SessionStore

NOW = datetime(2026, 5, 19, 8, 0, tzinfo=UTC)
YEARS = timedelta(days=3650)


@pytest.mark.parametrize("error", [DatabaseError(), OperationalError(), InterfaceError(), IntegrityError(), DataError(), OSError(errno.ENOSPC, ""), OSError(errno.EIO, "")])
def test_what_a_broken_database_or_disk_raises_is_an_outage(error):
    assert is_outage(error)
    wrapped = RuntimeError()
    wrapped.__cause__ = error
    assert is_outage(wrapped)


@pytest.mark.parametrize("error", [None, ValueError(), FileNotFoundError(errno.ENOENT, "")])
def test_what_trying_again_would_not_help_is_none(error):
    assert not is_outage(error)


@pytest.mark.django_db
@pytest.mark.parametrize("where", ["load", "save"])
def test_a_session_that_cannot_be_read_or_written_is_told_as_503_and_not_as_500(where, monkeypatch):
    def fail(*args, **more):
        raise OperationalError("disk I/O error")

    client = Client(raise_request_exception=False)
    from linli.people.models import Person

    Person.objects.create(display_name="何立群", demo_key="he", created_at=NOW)
    if where == "save":
        monkeypatch.setattr(Session, "save", fail)
    else:
        client.cookies["linli"] = "x" * 32
        monkeypatch.setattr(SessionStore, "load", fail)
    answer = client.post("/demo/sign-in/", {"persona": "he"})
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0


@pytest.mark.django_db
def test_a_session_that_was_ended_is_another_matter_than_a_database_that_fails(monkeypatch):
    session = SessionStore()
    session.create()
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()

    def fail(*args, **more):
        raise OperationalError("database or disk is full")

    session.create()
    monkeypatch.setattr(Session, "save", fail)
    with pytest.raises(OperationalError):
        session.save()


@pytest.mark.django_db
def test_a_job_that_ran_under_a_clock_ahead_runs_again_when_the_clock_is_put_back():
    ran = []

    def job(now):
        ran.append(now)

    ticker.every(minutes=5)(job)
    name = f"{__name__}.job"
    try:
        assert name in ticker.run_due(NOW + YEARS)
        assert name in ticker.run_due(NOW)
        assert name not in ticker.run_due(NOW + timedelta(minutes=4))
        assert name in ticker.run_due(NOW + timedelta(minutes=5))
    finally:
        ticker._jobs.pop(name)
    Job.objects.create(name="of the future", due=NOW, last_ok=NOW + YEARS)
    assert health.heartbeat(NOW + timedelta(minutes=6)) == NOW + timedelta(minutes=5)


@pytest.mark.django_db
def test_letters_of_a_clock_ahead_go_out_when_it_is_put_back_and_none_goes_early():
    ahead, hour = NOW + YEARS, timedelta(hours=1)
    with transaction.atomic():
        outbox.put(kind="k", key="at once", payload={}, now=ahead)
        outbox.put(kind="k", key="in an hour", payload={}, now=ahead, due=ahead + hour)
        outbox.put(kind="k", key="tomorrow", payload={}, now=NOW, due=NOW + 24 * hour)
        for key in ("leased", "tried"):
            outbox.put(kind="k", key=key, payload={}, now=NOW)
    OutboxRow.objects.filter(key="leased").update(leased_until=ahead)
    OutboxRow.objects.filter(key="tried").update(attempts=3, error="OSError", due=ahead)
    assert outbox.after_clock_went_back(NOW) == 4
    due = {row.key: row.due - NOW for row in OutboxRow.objects.filter(leased_until=None)}
    assert due == {
        "at once": timedelta(), "in an hour": hour, "tomorrow": 24 * hour, "leased": timedelta(), "tried": timedelta(),
    }  # fmt: skip
    assert not OutboxRow.objects.filter(created_at__gt=NOW).exists()
    assert outbox.after_clock_went_back(NOW) == 0
