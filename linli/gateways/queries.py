"""Reads of the book of what went out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

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
