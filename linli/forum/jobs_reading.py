"""What the ticker does for reading: what was pinned to a day comes down after it."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions.notices import unpin_lapsed


@ticker.every(minutes=5)
def unpin(now: datetime) -> None:
    unpin_lapsed(now=now)
