"""Who may accept, dispatch, work on and supervise cases; whose case it is; what of it one sees."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from linli.people import api as people
from linli.people.api import Actor, MandateScope, Role

from .models import Case
from .rules.states import CaseState
from .rules.words import WORKING, Secrecy, Visibility


class C(StrEnum):
    CASE_ENTER = "case.enter"  # write a case for somebody who calls or stands at the counter
    CASE_DISPATCH = (
        "case.dispatch"  # the desk: accept, refuse, dispatch, judge returns, check replies, call back
    )
    CASE_WORK = "case.work"  # the unit: sign, return, reply what one's own body was given
    CASE_SUPERVISE = "case.supervise"  # see what is late or thrown to and fro below, adjudicate, extend
    CASE_TABLES = "case.tables"  # dispatch tables and spots of a place
    CASE_IDENTITY = "case.identity"  # look at a confidential reporter, with a purpose


_DESK = {C.CASE_ENTER, C.CASE_DISPATCH, C.CASE_SUPERVISE, C.CASE_TABLES, C.CASE_IDENTITY}
_GRANTS: dict[Role, set[C]] = {role: {C.CASE_WORK} for role in WORKING}
for _role in (Role.RESIDENTS_COMMITTEE, Role.STREET_OFFICE, Role.DISTRICT):
    _GRANTS[_role] |= _DESK
_GRANTS[Role.SERVICE_STATION].add(C.CASE_ENTER)
_GRANTS[Role.CALL_AGENT] = {C.CASE_ENTER}
people.register(C, _GRANTS)


def body_of(actor: Actor, permission: C) -> UUID | None:
    """The key of the body for which the actor now has the permission; None for all others."""
    if actor.acting is None or actor.needs_factor or permission not in actor.permissions:
        return None
    return actor.acting.body_id


def is_reporter(actor: Actor, case: Case) -> bool:
    """His own named case, or that of whom he acts for. Confidential ones are found by `queries.own`, never from here."""
    return (
        actor.principal is not None
        and case.reporter_id == actor.principal.pk
        and actor.may_for_other(MandateScope.REQUESTS)
    )


def is_desk(actor: Actor, case: Case) -> bool:
    body = body_of(actor, C.CASE_DISPATCH)
    return body is not None and body == case.desk_id and body != case.against_id


def works_on(actor: Actor, case: Case) -> bool:
    """Whether the actor's body has the work now. A body complained of never has it."""
    body = body_of(actor, C.CASE_WORK)
    return body is not None and body == case.unit_id and body != case.against_id


def supervises(actor: Actor, case: Case) -> bool:
    """Whether the case is inside the actor's places and his body stands above the desk, or is it; not where it is named."""
    body = body_of(actor, C.CASE_SUPERVISE)
    if body is None or body == case.against_id:
        return False
    return any(case.place.path.startswith(path) for path in actor.paths_for(C.CASE_SUPERVISE))


def handles(actor: Actor, case: Case) -> bool:
    """Whether the actor sees the whole case: desk, unit, or above them."""
    return is_desk(actor, case) or works_on(actor, case) or supervises(actor, case) or _took_part(actor, case)


def _took_part(actor: Actor, case: Case) -> bool:
    """Jointly or before: a body that was given it once keeps sight of it, unless it is complained of."""
    body = body_of(actor, C.CASE_WORK)
    return body is not None and body != case.against_id and case.assignments.filter(body=body).exists()


def may_see(actor: Actor, case: Case) -> bool:
    """Handlers and the reporter the whole; drafts the reporter alone."""
    if case.state == CaseState.DRAFT:
        return is_reporter(actor, case)
    return is_reporter(actor, case) or handles(actor, case)


def sees_name(actor: Actor, case: Case) -> bool:
    """Whether the reporter's name stands on the page: of named cases, for who handles it. Others are looked at one by
    one with a purpose (`actions.identity`), by the desk alone."""
    return case.secrecy == Secrecy.NAMED and handles(actor, case)


def seen_by(actor: Actor) -> Q:
    """The condition of the cases that the actor handles, for lists and exports. Matches nothing for all others."""
    rows = Q(pk__in=[])
    desk, unit = body_of(actor, C.CASE_DISPATCH), body_of(actor, C.CASE_WORK)
    if desk is not None:
        rows |= Q(desk=desk)
    if unit is not None:
        rows |= Q(unit=unit) | Q(assignments__body=unit)
    for path in actor.paths_for(C.CASE_SUPERVISE) if body_of(actor, C.CASE_SUPERVISE) is not None else ():
        rows |= Q(place__path__under=path)
    named = Q(against=None) if actor.acting is None else Q(against=None) | ~Q(against=actor.acting.body_id)
    return rows & named & ~Q(state=CaseState.DRAFT)


def is_public(case: Case) -> bool:
    return case.visibility == Visibility.PUBLIC and case.state not in (CaseState.DRAFT, CaseState.REFUSED)
