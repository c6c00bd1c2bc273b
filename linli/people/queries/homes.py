"""Who lives behind the doors of a building, masked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from linli.common.text import mask_name

from ..models import Residency
from ..rules import OWNING, ResidencyKind, ResidencyState


@dataclass(frozen=True)
class Dweller:
    """One verified residency: masked name, kind, since when."""

    name: str
    kind: ResidencyKind
    since: date


@dataclass(frozen=True)
class Occupancy:
    """The verified residencies of a home, owners first, and how many claims wait."""

    dwellers: tuple[Dweller, ...] = ()
    waiting: int = 0

    @property
    def count(self) -> int:
        return len(self.dwellers)

    @property
    def let(self) -> bool:
        """Whether a tenant lives there."""
        return any(dweller.kind == ResidencyKind.TENANT for dweller in self.dwellers)


def occupancy(home_ids: Collection[int], day: date) -> dict[int, Occupancy]:
    """By home, for those with verified residencies or waiting claims; one query. Names come masked."""
    current = Q(state=ResidencyState.VERIFIED, since__lte=day) & (Q(until=None) | Q(until__gt=day))
    rows = (
        Residency.objects.filter(Q(state=ResidencyState.CLAIMED) | current, area__in=home_ids)
        .select_related("person")
        .order_by("since", "id")
    )
    dwellers: dict[int, list[Dweller]] = defaultdict(list)
    waiting: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.state == ResidencyState.CLAIMED:
            waiting[row.area_id] += 1
        else:
            name = mask_name(row.person.legal_name or row.person.display_name)
            dwellers[row.area_id].append(Dweller(name, ResidencyKind(row.kind), row.since))
    return {
        key: Occupancy(tuple(sorted(dwellers[key], key=lambda one: one.kind not in OWNING)), waiting[key])
        for key in {*dwellers, *waiting}
    }
