"""The ticker over 50,000 open clocks: a look when nothing is due, a usual one, and the one after a long stop."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from .measure import Figure
from .measure import run as measured

CLOCKS = 50_000
USUAL = 50  # due within one look of a busy street
SCRIPT = """
import pathlib, sys, time
from datetime import datetime, timedelta, UTC
from linli.config import instance, prepare
from linli.config.cli import setup
folder, clocks, usual = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
instance.create(instance.Instance(kind="real", district=""), folder)
setup.django()
prepare.prepare(folder)
from linli.areas.api import create_area
from linli.calendar.api import Deadline, Unit, pass_due
from linli.calendar.models import DeadlineEvent
from linli.common import bus
from linli.common.models import OutboxRow
from linli.events.calendar import DeadlinePassed
place = create_area(parent=None, level=3, name="x", code="990102")
begun = datetime(2026, 5, 19, 8, tzinfo=UTC)
Deadline.objects.bulk_create((
    Deadline(place=place, key="answer", subject_kind="bench", subject_id=str(n), amount=5, unit=Unit.HOUR,
             started_at=begun, due=begun + timedelta(minutes=0 if n < usual else n)) for n in range(clocks)
), batch_size=5000)
bus.subscribe(DeadlinePassed)(lambda event, now: None) if len(sys.argv) > 4 else None
def weigh(now):
    cpu = time.process_time()
    done = pass_due(now)
    return done, time.process_time() - cpu
for now in (begun - timedelta(days=1), begun, begun + timedelta(days=60)):
    print("took", *weigh(now))
print("events", DeadlineEvent.objects.count(), "rows", OutboxRow.objects.count(), "left", Deadline.objects.exclude(state="passed").count())
"""


def weigh(*more: str) -> list[float]:
    folder = Path(tempfile.mkdtemp(prefix="linli-bench-"))
    try:
        command = [sys.executable, "-c", SCRIPT, str(folder / "data"), str(CLOCKS), str(USUAL), *more]
        output = measured(command, {"LINLI_DATA": str(folder / "data")}).output
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    took = [line.split() for line in output.splitlines() if line.startswith("took")]
    rows = CLOCKS if more else 0
    if [int(words[1]) for words in took] != [0, USUAL, CLOCKS - USUAL] or f"events {CLOCKS} rows {rows} left 0" not in output:
        raise SystemExit(f"not every clock passed once\n{output}")
    return [float(words[2]) for words in took]


def run() -> list[Figure]:
    idle, usual, all_due = weigh()
    told = weigh("subscriber")[2]
    return [
        Figure("50,000 open clocks, none due, processor", 1000 * idle, "ms", 2000),
        Figure(f"50,000 open clocks, {USUAL} due, processor", 1000 * usual, "ms", 2000),
        Figure("50,000 clocks all due at once, processor", 1000 * all_due, "ms", 2000),
        Figure("the same with an event to one subscriber each", 1000 * told, "ms", 2000),
    ]
