"""Periodic jobs."""

from datetime import datetime

from linli.common import ticker

from .actions.pages import publish_due


@ticker.every(minutes=1)
def publish_pages(now: datetime) -> None:
    """Pages whose hour has come appear, or go."""
    publish_due(now=now)
