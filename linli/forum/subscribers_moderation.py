"""Appeals climb when their time is over; a closed account's reports and appeals say nothing any more; two accounts one."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.calendar import DeadlinePassed
from linli.events.people import AccountClosed, AccountsMerged

from .actions.appeals import KIND, climb_appeal
from .actions.speakers import forget_speaker, merge_speakers


@subscribe(DeadlinePassed, subject_kind=KIND)
def on_overdue(event: DeadlinePassed, now: datetime) -> None:
    climb_appeal(key=event.subject_id, now=now)


@subscribe(AccountClosed)
def on_closed_account(event: AccountClosed, now: datetime) -> None:
    forget_speaker(person=event.person_id, now=now)


@subscribe(AccountsMerged)
def on_joined_accounts(event: AccountsMerged, now: datetime) -> None:
    merge_speakers(keep=event.kept_id, drop=event.dropped_id, now=now)
