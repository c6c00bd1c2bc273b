"""What people wrote in the last 60 days: residents, offices and groups, each at their own site."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from linli.people.api import Actor
from linli.portal.api import save_post, withdraw_post
from linli.sites.api import Site, group_sites, site_of

from . import actors
from .blog_texts import POSTS, Text
from .drawing import draw

if TYPE_CHECKING:
    from .world import World


def build(world: World) -> None:
    """The oldest first, as they would have been written."""
    sites = {name: site_of(world.places[name]) for name in {text.site for text in POSTS} & world.places.keys()}
    sites |= {site.name: site for site in group_sites(world.places["柳渡街道"], world.today)}
    for n, text in enumerate(sorted(POSTS, key=lambda one: -one.days)):
        site = sites[text.site]
        assert site is not None
        _write(world, site, text, n)


def writer(world: World, site: Site, who: str) -> Actor:
    """A persona by key, an office by name, or `邻居 n`: somebody who lives there."""
    if who in world.people:
        return actors.oneself(world, world.people[who])
    if who in world.bodies:
        return actors.office(world, world.bodies[who])
    return actors.neighbour(world, site.place, int(who.split()[-1]))


def _write(world: World, site: Site, text: Text, n: int) -> None:
    by, at = writer(world, site, text.who), world.now - timedelta(days=text.days)
    pictures = [(draw(motif, n + k, evening=text.evening), alt) for k, (motif, alt) in enumerate(text.pictures)]
    post = save_post(
        by=by, site=site, title=text.title, text=text.text, as_office=text.who in world.bodies, uploads=pictures,
        publish=not text.draft, now=at,
    )  # fmt: skip
    if text.later:
        at += timedelta(hours=20)
        post = save_post(by=by, site=site, post=post, title=text.title, text=text.text + "\n\n" + text.later, now=at)
    if text.withdrawn:
        withdraw_post(by=actors.office(world, world.bodies["青砖里居委会"]), post=post, reason=text.withdrawn, now=at + timedelta(hours=5))
