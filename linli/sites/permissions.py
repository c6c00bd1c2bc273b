"""Who may shape a site and found one for a group."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from linli.common.errors import NotAllowed
from linli.people import api as people
from linli.people.api import Actor, Role

if TYPE_CHECKING:
    from .models import Site


class S(StrEnum):
    SITE_EDIT = "site.edit"  # its lead, colour, banner, and the arrangement of its pages
    GROUP_FOUND = "group.found"  # open a site for a civic group, an interest club or a party branch at once
    GROUP_APPLY = "group.apply"  # ask for one; the committee opens it


people.register(
    S,
    {
        Role.SITE_EDITOR: {S.SITE_EDIT},
        Role.RESIDENTS_COMMITTEE: {S.SITE_EDIT, S.GROUP_FOUND},
        Role.STREET_OFFICE: {S.SITE_EDIT, S.GROUP_FOUND},
        Role.RESIDENT: {S.GROUP_APPLY},
    },
)


def may_at(actor: Actor, permission: StrEnum, site: Site) -> bool:
    """Whether the actor has the permission at the site: by its place, or, of a group's site, by a post in the group.

    Of a group's site residency gives nothing: living nearby makes nobody a member.
    """
    if site.body_id is None:
        return people.may(actor, permission, site.place)
    if actor.acting is None:
        return False
    own = actor.acting.body_id == site.body_id and permission in actor.permissions
    return own or people.may(actor, permission, site.place)


def group_of(actor: Actor, permission: StrEnum) -> UUID | None:
    """The civic group on whose own site alone the acting post gives the permission; None for posts that have places."""
    acting = actor.acting
    return acting.body_id if acting is not None and not acting.paths and people.holds(actor, permission) else None


def key_of(actor: Actor) -> UUID:
    """The key of the person who acts. Raises NotAllowed for nobody."""
    if actor.person_id is None:
        raise NotAllowed("nobody")
    return actor.person_id
