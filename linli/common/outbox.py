"""Every effect outside the database and every event to another app starts from a row of the same transaction.

A handler of the database commits together with its done-mark: exactly once. A handler with `outside=True` runs
between two transactions: at least once, after a crash once more; its effect carries the row's key so that the
other side can tell a repetition. Handlers are named by kind and given ids; they read the rest themselves.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Min, Q

from linli.config import instance

from . import prepared
from .ids import uuid7
from .models import OutboxRow
from .outbox_rules import LEASE, LONGEST_PAUSE, MAX_ATTEMPTS, OutboxState, pause_after

log = logging.getLogger("linli.outbox")
LOOK = 50  # how many due rows one look brings
PUT_BACK = timedelta(seconds=30)  # less is a clock being set right, which hurts nobody
# By hand: a thousand clocks may end within one transaction, and the ORM takes longer over a row than the database.
WRITE = (
    "INSERT INTO {table} (id, kind, key, payload, state, created_at, due, attempts, error)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s, 0, '') ON CONFLICT DO NOTHING"
)


class GiveUp(Exception):
    """A handler says that trying again is pointless: the row becomes a dead letter at once."""


class Postpone(Exception):
    """A handler says that it is too early (a gateway that throttles): no failure, once more after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True)
class Parcel:
    """What a handler is given. `key` is the same at every attempt."""

    key: str
    payload: Mapping[str, Any]
    now: datetime
    attempt: int


Work = Callable[[Parcel], object]


@dataclass(frozen=True)
class Handler:
    function: Work
    outside: bool
    lease: timedelta


@dataclass(frozen=True)
class Letter:
    """A row to be written: what, its idempotency key, ids, and from when on."""

    kind: str
    key: str
    payload: Mapping[str, Any]
    due: datetime | None = None


_handlers: dict[str, Handler] = {}


def handler(kind: str, *, outside: bool = False, lease: timedelta = LEASE) -> Callable[[Work], Work]:
    """Register who does a kind. `lease` is longer than the handler may take. Raises ValueError for a taken kind."""

    def register(function: Work) -> Work:
        there = _handlers.get(kind)
        if there is not None and there.function is not function:
            raise ValueError(f"two handlers for {kind}")
        _handlers[kind] = Handler(function, outside, lease)
        return function

    return register


def put(*, kind: str, key: str, payload: Mapping[str, Any], now: datetime, due: datetime | None = None) -> None:
    """Write one row in the caller's transaction; a key that is there already changes nothing."""
    put_many([Letter(kind, key, payload, due)], now=now)


