"""What the operator sees of the outbox and does about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, Q

from . import audit
from .models import OutboxRow
from .outbox import wake
from .outbox_rules import KEPT, OUTBOX, OutboxState
from .transitions import Step, transition

SHOWN = 50


@dataclass(frozen=True)
class Figures:
    """The outbox at one look."""

    backlog: int
    oldest: datetime | None
    failing: int
    dead: int
    later: int
    done_today: int


def figures(now: datetime) -> Figures:
    """Backlog is what is due and not done; `oldest` since when its oldest row waits; `later` what is not due yet."""
    waiting = Q(state=OutboxState.WAITING)
    due = waiting & Q(due__lte=now)
    found = OutboxRow.objects.filter(waiting | Q(state=OutboxState.DEAD)).aggregate(
        backlog=Count("pk", filter=due & Q(attempts=0)) + Count("pk", filter=waiting & Q(attempts__gt=0)),
        oldest=Min("created_at", filter=due | (waiting & Q(attempts__gt=0))),
        failing=Count("pk", filter=waiting & Q(attempts__gt=0) & ~Q(error="")),
        dead=Count("pk", filter=Q(state=OutboxState.DEAD)),
        later=Count("pk", filter=waiting & Q(due__gt=now, attempts=0)),
    )
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    done = OutboxRow.objects.filter(state=OutboxState.DONE, ended_at__gte=day).count()
    return Figures(**found, done_today=done)


def troubled(state: OutboxState, limit: int = SHOWN) -> list[OutboxRow]:
    """The dead letters, or the rows that fail and are tried again; the newest first, without their payload."""
    rows = OutboxRow.objects.filter(state=state).defer("payload").order_by("-id")
    return list(rows.exclude(error="")[:limit] if state == OutboxState.WAITING else rows[:limit])


def retry(*, row_id: UUID, by: audit.Actor | None, now: datetime) -> OutboxRow:
    """Put a dead letter back among the waiting. Raises UnknownTransition where it is none any more."""
    changes = {"due": now, "attempts": 0, "ended_at": None, "leased_until": None}
    with transaction.atomic():
        row = _move(row_id, "retry", by, now, changes)
        transaction.on_commit(wake, robust=True)
    return row


def give_up(*, row_id: UUID, by: audit.Actor | None, now: datetime) -> OutboxRow:
    """Never try it again. Raises UnknownTransition where it is done already."""
    return _move(row_id, "give_up", by, now, {"ended_at": now, "leased_until": None})


def _move(row_id: UUID, event: str, by: Any, now: datetime, changes: dict[str, Any]) -> OutboxRow:
    return transition(
        table=OUTBOX, rows=OutboxRow.objects.all(), pk=row_id, event=event, by=by, now=now, changes=changes, history=_note
    )


def _note(step: Step[OutboxRow]) -> None:
    detail = {"kind": step.row.kind, "error": step.row.error}
    audit.record(actor=step.by, action=f"outbox.{step.event}", subject=step.row, detail=detail, now=step.now)


def forget_old(now: datetime) -> int:
    """Delete rows that ended long ago; how many."""
    over = [OutboxState.DONE, OutboxState.GIVEN_UP]
    return OutboxRow.objects.filter(state__in=over, ended_at__lt=now - KEPT).delete()[0]
