"""Periodic jobs: registered by name, claimed by conditional update, run by `linli work`."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from .models import Job

log = logging.getLogger("linli.ticker")
SLACK = timedelta(minutes=1)
JobFunction = Callable[[datetime], object]
_jobs: dict[str, tuple[timedelta, JobFunction]] = {}


def every(**interval: float) -> Callable[[JobFunction], JobFunction]:
    """`@ticker.every(minutes=5)` on a function that takes the time. It may run late, never twice at once."""

    def register(function: JobFunction) -> JobFunction:
        _jobs[f"{function.__module__}.{function.__name__}"] = (timedelta(**interval), function)
        return function

    return register


def run_due(now: datetime) -> list[str]:
    """Run each job that is due and that no other process has claimed; the names of those run."""
    ran, noted = [], dict(Job.objects.values_list("name", "due"))  # one look: mostly none is due
    for name, (interval, function) in _jobs.items():
        due = noted.get(name, now)
        if now < due <= now + interval + SLACK or not _claim(name, interval, now):
            continue
        try:
            function(now)
        except Exception:
            log.exception("job %s failed; it is tried again when next due", name)
        else:
            Job.objects.filter(pk=name).update(last_ok=now)
            ran.append(name)
    return ran


def _claim(name: str, interval: timedelta, now: datetime) -> bool:
    # What is due later than one interval from now was noted before the clock was put back: it is due now.
    due = Q(due__lte=now) | Q(due__gt=now + interval + SLACK)
    if Job.objects.filter(due, pk=name).update(due=now + interval):
        return True
    return Job.objects.get_or_create(pk=name, defaults={"due": now + interval})[1]
