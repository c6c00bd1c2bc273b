"""Closed and merged accounts: what was reported stays, without whoever reported it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from linli.common.sealed import digests

from ..models import Case, Identity
from ..models.identity import PERSON


@transaction.atomic
def forget_reporter(*, person: UUID, now: datetime) -> int:
    """How many cases were his."""
    return Case.objects.filter(reporter=person).update(reporter=None) + _of(person).delete()[0]


@transaction.atomic
def merge_reporters(*, keep: UUID, drop: UUID, now: datetime) -> None:
    """The cases of the dropped account are the kept one's, the confidential ones too."""
    Case.objects.filter(reporter=drop).update(reporter=keep)
    for row in _of(drop):
        row.person = str(keep)
        row.save(update_fields=["person", "person_index"])


def _of(person: UUID) -> QuerySet[Identity]:
    return Identity.objects.filter(person_index__in=digests(PERSON, str(person)))
