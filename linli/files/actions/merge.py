"""Two accounts of one person became one."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.people.api import Residency, ResidencyState

from ..models import File
from ..proof_owner import KIND
from ..rules import PROOFS
from .proofs import settle_proofs


@transaction.atomic
def move_uploads(*, kept: UUID, dropped: UUID, now: datetime) -> None:
    """What the dropped account uploaded is the kept one's, and counts to its quota; photos go with the claim that goes on."""
    File.objects.filter(by=dropped).update(by=kept)
    withdrawn = Residency.objects.filter(person=kept, state=ResidencyState.WITHDRAWN)
    for row in withdrawn:
        photos = File.objects.filter(owner_kind=KIND, owner_id=str(row.pk))
        if photos.exists():
            _hand_on(row, [file.pk for file in photos.order_by("at", "id")])
            settle_proofs(residency_id=row.pk, now=now)


def _hand_on(row: Residency, photos: list[UUID]) -> None:
    twin = Residency.objects.filter(
        person=row.person_id, area=row.area_id, kind=row.kind, state=ResidencyState.CLAIMED
    ).first()
    if twin is not None:
        free = PROOFS - File.objects.filter(owner_kind=KIND, owner_id=str(twin.pk)).count()
        File.objects.filter(pk__in=photos[: max(0, free)]).update(owner_id=str(twin.pk))
