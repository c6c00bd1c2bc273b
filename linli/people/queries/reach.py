"""Which persons are within an actor's reach: those who belong to his places, and those whom his body enrolled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from linli.areas.api import Area
from linli.common.models import AuditRow

from ..models import BodyPlace, Person, Post, Residency
from ..policy import Actor
from ..rules import ResidencyState, Role, may_appoint

ENROLLED = "person.enrol"  # the audit row of an account made in person
_TIES = (ResidencyState.CLAIMED, ResidencyState.VERIFIED)


def ties(person: Person, day: date) -> QuerySet[Residency]:
    """Claimed and verified residencies that are not over."""
    return Residency.objects.filter(Q(until=None) | Q(until__gt=day), person=person, state__in=_TIES)


def enrolled_by_body(actor: Actor, person: Person) -> bool:
    """Whether the acting post's body made this account."""
    if actor.acting is None:
        return False
    colleagues = Post.objects.filter(body=actor.acting.body_id).values("pk")
    return AuditRow.objects.filter(about=person.pk, action=ENROLLED, post__in=colleagues).exists()


def belongs(actor: Actor, person: Person, place: Area, day: date) -> bool:
    """Whether the person lives, works or claims to at or below the place, or the actor's own body enrolled him."""
    if ties(person, day).filter(area__path__under=place.path).exists():
        return True
    return enrolled_by_body(actor, person)


def place_of(actor: Actor, person: Person, permission: StrEnum, day: date) -> Area | None:
    """The place by which the person is within reach of the actor's permission; None where he is not."""
    paths = actor.paths_for(permission)
    if not paths:
        return None
    for tie in ties(person, day).select_related("area").order_by("claimed_at"):
        if any(tie.area.path.startswith(path) for path in paths):
            return tie.area
    if actor.acting is None or not enrolled_by_body(actor, person):
        return None
    own = BodyPlace.objects.filter(body=actor.acting.body_id, until=None).select_related("area").order_by("pk").first()
    return own.area if own else None


def may_take_in_hand(actor: Actor, person: Person, day: date) -> bool:
    """Whether the actor may give the account a new number, card or guardian, or merge it.

    Such an act is a way into the account: nobody does it to himself, nor to a holder of a post whom he could not
    dismiss, lest he gain rights he lacks.
    """
    if actor.acting is None or actor.person_id == person.pk:
        return False
    acting = actor.acting
    for post in Post.objects.filter(person=person).held_on(day).prefetch_related("body__places__area"):
        same = post.body_id == acting.body_id
        if not may_appoint(acting=acting.role, is_head=acting.is_head, role=Role(post.role), same_body=same):
            return False
        if not same and not within(acting.paths, [p.area.path for p in post.body.places.all() if p.until is None]):
            return False
    return True


def within(own: tuple[str, ...], paths: list[str]) -> bool:
    """Whether there are places and all lie at or below own ones."""
    return bool(paths) and all(any(path.startswith(mine) for mine in own) for path in paths)


@dataclass(frozen=True)
class Spot:
    """A place known by its path alone."""

    path: str


def acting_place(actor: Actor) -> Spot | None:
    """Where an act belongs that concerns no particular place: the first place of the acting post."""
    return Spot(actor.acting.paths[0]) if actor.acting and actor.acting.paths else None
