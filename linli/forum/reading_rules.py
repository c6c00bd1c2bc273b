"""What is new, when a visit begins, and how far back one looks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

PAUSE = timedelta(minutes=30)  # who was away so long comes anew
NOTED = timedelta(minutes=5)  # how exactly "last here" is kept
FIRST = timedelta(days=7)  # what is new to somebody who was never here
LONGEST = timedelta(days=60)


@dataclass(frozen=True)
class Step:
    """What a visit row becomes; `write` is false where it may stay as it is."""

    since: datetime
    at: datetime
    write: bool


def visited(since: datetime | None, at: datetime | None, now: datetime) -> Step:
    """The visit as of now: after a pause the moment of the last one bounds what is new."""
    if since is None or at is None:
        return Step(now - FIRST, now, True)
    if now - at > PAUSE:
        return Step(max(at, now - LONGEST), now, True)
    return Step(max(since, now - LONGEST), now, now - at > NOTED)


def since_at_most(since: datetime | None, now: datetime) -> datetime:
    return now - FIRST if since is None else max(since, now - LONGEST)


def first_unread(read: int, last: int) -> int:
    """The number to go on from: the one after the last that was read, or the last where nothing is new."""
    return max(1, min(read + 1, last))
