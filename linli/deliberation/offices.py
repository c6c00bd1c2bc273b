"""The offices of a place: who may be asked, who stands above, who answers for it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Q, QuerySet

from linli.areas.api import Area
from linli.people.api import Body, BodyKind, Post

from .rules import ABOVE, ANSWERING, ASKABLE


def _acting_at(places: Iterable[int], day: date) -> Q:
    ends = Q(places__until=None) | Q(places__until__gt=day)
    return Q(places__area__in=list(places), places__since__lte=day) & ends


def serving(place: Area, day: date) -> list[Body]:
    """The offices that serve a place, the nearest kind first: what acts there or at a place around it."""
    rows = Body.objects.valid_on(day).filter(
        _acting_at([*place.ancestor_ids, place.pk], day), kind__in=ASKABLE
    )
    return sorted(rows.distinct(), key=lambda body: (ASKABLE.index(BodyKind(body.kind)), body.name))


def serves(body: Body, place: Area, day: date) -> bool:
    return body.pk in {one.pk for one in serving(place, day)}


def next_above(kind: str, place: Area, day: date) -> Body | None:
    """The office one level up that serves the place; a level nobody fills is passed over. None above the district."""
    keys = [*place.ancestor_ids, place.pk]
    while kind in ABOVE:
        kind = ABOVE[BodyKind(kind)]
        rows = Body.objects.valid_on(day).filter(_acting_at(keys, day), kind=kind)
        found = (
            rows.annotate(nearest=Max("places__area__level")).order_by("-nearest", "valid_from", "pk").first()
        )
        if found is not None:
            return found
    return None


def posts_of(body: Body, day: date) -> QuerySet[Post]:
    """Who may answer for the body, its head first."""
    rows = Post.objects.filter(body=body, role__in=ANSWERING).held_on(day).select_related("person", "body")
    return rows.order_by("-is_head", "since", "pk")


def head_of(body: Body, day: date) -> Post | None:
    """Who answers for the body where nobody else was named: its head, else whoever is longest in post."""
    return posts_of(body, day).first()
