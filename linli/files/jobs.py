"""Periodic jobs."""

from datetime import datetime

from linli.common import ticker

from .actions.uploads import sweep


@ticker.every(hours=1)
def sweep_files(now: datetime) -> None:
    """What is over, ownerless or half written goes."""
    sweep(now)
