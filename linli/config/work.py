"""The one process for tasks and periodic jobs: looks every LINLI_TICK seconds, sooner when it is woken.

Any process of the instance wakes it by `instance.wake()`: the time of a file says so, which works between
processes without a broker and costs one stat a second.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from pathlib import Path

from linli.config import instance

log = logging.getLogger("linli.work")
TICK = 30.0


def tick() -> float:
    """Seconds between two looks."""
    return max(0.2, float(os.environ.get("LINLI_TICK") or TICK))


def _woken(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def wait(stop: threading.Event, seconds: float, path: Path, seen: int) -> int:
    """Wait for the next tick, a wake-up later than `seen`, or the end; returns the last wake-up seen."""
    deadline = time.monotonic() + seconds
    while not stop.is_set() and (left := deadline - time.monotonic()) > 0:
        stop.wait(min(1.0, left))
        if (woken := _woken(path)) != seen:
            return woken
    return seen


def run() -> None:
    """Run what is due and empty the outbox until SIGTERM; the job that runs then is finished first. Django must be set up."""
    from linli.common import clock, outbox, ticker

    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    path = instance.wake_file(instance.data_folder())
    seen, failures, pause = _woken(path), 0, 0.0
    while not stop.is_set():
        try:
            if instance.is_paused(instance.data_folder()):  # `linli update` is at work
                pause, failures = 2.0, 0
            else:
                ticker.run_due(clock.now())
                outbox.run(clock.now(), stop=stop.is_set)
                pause, failures = outbox.next_look(clock.now(), at_most=tick()), 0
        except Exception:
            # The database may be away for a while: say it, wait longer each time, go on.
            failures += 1
            pause = tick() * min(10, 1 + failures)
            log.exception("the periodic jobs and the outbox could not be looked up, failure %d in a row", failures)
        seen = wait(stop, pause, path, seen)
