"""Periodic jobs."""

from datetime import datetime

from linli.common import ticker

from .actions.entries import renew_dated


@ticker.every(hours=6)
def renew_what_changes_with_the_day(now: datetime) -> None:
    renew_dated()
