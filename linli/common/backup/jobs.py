"""The nightly backup: started by the ticker, in a process of its own, so that messages do not wait for it."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from datetime import datetime, timedelta

from django.conf import settings

from linli.common import clock, ticker
from linli.config import instance

from . import book

log = logging.getLogger("linli.backup")
AT = "02:30"
AGAIN = timedelta(hours=1)


def due(now: datetime, done: book.Book, at: str) -> bool:
    """Whether a night's backup is to be made: none since its hour, and no try that failed within the last hour."""
    hour, _, minute = at.partition(":")
    if not (hour.isdecimal() and minute.isdecimal()):
        return False  # "off", or nonsense, of which doctor tells
    local = now.astimezone(clock.SHANGHAI)
    since = local.replace(hour=int(hour) % 24, minute=int(minute) % 60, second=0, microsecond=0)
    if since > local:
        since -= timedelta(days=1)
    if done.backup_at and done.backup_at >= since:
        return False
    return not (done.failed_at and now - done.failed_at < AGAIN)


@ticker.every(minutes=10)
def nightly(now: datetime) -> None:
    """Not in a demo. A machine that slept at the hour makes it when it wakes."""
    there = settings.LINLI_INSTANCE
    if there.kind != "real" or not due(now, book.read(settings.LINLI_DATA), there.backup.get("at") or AT):
        return
    command = [sys.executable, "-m", "linli.config.cli", "backup", "--quiet", "--parent", str(os.getpid())]
    child = subprocess.Popen(command, cwd=instance.SOURCE, stdin=subprocess.DEVNULL, start_new_session=True)
    _running.append(child)
    _running[:] = [one for one in _running if one.poll() is None]
    log.info("the nightly backup has begun")


_running: list[subprocess.Popen] = []
