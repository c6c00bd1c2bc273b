"""Who may write the blog and fill the albums of a place, and who may take things down."""

from __future__ import annotations

from enum import StrEnum

from linli.people import api as people
from linli.people.api import Actor, Role
from linli.sites.api import Site, may_at


class B(StrEnum):
    BLOG_WRITE = "blog.write"
    ALBUM_WRITE = "album.write"
    BLOG_MODERATE = "blog.moderate"  # withdraw posts, albums and pictures of others, with a reason


_WRITE = {B.BLOG_WRITE, B.ALBUM_WRITE}
people.register(
    B,
    {
        Role.RESIDENT: _WRITE,
        Role.OWNERS_COMMITTEE: _WRITE,
        Role.SERVICE_STATION: _WRITE,
        Role.PROPERTY_COMPANY: _WRITE,
        Role.SITE_EDITOR: {*_WRITE, B.BLOG_MODERATE},
        Role.RESIDENTS_COMMITTEE: {*_WRITE, B.BLOG_MODERATE},
        Role.STREET_OFFICE: {*_WRITE, B.BLOG_MODERATE},
    },
)


def may_write(actor: Actor, permission: B, site: Site) -> bool:
    """Whether the actor may write at the site, for himself or his office, never in another's name.

    A resident writes wherever his home lies: at his compound, his community, his street. A post writes inside its
    places, and of a group's site only those of the group and whoever looks after the place.
    """
    if actor.person is None or actor.mandate is not None:
        return False
    if may_at(actor, permission, site):
        return True
    if actor.acting or site.body_id:
        return False
    return any(path.startswith(site.place.path) for path in actor.paths_for(permission))
