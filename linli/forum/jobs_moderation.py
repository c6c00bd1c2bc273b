"""What the ticker does for moderation: slow modes end; every night counters are looked at and loose pictures swept."""

from __future__ import annotations

from datetime import datetime

from linli.common import ticker

from .actions.order import end_slow_modes
from .actions.pictures import sweep_pictures
from .actions.repair import repair_counters
from .queries.drift import remember


@ticker.every(minutes=1)
def end_slow_topics(now: datetime) -> None:
    end_slow_modes(now=now)


@ticker.every(hours=24)
def repair_forum(now: datetime) -> None:
    remember(repair_counters(now=now))


@ticker.every(hours=24)
def sweep_forum_pictures(now: datetime) -> None:
    sweep_pictures(now=now)
