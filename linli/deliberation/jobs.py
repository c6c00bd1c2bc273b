"""What the ticker does beside the clocks of `calendar`, which raise what is overdue."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions.time import close_settled, lapse_gathering


@ticker.every(minutes=10)
def close_questions(now: datetime) -> None:
    close_settled(now=now)
    lapse_gathering(now=now)
