"""Loading a year's table; the clocks that touch it are counted anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from linli.common import audit
from linli.common.pagecache import bump

from .. import queries
from ..models import DayRow, DayTable, Deadline
from ..rules import DeadlineState, Unit
from ..tables import PACKAGED, Table, packaged
from .deadlines import recompute


@dataclass(frozen=True)
class Loaded:
    """What a load did: whether the table is new or another one, and how many due dates it moved."""

    year: int
    days: int
    changed: bool
    moved: int


@transaction.atomic
def load_table(*, table: Table, source: str, by: audit.Actor | None, now: datetime) -> Loaded:
    """Put a year's table in the place of the former one. The same once more changes nothing."""
    there = DayTable.objects.select_for_update().filter(pk=table.year).first()
    changed = there is None or there.digest != table.digest
    if changed:
        DayRow.objects.filter(table=table.year).delete()
        facts = {"source": source[:120], "digest": table.digest, "loaded_at": now}
        row, _made = DayTable.objects.update_or_create(year=table.year, defaults=facts)
        DayRow.objects.bulk_create(
            DayRow(table=row, date=line.day, kind=line.kind, reason=line.reason) for line in table.lines
        )
        bump("calendar")
        detail = {"year": table.year, "days": len(table.lines)}
        audit.record(actor=by, action="calendar.load", subject=row, detail=detail, now=now)
    return Loaded(table.year, len(table.lines), changed, _count_anew(table.year, changed, now))


def load_packaged(*, now: datetime) -> list[Loaded]:
    """Load the packaged tables of years that have none; at every preparation of an instance."""
    there = set(DayTable.objects.values_list("year", flat=True))
    wanted = [table for year, table in packaged().items() if year not in there]
    return [load_table(table=table, source=PACKAGED, by=None, now=now) for table in wanted]


def _count_anew(year: int, changed: bool, now: datetime) -> int:
    """Provisional clocks always; after a changed table also the others that count working days."""
    rows = Deadline.objects.exclude(state=DeadlineState.CLOSED)
    by_days = Q(unit=Unit.WORKING_DAY) | Q(unit=Unit.NATURAL_DAY, roll=True)
    touched = by_days & Q(day__year__gte=year - 1) & ~Q(state=DeadlineState.PASSED)
    wanted = rows.filter(Q(provisional=True) | touched if changed else Q(provisional=True))
    found = wanted.select_for_update(of=("self",)).prefetch_related("pauses").order_by("id")
    return recompute(found.iterator(chunk_size=1000), queries.days(), now)
