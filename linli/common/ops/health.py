"""Alive and ready. Alive asks nothing; ready asks database, migrations and the worker process."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Max

from linli.common.models import Job

SILENCE = timedelta(minutes=5)
_lock = threading.Lock()
_answer: tuple[float, list[str]] = (-9.0, [])


def pending() -> list[str]:
    """Migrations that the code has and the database has not."""
    executor = MigrationExecutor(connection)
    return [f"{one.app_label}.{one.name}" for one, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def heartbeat(now: datetime) -> datetime | None:
    """When the worker process last did a job well; what was noted under a clock ahead of ours says nothing."""
    return Job.objects.filter(last_ok__lte=now + SILENCE).aggregate(last=Max("last_ok"))["last"]


def troubles(now: datetime) -> list[str]:
    """Which of database, migrations and worker is not ready."""
    try:
        if pending():
            return ["migrations"]
        beat = heartbeat(now)
    except (DatabaseError, InterfaceError):
        return ["database"]
    return [] if beat and beat > now - SILENCE else ["worker"]


def ready(now: datetime) -> list[str]:
    """The same, asked at most once a second by a process, however often it is asked for."""
    global _answer
    with _lock:
        if time.monotonic() - _answer[0] > 1.0:
            _answer = (time.monotonic(), troubles(now))
        return _answer[1]
