"""Who sets the periods of a place: the heads of its street office and its residents' committee."""

from enum import StrEnum

from linli.areas.api import Area
from linli.people import api as people
from linli.people.api import Actor, Role, may


class C(StrEnum):
    DEADLINES_SET = "deadlines.set"  # write a new version of a place's period


people.register(C, {Role.RESIDENTS_COMMITTEE: {C.DEADLINES_SET}, Role.STREET_OFFICE: {C.DEADLINES_SET}})


def may_set(actor: Actor, place: Area) -> bool:
    """Only the head of the body promises for it."""
    return actor.acting is not None and actor.acting.is_head and may(actor, C.DEADLINES_SET, place)


def may_set_anywhere(actor: Actor) -> bool:
    return actor.acting is not None and actor.acting.is_head and bool(actor.paths_for(C.DEADLINES_SET))
