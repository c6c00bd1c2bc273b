"""How many signatures put a joint question: versioned data of a place."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor

from ..models import JointRule
from ..permissions import may_set_joint
from ..rules import FEWEST, MOST_SIGNATURES


@transaction.atomic
def set_joint_rule(*, place: Area, needed: int, by: Actor, now: datetime) -> JointRule:
    """The next version; questions that look for signatures already keep theirs. The same number again changes nothing.

    Raises UserError (needed) outside of the bounds, NotAllowed for anybody but the head of the committee or street.
    """
    if not may_set_joint(by, place):
        raise NotAllowed("place")
    if not FEWEST <= needed <= MOST_SIGNATURES:
        raise UserError(format_lazy(_("写 {a} 到 {b} 之间的数"), a=FEWEST, b=MOST_SIGNATURES), field="needed")
    Area.objects.select_for_update().get(pk=place.pk)
    last = JointRule.objects.filter(place=place).order_by("-version").first()
    if last is not None and last.needed == needed:
        return last
    rule = JointRule.objects.create(
        place=place, version=last.version + 1 if last else 1, needed=needed, made_at=now, made_by=by.person_id
    )
    audit.record(
        actor=by,
        action="joint_rule.set",
        subject=rule,
        place=place,
        detail={"version": rule.version, "needed": needed},
        now=now,
    )
    return rule
