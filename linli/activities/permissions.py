"""Who may hold events. Every organiser acts within the places of his own body."""

from __future__ import annotations

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Actor, Role, may

from .models import Event


class A(StrEnum):
    EVENT_EDIT = "event.edit"  # make, publish, move and cancel events, see who comes, check in at the door


people.register(
    A,
    {
        role: {A.EVENT_EDIT}
        for role in (
            Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.OWNERS_COMMITTEE, Role.PROPERTY_COMPANY,
            Role.STREET_OFFICE, Role.SITE_EDITOR,
        )
    },
)  # fmt: skip

# They answer for all that is published at their places; the others for what their own body holds.
STEWARDS = frozenset({Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE})


def may_hold(actor: Actor, event: Event) -> bool:
    """Whether the actor organises this event: it is his body's, or he is a steward of its place."""
    acting = actor.acting
    if acting is None or A.EVENT_EDIT not in actor.permissions:
        return False
    return event.body_id == acting.body_id or (
        acting.role in STEWARDS and may(actor, A.EVENT_EDIT, event.place)
    )
