"""Things with a QR code: put up, taken down."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from linli.areas.api import Area
from linli.common import audit, ids
from linli.common.errors import NotAllowed
from linli.common.text import clean
from linli.people.api import Actor, may

from ..models import Spot
from ..permissions import C

CODE = 8


@transaction.atomic
def add_spot(
    *, place: Area, name: str, where: str, theme: str, by: Actor, now: datetime, latitude: int | None = None, longitude: int | None = None
) -> Spot:
    """Raises NotAllowed outside the actor's places."""
    if not may(by, C.CASE_TABLES, place):
        raise NotAllowed("place")
    spot = Spot.objects.create(
        code=ids.digits_code(CODE), place=place, name=clean(name), where=clean(where), theme=theme, latitude=latitude, longitude=longitude
    )
    audit.record(actor=by, action="spot.add", subject=spot, place=place, now=now)
    return spot


@transaction.atomic
def retire_spot(*, spot: UUID, by: Actor, now: datetime) -> Spot:
    """Its code leads nowhere any more; what was reported at it stays. Twice is once."""
    row = Spot.objects.select_for_update(of=("self",)).select_related("place").get(pk=spot)
    if not may(by, C.CASE_TABLES, row.place):
        raise NotAllowed("place")
    if row.retired_at is None:
        row.retired_at = now
        row.save(update_fields=["retired_at"])
        audit.record(actor=by, action="spot.retire", subject=row, place=row.place, now=now)
    return row
