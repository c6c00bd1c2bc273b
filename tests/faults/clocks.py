"""F5: the machine's clock jumps while people write: forward, back, over the end of a year, ten years and home again."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from .load import Load
from .report import Result
from .server import Server, copy, eventually
from .verdict import judge
from .writes import read_book, writers

FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), Path("/nowhere/libfaketimeMT.so.1"))
HOUR, YEAR = 3600, 365 * 86_400
QUICK = 60.0  # seconds in which a write is acknowledged after a jump, an event goes out, a job runs; it may be busy


def jumps() -> list[tuple[str, int]]:
    """Names and offsets from the true time, in order; the year ends for the office in Shanghai a moment after its jump."""
    now = datetime.now(UTC)
    turn = datetime(now.year + 1, 1, 1, tzinfo=UTC) - timedelta(hours=8)
    return [
        ("+2 h", 2 * HOUR), ("-1 h", HOUR), ("year end", int((turn - now).total_seconds()) - 4),
        ("+10 years", 10 * YEAR), ("home again", 0),
    ]  # fmt: skip


def jumping_clock(world: Path, scratch: Path) -> Result:
    """After each jump writes are acknowledged, letters go out and jobs run; nothing is lost, no duration is negative."""
    names = jumps()
    result, started = Result("F5 clock jumps", len(names)), time.monotonic()
    folder, clock = copy(world, scratch / "f5"), scratch / "f5-clock"
    clock.write_text("+0\n")
    more = {
        "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock), "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1",
    }  # fmt: skip
    with Server(folder, **more) as server, Load(server.port, writers(read_book(folder))) as load:
        load.wait_for(3)
        for name, offset in names:
            clock.write_text(f"{offset:+d}\n")
            result.troubles += [f"{name}: {what}" for what in _lives(folder, load, offset)]
    _excuse_expired_sessions(load)
    result.take(load.book, judge(folder, load.book))
    result.seconds = time.monotonic() - started
    return result


def _lives(folder: Path, load: Load, offset: int) -> list[str]:
    """What does not go on at this time of the clock."""
    troubles = []
    if not load.wait_for(6, QUICK):
        troubles.append("no write was acknowledged")
    moment = (datetime.now(UTC) + timedelta(seconds=offset)).replace(tzinfo=None)
    since = moment.isoformat(" ")

    def job_ran() -> bool:
        return bool(_ask(folder, "select count(*) from linli_common_job where last_ok between ? and datetime(?, '+5 minutes')", since, since))

    def event_went() -> bool:
        where = "state = 'done' and kind like 'ResidencyVerified%' and ended_at between ? and datetime(?, '+5 minutes')"
        return bool(_ask(folder, f"select count(*) from linli_common_outboxrow where {where}", since, since))  # noqa: S608 - ours

    if not eventually(job_ran, QUICK):
        troubles.append("no periodic job ran")
    if not eventually(event_went, QUICK):
        troubles.append("no event was delivered")
    return troubles


def _ask(folder: Path, query: str, *values: str) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{folder / 'linli.sqlite3'}?mode=ro", uri=True, timeout=10)) as base:
        return int(base.execute(query, values).fetchone()[0])


def _excuse_expired_sessions(load: Load) -> None:
    """Ten years later one has to sign in again, also where the session ends in the middle of a request (Django: 400)."""
    for answer in [one for one in load.book.odd if "/account/login/" in one or one.startswith("400  instead")]:
        del load.book.odd[answer]
