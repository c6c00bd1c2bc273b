"""Who decides an appeal, and what waits for whom."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from linli.common import clock
from linli.people.api import Actor, Role, may
from linli.people.api import Post as Office

from ..access import may_read
from ..models import Act, Appeal, Report
from ..permissions import F
from ..speech_rules import AppealState, Tier, may_decide, next_tier, role_of
from ..things import parties_of


def concerns(act: Act, actor: Actor) -> bool:
    """Whether the act is about the actor, also by an account that was joined with his. `act.person` is loaded."""
    if actor.person is None or actor.mandate is not None or act.person is None:
        return False
    return actor.person_id in (act.person_id, act.person.merged_into_id)


def deciders_of(tier: int, act: Act) -> list[Office]:
    """The posts in force that may decide at the tier: never who acted, nor (but in the street office) his body."""
    place = act.place
    keys = [*place.ancestor_ids, place.pk]
    rows = Office.objects.held_on(clock.local_date(clock.now())).filter(
        role=role_of(tier), body__places__area__in=keys, body__places__until=None
    )
    rows = rows.exclude(person=act.person_id) if act.person_id else rows
    if act.by_id:
        rows = rows.exclude(person=act.by_id)
    if act.body_id and tier != Tier.STREET:
        rows = rows.exclude(body=act.body_id)
    if parties := parties_of(act.thing):
        rows = rows.exclude(body__in=parties)
    return list(rows.select_related("person").distinct())


def tier_with_people(tier: int, act: Act) -> Tier:
    """The tier, or the next above that has anybody to decide; the district at the latest."""
    above = next_tier(tier)
    while above is not None and not deciders_of(tier, act):
        tier, above = above, next_tier(above)
    return Tier(tier)


def may_decide_appeal(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor may decide it now. `appeal.act.place` and its board are loaded.

    He can read what it is about: boards of his place or, at the district's tier, by the appeal itself alone.
    """
    act, acting = appeal.act, actor.acting
    if acting is None or actor.mandate is not None or actor.person_id in (act.person_id, appeal.by_id):
        return False
    if not may(actor, F.FORUM_APPEAL, act.place):
        return False
    if appeal.tier != Tier.DISTRICT and act.board is not None and not may_read(actor, act.board):
        return False
    if acting.body_id in parties_of(act.thing):
        return False
    if act.post_id and Report.objects.filter(post=act.post_id, by=actor.person_id).exists():
        return False
    return may_decide(
        appeal.tier,
        acting.role,
        same_person=act.by_id == actor.person_id,
        same_body=act.body_id == acting.body_id,
    )


_TIERS = {
    Role.RESIDENTS_COMMITTEE: Tier.COMMUNITY,
    Role.STREET_OFFICE: Tier.STREET,
    Role.DISTRICT: Tier.DISTRICT,
}


def appeals_at(actor: Actor) -> QuerySet[Appeal]:
    """The appeals of the actor's tier in his places, but for those that he or his body may not decide."""
    if actor.acting is None or actor.acting.role not in _TIERS:
        return Appeal.objects.none()
    inside = Q(pk__in=[])
    for path in actor.paths_for(F.FORUM_APPEAL):
        inside |= Q(act__place__path__under=path)
    tier = _TIERS[Role(actor.acting.role)]
    rows = (
        Appeal.objects.filter(inside, tier=tier).exclude(by=actor.person_id).exclude(act__by=actor.person_id)
    )
    if tier != Tier.STREET:
        rows = rows.exclude(act__body=actor.acting.body_id)
    return rows.select_related(
        "act__place", "act__board__place", "act__topic", "act__body", "act__post", "act__undone_by", "by"
    )


def open_appeals(actor: Actor) -> QuerySet[Appeal]:
    return appeals_at(actor).filter(state=AppealState.LODGED).order_by("due_on", "pk")
