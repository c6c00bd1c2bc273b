"""How many signatures put a joint question."""

from __future__ import annotations

from linli.areas.api import Area

from ..models import JointRule
from ..rules import SIGNATURES


def joint_rule(place: Area) -> JointRule | None:
    """The newest version of the nearest place that has one: the place itself, or a place around it."""
    rows = JointRule.objects.filter(place__in=[*place.ancestor_ids, place.pk]).select_related("place")
    return max(rows, key=lambda rule: (rule.place.level, rule.version), default=None)


def needed_at(place: Area) -> int:
    rule = joint_rule(place)
    return rule.needed if rule else SIGNATURES
