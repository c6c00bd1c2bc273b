"""Who writes service items, and who sees the papers that people show: the offices that do the work."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from linli.people import api as people
from linli.people.api import Actor, Role, may

from .models import Item, PaperShare


class V(StrEnum):
    SERVICE_EDIT = "service.edit"  # write, publish, verify and withdraw service items
    PAPER_SEE = "paper.see"  # look at a paper that its owner shows to one's own office


people.register(
    V,
    {
        role: {V.SERVICE_EDIT, V.PAPER_SEE}
        for role in (Role.RESIDENTS_COMMITTEE, Role.SERVICE_STATION, Role.STREET_OFFICE, Role.DISTRICT)
    },
)


def may_edit(actor: Actor, item: Item) -> bool:
    return may(actor, V.SERVICE_EDIT, item.place)


def may_look(actor: Actor, share: PaperShare, now: datetime) -> bool:
    """Only the office to which it is shown, only while it is; never one's own papers in office."""
    acting = actor.acting
    return (
        acting is not None
        and V.PAPER_SEE in actor.permissions
        and acting.body_id == share.body_id
        and share.ended_at is None
        and now < share.until
        and share.version.paper.person_id != actor.person_id
    )
