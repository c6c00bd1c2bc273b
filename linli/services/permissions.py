"""Who writes service items: the offices that do the work, each for its own places."""

from __future__ import annotations

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Actor, Role, may

from .models import Item


class V(StrEnum):
    SERVICE_EDIT = "service.edit"  # write, publish, verify and withdraw service items


people.register(
    V,
    {
        role: {V.SERVICE_EDIT}
        for role in (Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.STREET_OFFICE, Role.DISTRICT)
    },
)


def may_edit(actor: Actor, item: Item) -> bool:
    return may(actor, V.SERVICE_EDIT, item.place)
