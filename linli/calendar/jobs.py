"""What the ticker does: note what is overdue."""

from datetime import datetime

from linli.common import ticker

from .actions import passing


@ticker.every(seconds=20)
def pass_due(now: datetime) -> None:
    passing.pass_due(now)
