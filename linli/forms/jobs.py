"""What the ticker does: what nobody sent is forgotten."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions.account import drop_expired


@ticker.every(hours=1)
def forget_what_nobody_sent(now: datetime) -> None:
    drop_expired(now=now)
