"""Reads of the book of what went out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.functional import Promise

from linli.common.text import mask_email, mask_phone

from .models import OutgoingMessage
from .rules import Channel, Kind, State

PAGE = 20
_CODE = re.compile(r"(?<![\dA-Za-z])\d{6}(?![\dA-Za-z])")


@dataclass(frozen=True)
class Entry:
    """One message as the outbox of the demo shows it."""

    key: UUID
    at: datetime
    channel: Promise | str
    kind: Promise | str
    state: Promise | str
    bad: bool
    to: str
    subject: str
    text: str
    code: str


def outbox(before: UUID | None = None) -> tuple[list[Entry], UUID | None]:
    """The newest messages, or those before a key; and the key to go on from, if there are more. One query."""
    rows = OutgoingMessage.objects.order_by("-id")
    rows = rows.filter(pk__lt=before) if before else rows
    found = list(rows[: PAGE + 1])
    return [_entry(row) for row in found[:PAGE]], found[PAGE - 1].pk if len(found) > PAGE else None


def _entry(row: OutgoingMessage) -> Entry:
    code = _CODE.search(row.body) if row.kind == Kind.CODE else None
    return Entry(
        key=row.pk,
        at=row.created_at,
        channel=Channel(row.channel).label,
        kind=Kind(row.kind).label,
        state=State(row.state).label,
        bad=row.state == State.FAILED,
        to=mask_email(row.recipient) if row.channel == Channel.EMAIL else mask_phone(row.recipient),
        subject=row.subject,
        text=row.body,
        code=code.group() if code else "",
    )


@dataclass(frozen=True)
class DeadLetter:
    """A message that did not go out, as the operator sees it: no recipient, no text."""

    key: UUID
    channel: Promise | str
    kind: Promise | str
    attempts: int
    trouble: str
    at: datetime


@dataclass(frozen=True)
class Figures:
    """The book of messages at one look."""

    backlog: int
    oldest: datetime | None
    failing: int
    dead: int


def _dead() -> models.QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(state=State.FAILED).exclude(recipient="")


def dead_letters(limit: int = 50) -> list[DeadLetter]:
    """The newest messages that failed and that nobody has given up or emptied."""
    rows = _dead().only("channel", "kind", "attempts", "trouble", "ended_at", "created_at").order_by("-id")[:limit]
    return [
        DeadLetter(
            row.pk, Channel(row.channel).label, Kind(row.kind).label, row.attempts, row.trouble,
            row.ended_at or row.created_at,
        )
        for row in rows
    ]  # fmt: skip


def figures() -> Figures:
    """How many wait, since when the oldest, how many of them failed already, how many are dead letters."""
    queued = OutgoingMessage.objects.filter(state=State.QUEUED)
    found = queued.aggregate(
        backlog=models.Count("pk"), oldest=models.Min("created_at"), failing=models.Count("pk", filter=~models.Q(trouble=""))
    )
    return Figures(**found, dead=_dead().count())
