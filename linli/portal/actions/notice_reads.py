"""Who of the audience has opened a notice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.common import audit
from linli.people.api import Actor

from ..models import Notice, NoticeRead
from ..notice_rules import NoticeState


def note_reading(*, by: Actor, notice: Notice, homes: Collection[int], now: datetime) -> int:
    """Count the reader's homes that are meant, each once; how many were new. Nobody else is noted."""
    if by.person is None or not homes or notice.state != NoticeState.PUBLISHED:
        return 0
    seen = set(
        NoticeRead.objects.filter(notice=notice, person=by.person, home__in=homes).values_list(
            "home_id", flat=True
        )
    )
    new = [NoticeRead(notice=notice, person=by.person, home_id=pk, at=now) for pk in homes if pk not in seen]
    if new:
        NoticeRead.objects.bulk_create(new, ignore_conflicts=True)
    return len(new)


@transaction.atomic
def note_readings(*, notice: Notice, stays: Iterable[tuple[UUID, int]], now: datetime) -> int:
    """As if these persons had opened it in their homes; for the demo."""
    rows = [
        NoticeRead(notice=notice, person_id=person, home_id=home, at=now)
        for person, home in dict.fromkeys(stays)
    ]
    NoticeRead.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


@transaction.atomic
def note_look(*, by: Actor, notice: Notice, at: str, now: datetime) -> None:
    """Somebody of the issuer looks at which homes have opened it."""
    audit.record(
        actor=by, action="notice.look", subject=notice, place=notice.place, detail={"at": at}, now=now
    )
