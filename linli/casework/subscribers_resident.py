"""What becomes of a reporter whose account is closed or merged."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.people import AccountClosed, AccountsMerged

from .actions.account import forget_reporter, merge_reporters


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_reporter(person=event.person_id, now=now)


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    merge_reporters(keep=event.kept_id, drop=event.dropped_id, now=now)
