"""Who is signed in comes with what gives him rights, by one statement: his account, his homes, whether he holds a post."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Exists, FilteredRelation, OuterRef, Q, QuerySet

from linli.common import prepared

from .models import Person, Post
from .policy import STAY, Stay, stay_of
from .rules import ResidencyState


class Arrival(NamedTuple):
    """What a person has on a day."""

    day: date
    holds: bool  # a post in force
    stays: tuple[Stay, ...]


def arrive(key: UUID, day: date) -> Person | None:
    """The living account with this key and, as its `arrival`, its rights on the day; asked anew at every request."""
    rows = prepared.rows(_asked, values=(key, day))
    if not rows:
        return None
    width = len(_FIELDS)
    person = Person.from_db(connection.alias, _FIELDS, rows[0][:width])
    homes = (row[width + 1 :] for row in rows)
    person.arrival = Arrival(day, rows[0][width], tuple(stay_of(home) for home in homes if home[0] is not None))
    return person


def load_arrival(person: Person, day: date) -> Arrival:
    """What the person has on a day other than that on which he was looked for."""
    known = arrive(person.pk, day)
    return known.arrival if known else Arrival(day, holds=False, stays=())


_FIELDS = tuple(field.attname for field in Person._meta.concrete_fields)


def _asked(key: UUID, day: date) -> QuerySet[Person, Any]:
    verified = Q(residencies__until=None) | Q(residencies__until__gt=day)
    verified &= Q(residencies__state=ResidencyState.VERIFIED, residencies__since__lte=day)
    rows = Person.objects.living().filter(pk=key, is_active=True)
    rows = rows.annotate(
        stay=FilteredRelation("residencies", condition=verified), holds=Exists(Post.objects.filter(person=OuterRef("pk")).held_on(day))
    )
    return rows.order_by("stay__pk").values_list(*_FIELDS, "holds", *(f"stay__{name}" for name in STAY))
