"""Periodic jobs of accounts."""

from datetime import datetime

from linli.common import ticker

from .actions import signin_limits


@ticker.every(hours=1)
def forget_old_attempts(now: datetime) -> None:
    signin_limits.forget_old(now=now)
