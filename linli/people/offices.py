"""The bodies of a place: who acts there, who stands above whom, who answers for a body. Reads only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Max, Q, QuerySet

from linli.areas.api import Area

from .models import Body, Post
from .rules import BodyKind, Role

B = BodyKind
# The next level; beyond the district there is none.
ABOVE: dict[str, BodyKind] = {
    B.PROPERTY_COMPANY: B.RESIDENTS_COMMITTEE, B.OWNERS_COMMITTEE: B.RESIDENTS_COMMITTEE,
    B.SERVICE_STATION: B.RESIDENTS_COMMITTEE, B.RESIDENTS_COMMITTEE: B.STREET_OFFICE, B.STREET_OFFICE: B.DISTRICT,
}  # fmt: skip


def acting_at(places: Iterable[int], day: date) -> Q:
    """The condition that a body acts at one of the places on the day."""
    ends = Q(places__until=None) | Q(places__until__gt=day)
    return Q(places__area__in=list(places), places__since__lte=day) & ends


def bodies_serving(place: Area, kinds: Collection[str], day: date) -> list[Body]:
    """Those of the kinds that act at the place or around it, in the order of the kinds, then by name."""
    order = [str(kind) for kind in kinds]
    rows = Body.objects.valid_on(day).filter(acting_at([*place.ancestor_ids, place.pk], day), kind__in=order)
    return sorted(rows.distinct(), key=lambda body: (order.index(body.kind), body.name))


def nearest_body(place: Area, kind: str, day: date) -> Body | None:
    """The body of the kind that acts nearest to the place, at it or around it."""
    rows = Body.objects.valid_on(day).filter(acting_at([*place.ancestor_ids, place.pk], day), kind=kind)
    return rows.annotate(nearest=Max("places__area__level")).order_by("-nearest", "valid_from", "pk").first()


def next_above(kind: str, place: Area, day: date) -> Body | None:
    """The body one level up that serves the place; a level nobody fills is passed over. None above the district."""
    while kind in ABOVE:
        kind = ABOVE[BodyKind(kind)]
        found = nearest_body(place, kind, day)
        if found is not None:
            return found
    return None


def posts_of(body: Body, roles: Collection[Role], day: date) -> QuerySet[Post]:
    """Who works for the body in these roles, its head first, then the longest in post."""
    rows = Post.objects.filter(body=body, role__in=roles).held_on(day).select_related("person", "body")
    return rows.order_by("-is_head", "since", "pk")
