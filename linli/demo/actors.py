"""Who acts in the demo: a persona or a neighbour as himself, or the head of an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linli.areas.api import Area
from linli.people.api import Actor, Body, Person, Post, Residency, ResidencyState
from linli.people.policy import load_holdings, load_stays

if TYPE_CHECKING:
    from .world import World


def oneself(world: World, person: Person) -> Actor:
    """The person with what follows from his home."""
    return Actor(person=person, stays=load_stays(person, world.today))


def office(world: World, body: Body) -> Actor:
    """The head of the body, or else the one longest in post, acting for it."""
    post = Post.objects.filter(body=body).held_on(world.today).select_related("person").order_by("-is_head", "since", "pk").first()
    assert post is not None
    holdings = load_holdings(post.person, world.today)
    return Actor(person=post.person, holdings=holdings, acting=next(one for one in holdings if one.id == post.pk))


def neighbour(world: World, place: Area, nth: int) -> Actor:
    """Somebody who lives at the place, and is none of the personas."""
    stays = Residency.objects.filter(
        area__path__under=place.path, state=ResidencyState.VERIFIED, person__demo_key="", kind__in=["owner", "tenant"]
    )
    found = stays.select_related("person").order_by("area_id", "pk")
    return oneself(world, found[nth * 7 % found.count()].person)
