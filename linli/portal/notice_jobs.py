"""Notices by the clock."""

from datetime import datetime

from linli.common import ticker

from .actions.notice_time import expire_due, publish_due


@ticker.every(seconds=20)
def publish_notices(now: datetime) -> None:
    """Those whose hour has come."""
    publish_due(now=now)


@ticker.every(minutes=5)
def expire_notices(now: datetime) -> None:
    """Those that are no longer right."""
    expire_due(now=now)
