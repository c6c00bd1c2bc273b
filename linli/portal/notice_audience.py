"""Whose inboxes a notice goes to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from linli.areas.api import Area
from linli.people.api import Person, Residency


def people_meant(place: Area, buildings: Sequence[int], day: date) -> list[UUID]:
    """Who lives at or below the place by a verified residency, or in one of the buildings."""
    paths = (
        list(Area.objects.filter(pk__in=buildings).values_list("path", flat=True))
        if buildings
        else [place.path]
    )
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(area__path__under=path)
    stays = Residency.objects.verified_on(day).filter(below)
    return list(
        Person.objects.living()
        .filter(pk__in=stays.values("person"))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
