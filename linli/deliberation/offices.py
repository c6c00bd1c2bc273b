"""The offices of a place: who may be asked, who stands above, who answers for it."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from linli.areas.api import Area
from linli.people import api as people
from linli.people.api import Body, Post, next_above

from .rules import ANSWERING, ASKABLE

__all__ = ["head_of", "next_above", "posts_of", "serves", "serving"]


def serving(place: Area, day: date) -> list[Body]:
    """The offices that serve a place, the nearest kind first: what acts there or at a place around it."""
    return people.bodies_serving(place, ASKABLE, day)


def serves(body: Body, place: Area, day: date) -> bool:
    return body.pk in {one.pk for one in serving(place, day)}


def posts_of(body: Body, day: date) -> QuerySet[Post]:
    """Who may answer for the body, its head first."""
    return people.posts_of(body, ANSWERING, day)


def head_of(body: Body, day: date) -> Post | None:
    """Who answers for the body where nobody else was named: its head, else whoever is longest in post."""
    return posts_of(body, day).first()
