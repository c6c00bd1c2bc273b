"""What the ticker does: note what is overdue."""

from datetime import datetime

from linli.common import ticker

from .actions import deadlines


@ticker.every(seconds=20)
def pass_due(now: datetime) -> None:
    deadlines.pass_due(now)
