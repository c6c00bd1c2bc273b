"""The day of a promise. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from linli.common.clock import local_date


def last_day(due: datetime, day: date | None = None) -> date:
    """The last day on which it is kept: a clock that ends at midnight ends with the day before."""
    return day or local_date(due - timedelta(seconds=1))
