"""What the ticker does: digests, when their time has come."""

from datetime import datetime

from linli.common import ticker

from .actions import digests


@ticker.every(minutes=1)
def send_digests(now: datetime) -> None:
    digests.send_due(now=now)