def put_many(letters: Iterable[Letter], *, now: datetime) -> None:
    """Write rows in the caller's transaction, and wake the worker after its commit.

    Raises RuntimeError outside of a transaction: a row alone would promise what may never have happened.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the outbox is written in the transaction of what it tells of")
    ops = connection.ops
    moment = ops.adapt_datetimefield_value(now)
    key = OutboxRow._meta.pk.get_db_prep_value
    rows = [
        (
            key(uuid7(), connection), one.kind, one.key, ops.adapt_json_value(dict(one.payload), None), OutboxState.WAITING,
            moment, ops.adapt_datetimefield_value(one.due) if one.due else moment,
        )
        for one in letters
    ]  # fmt: skip
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(WRITE.format(table=OutboxRow._meta.db_table), rows)
        transaction.on_commit(wake, robust=True)


def wake() -> None:
    """Have the worker process look within a second."""
    instance.wake()


def run(now: datetime, *, seconds: float = 20.0, stop: Callable[[], bool] = lambda: False) -> int:
    """Do what is due, for at most so many seconds or until `stop()`; how many rows came to their end.

    For one worker or several at once; a row is claimed on condition.
    """
    started, ended = time.monotonic(), 0
    while True:
        moment = now + timedelta(seconds=time.monotonic() - started)
        keys = prepared.rows(_first_due, values=(moment,))
        if not keys:
            return ended
        for (pk,) in keys:
            passed = time.monotonic() - started
            if stop() or passed >= seconds:
                return ended
            ended += attempt(pk, now + timedelta(seconds=passed))


def next_look(now: datetime, *, at_most: float) -> float:
    """Seconds until something becomes due."""
    waiting = OutboxRow.objects.filter(state=OutboxState.WAITING)
    free = waiting.filter(leased_until=None).aggregate(at=Min("due"))["at"]
    leased = waiting.exclude(leased_until=None).aggregate(at=Min("leased_until"))["at"]
    moments = [moment for moment in (free, leased) if moment is not None]
    return max(0.0, min([at_most, *((moment - now).total_seconds() for moment in moments)]))


def _due(now: datetime) -> Any:
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    return OutboxRow.objects.filter(free, state=OutboxState.WAITING, due__lte=now)


def _first_due(now: datetime) -> Any:
    return _due(now).order_by("due", "id").values_list("pk")[:LOOK]


def _at(pk: UUID) -> Any:
    return OutboxRow.objects.filter(pk=pk)


def _claim(pk: UUID, attempts: int, now: datetime, until: datetime) -> Any:
    return _due(now).filter(pk=pk, attempts=attempts), {"leased_until": until, "attempts": F("attempts") + 1}


def _ended(pk: UUID, attempts: int, state: str, now: datetime, error: str) -> Any:
    mine = OutboxRow.objects.filter(pk=pk, state=OutboxState.WAITING, attempts=attempts)
    return mine, {"state": state, "ended_at": now, "leased_until": None, "error": error}


def after_clock_went_back(now: datetime) -> int:
    """Pull in what was written, put off or leased under a clock that has been put back since; how many rows.

    A row keeps the delay that it was given; nothing that waits on purpose goes out early.
    """
    waiting, moved = OutboxRow.objects.filter(state=OutboxState.WAITING), 0
    ahead = now + PUT_BACK
    for row in waiting.filter(created_at__gt=ahead).only("created_at", "due").iterator():
        delay = max(timedelta(), row.due - row.created_at)
        moved += waiting.filter(pk=row.pk).update(created_at=now, due=now + delay, leased_until=None)
    moved += waiting.filter(attempts__gt=0, error__gt="", due__gt=ahead + LONGEST_PAUSE).update(due=now)
    longest = max((found.lease for found in _handlers.values()), default=LEASE)
    return moved + waiting.filter(leased_until__gt=ahead + max(longest, LEASE)).update(leased_until=None)


def attempt(pk: UUID, now: datetime) -> bool:
    """Claim one row and do it; whether it came to its end. What a handler raises is noted, not raised."""
    row = next(iter(prepared.objects(_at, values=(pk,))), None)
    if row is None:
        return False
    found = _handlers.get(row.kind)
    lease = found.lease if found else LEASE
    if not prepared.update(_claim, values=(pk, row.attempts, now, now + lease)):
        return False
    row.attempts += 1
    if row.attempts > MAX_ATTEMPTS:  # it brought the process down each time
        return _bury(row, row.error or "Killed", now)
    try:
        if found is None:
            raise LookupError(row.kind)
        return _work(row, found, now)
    except Postpone as later:
        _later(row, now + timedelta(seconds=later.seconds), attempts=row.attempts - 1, error="")
    except GiveUp as error:
        return _bury(row, _name(error), now)
    except Exception as error:
        log.exception("outbox %s failed at attempt %d", row.kind, row.attempts)
        if row.attempts >= MAX_ATTEMPTS:
            return _bury(row, _name(error), now)
        _later(row, now + pause_after(row.attempts), attempts=row.attempts, error=_name(error))
    return False


def _work(row: OutboxRow, found: Handler, now: datetime) -> bool:
    parcel = Parcel(row.key, row.payload, now, row.attempts)
    if found.outside:
        found.function(parcel)
        return _end(row, OutboxState.DONE, now)
    with transaction.atomic():
        if not _end(row, OutboxState.DONE, now):
            return False  # its lease ran out and another did it
        found.function(parcel)
    return True


def _end(row: OutboxRow, state: OutboxState, now: datetime, error: str = "") -> bool:
    """Mark it in one conditional update, only while nobody else has claimed it anew."""
    return bool(prepared.update(_ended, values=(row.pk, row.attempts, state, now, error)))


def _bury(row: OutboxRow, error: str, now: datetime) -> bool:
    log.error("outbox %s is a dead letter: %s", row.kind, error)
    return _end(row, OutboxState.DEAD, now, error)


def _later(row: OutboxRow, due: datetime, *, attempts: int, error: str) -> None:
    mine = OutboxRow.objects.filter(pk=row.pk, state=OutboxState.WAITING, attempts=row.attempts)
    mine.update(due=due, leased_until=None, attempts=attempts, error=error)


def _name(error: BaseException) -> str:
    """The class alone: a message may hold what nobody should read."""
    cause = error.__cause__ if isinstance(error, GiveUp) and error.__cause__ else error
    return type(cause).__name__[:120]

