"""Who holds a permission at a place by his post."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet

from linli.areas.api import Area

from ..models import BodyPlace, Person, Post
from ..policy import permissions_of
from ..rules import BodyKind, Role


def nearest_holders(permission: StrEnum, place: Area, day: date) -> QuerySet[Person]:
    """The persons whose posts give the permission at the place; of bodies at several levels those of the nearest one.

    A civic group's own editor has no say over the place where his group stands.
    """
    roles = [role for role in Role if permission in permissions_of(role)]
    keys = [*place.ancestor_ids, place.pk]
    held = (
        Post.objects.held_on(day)
        .filter(role__in=roles)
        .exclude(role=Role.SITE_EDITOR, body__kind=BodyKind.SOCIAL_ORG)
    )
    answers = BodyPlace.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day, area__in=keys)
    answers = answers.filter(body__in=held.values("body"))
    nearest = answers.order_by("-area__level").values_list("area__level", flat=True).first()
    if nearest is None:
        return Person.objects.none()
    bodies = answers.filter(area__level=nearest).values("body")
    return Person.objects.living().filter(pk__in=held.filter(body__in=bodies).values("person")).order_by("pk")
