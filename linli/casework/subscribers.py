"""What happens when a clock runs out or moves, when a case comes in, and when one ends."""

from __future__ import annotations

from datetime import datetime

from linli.common.bus import subscribe
from linli.events.calendar import DeadlineMoved, DeadlinePassed
from linli.events.casework import CaseClosed, CaseRefused, CaseSubmitted

from .actions.dispatching import dispatch_by_table
from .actions.joint import settle_ended
from .actions.time import follow_clock, pass_clock
from .clocks import SUBJECT


@subscribe(DeadlinePassed)
def on_passed(event: DeadlinePassed, now: datetime) -> None:
    if event.subject_kind == SUBJECT:
        pass_clock(deadline=event.deadline_id, now=now)


@subscribe(DeadlineMoved)
def on_moved(event: DeadlineMoved, now: datetime) -> None:
    if event.subject_kind == SUBJECT:
        follow_clock(deadline=event.deadline_id, now=now)


@subscribe(CaseSubmitted)
def on_submitted(event: CaseSubmitted, now: datetime) -> None:
    dispatch_by_table(case=event.case_id, now=now)


@subscribe(CaseClosed)
def on_closed(event: CaseClosed, now: datetime) -> None:
    settle_ended(case=event.case_id, now=now)


@subscribe(CaseRefused)
def on_refused(event: CaseRefused, now: datetime) -> None:
    settle_ended(case=event.case_id, now=now)
