"""Periodic jobs of residency."""

from datetime import datetime

from linli.common import ticker

from .actions.residency import expire_due


@ticker.every(minutes=10)
def end_stays_that_are_over(now: datetime) -> None:
    """Stays end with their last day; a long queue is worked off in several rounds."""
    while expire_due(now):
        pass
