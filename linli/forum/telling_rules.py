"""Who is told of a post, and how seldom. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from . import told

HOUR = timedelta(hours=1)
LATE = timedelta(days=1)  # a post heard of later than this is told to nobody
MOST_IN_OFFICE = 20  # holders of posts who are told when their office is called


@dataclass(frozen=True)
class Written:
    """What counts of a post and its topic."""

    number: int
    writers: frozenset[UUID]  # who wrote it, and for whom
    opener: UUID | None
    answers: UUID | None  # who wrote the post that this one answers
    named: tuple[UUID, ...]


def directly(written: Written) -> dict[UUID, str]:
    """Person → template: whom it concerns himself. The closest reason counts, and nobody is told of his own words."""
    found: dict[UUID, str] = dict.fromkeys(written.named, told.NAMED)
    if written.answers is not None:
        found.setdefault(written.answers, told.ANSWERED)
    if written.opener is not None and written.number > 1:
        found.setdefault(written.opener, told.REPLIED)
    return {person: template for person, template in found.items() if person not in written.writers}


def hour_of(moment: datetime) -> str:
    """The hour in which messages of a topic are one, as part of a key."""
    return f"{moment:%Y%m%d%H}"


def hour_end(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def told_key(topic: int, moment: datetime, person: UUID) -> str:
    """One message a topic, hour and person, whatever the reason."""
    return f"forum:{topic}:{hour_of(moment)}:{person.hex}"
