"""What the ticker does beside the clocks of `calendar`, which raise what is overdue."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions import tables, time


@ticker.every(minutes=1)
def alarm_cases(now: datetime) -> None:
    time.raise_alarms(now=now)


@ticker.every(minutes=10)
def end_cases(now: datetime) -> None:
    time.resume_reviewed(now=now)
    time.close_uncalled(now=now)
    time.expire_drafts(now=now)
    time.archive_old(now=now)


@ticker.every(hours=24)
def learn_from_cases(now: datetime) -> None:
    tables.learn_themes(now=now)
