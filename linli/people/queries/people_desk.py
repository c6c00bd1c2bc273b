"""What the people desk shows: masked, and only of persons within reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from linli.areas.api import Area
from linli.common.text import mask_email, mask_phone

from ..account_rules import is_under_14
from ..models import Guardianship, Person, Post, Residency
from ..permissions import P
from ..policy import Actor
from ..rules import ResidencyKind, ResidencyState
from .reach import may_take_in_hand, place_of, ties
from .residency import masked_name, place_names


def within_reach(actor: Actor, pk: UUID, day: date) -> tuple[Person, Area] | None:
    """The living account and the place by which it is in reach; None where there is none."""
    person = Person.objects.living().filter(pk=pk).first()
    place = place_of(actor, person, P.PEOPLE_FIND, day) if person else None
    return (person, place) if person is not None and place is not None else None


def card(actor: Actor, person: Person, day: date) -> dict[str, Any]:
    """The person's page: names and numbers masked, ties in the actor's places by name, others by number only."""
    paths = actor.paths_for(P.PEOPLE_FIND)
    rows = list(ties(person, day).select_related("area").order_by("claimed_at"))
    mine = [row for row in rows if any(row.area.path.startswith(path) for path in paths)]
    names = place_names([row.area for row in mine])
    born = date.fromisoformat(person.born) if person.born else None
    guardians = Guardianship.objects.filter(child=person, ended_at=None, until__gt=day).select_related("guardian")
    return {
        "name": masked_name(person),
        "shown": person.display_name,
        "code": f"**** **{person.code[-4:]}",
        "contacts": _contacts(person),
        "has_card": person.cards.filter(replaced_at=None).exists(),
        "stays": [
            {"place": names[r.area_id], "kind": ResidencyKind(r.kind).label, "state": ResidencyState(r.state), "until": r.until}
            for r in mine
        ],
        "elsewhere": len(rows) - len(mine),
        "posts": list(Post.objects.filter(person=person).held_on(day).select_related("body")),
        "guardians": [masked_name(row.guardian) for row in guardians],
        "has_factor": Authenticator.objects.filter(user=person).exists(),
        "is_child": born is not None and is_under_14(born, day),
        "facts": _facts(person),
        "may_take": may_take_in_hand(actor, person, day) and place_of(actor, person, P.PEOPLE_ENROL, day) is not None,
        "may_verify": bool(actor.paths_for(P.CLAIMS_DECIDE)),
        "may_reveal": place_of(actor, person, P.PEOPLE_REVEAL, day) is not None,
    }


def _facts(person: Person) -> set[str]:
    """Which sealed facts there are to look at."""
    kinds = set(person.identifiers.current().exclude(verified_at=None).values_list("kind", flat=True))
    return kinds | {name for name in ("legal_name", "born") if getattr(person, name)}


def _contacts(person: Person) -> list[dict[str, str]]:
    rows = person.identifiers.current().exclude(verified_at=None).order_by("kind", "verified_at")
    return [{"kind": r.kind, "value": mask_phone(r.value) if r.kind == "phone" else mask_email(r.value)} for r in rows]


def living_in(building: Area, day: date) -> QuerySet[Residency]:
    """Ties at or below a place that are claimed or verified, by door."""
    rows = Residency.objects.filter(Q(until=None) | Q(until__gt=day), area__path__under=building.path)
    rows = rows.filter(state__in=[ResidencyState.CLAIMED, ResidencyState.VERIFIED], person__closed_at=None)
    return rows.select_related("person", "area").order_by("area__path", "kind", "claimed_at", "pk")


@dataclass(frozen=True)
class Living:
    person_id: UUID
    name: str
    door: str
    kind: str
    state: str


def as_lines(rows: list[Residency], at: Area) -> list[Living]:
    """Masked lines of a list, doors named from the place down; two queries for all the names."""
    names = place_names([at, *(row.area for row in rows)])
    above = names[at.pk]
    return [
        Living(row.person_id, masked_name(row.person), names[row.area_id].removeprefix(above).strip() or above, str(ResidencyKind(row.kind).label), row.state)
        for row in rows
    ]
