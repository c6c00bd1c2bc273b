"""What the ticker does: sign-up ends, events are over, people are reminded."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions.events import move_on
from .actions.reminders import remind_due


@ticker.every(minutes=5)
def let_time_pass(now: datetime) -> None:
    move_on(now=now)


@ticker.every(minutes=10)
def remind(now: datetime) -> None:
    remind_due(now=now)
