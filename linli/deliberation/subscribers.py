"""What happens when a clock runs out or moves, and when accounts are closed or merged."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.calendar import DeadlineMoved, DeadlinePassed
from linli.events.people import AccountClosed, AccountsMerged

from .actions.account import forget_asker, merge_askers
from .actions.time import escalate_overdue, follow_clock
from .clocks import SUBJECT


@subscribe(DeadlinePassed, subject_kind=SUBJECT)
def on_passed(event: DeadlinePassed, now: datetime) -> None:
    escalate_overdue(deadline=event.deadline_id, now=now)


@subscribe(DeadlineMoved, subject_kind=SUBJECT)
def on_moved(event: DeadlineMoved, now: datetime) -> None:
    follow_clock(deadline=event.deadline_id, now=now)


@subscribe(AccountClosed)
def on_closed(event: AccountClosed, now: datetime) -> None:
    forget_asker(person=event.person_id, now=now)


@subscribe(AccountsMerged)
def on_merged(event: AccountsMerged, now: datetime) -> None:
    merge_askers(keep=event.kept_id, drop=event.dropped_id, now=now)
