"""Whose turn it is: the locked case for who may act, the bodies around it, and the words that were typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, Body, BodyKind, Post, bodies_serving, next_above, posts_of

from ..models import Assignment, Case
from ..permissions import C, body_of, is_desk, works_on
from ..rules.words import DESKS, UNITS, WORKING, Task
from .steps import lock


def at_desk(case: UUID, by: Actor | None) -> Case:
    """The locked case, for who works at its desk; `by` None is the system. Raises NotAllowed for all others."""
    row = lock(case)
    if by is not None and not is_desk(by, row):
        raise NotAllowed("desk")
    return row


def in_work(case: UUID, by: Actor) -> Case:
    """The locked case, for the unit that has the work. Raises NotAllowed for all others."""
    row = lock(case)
    if not works_on(by, row):
        raise NotAllowed("unit")
    return row


def in_work_unlocked(case: UUID, by: Actor) -> Case:
    """The case for the unit that has the work, before anything slow; asked again under the lock."""
    row = Case.objects.select_related("place", "unit").filter(pk=case).first()
    if row is None or not works_on(by, row):
        raise NotAllowed("unit")
    return row


def above(place: Area, body: Body, against: UUID | None, day: date) -> Body:
    """The body one level up that is not complained of; itself where nobody stands above it."""
    found = next_above(body.kind, place, day)
    while found is not None and found.pk == against:
        found = next_above(found.kind, place, day)
    return found or body


def over(case: Case, day: date) -> Body | None:
    """Who stands over the unit in this case: the desk that gave it the work, above a desk that has it itself."""
    if case.desk is None or case.desk_id != case.unit_id:
        return case.desk
    return above(case.place, case.desk, case.against_id, day)


def as_over(case: UUID, by: Actor, now: datetime) -> Case:
    """The locked case, for the body that stands over its unit. Raises NotAllowed for all others."""
    row = lock(case)
    body = over(row, clock.local_date(now))
    if body is None or body_of(by, C.CASE_DISPATCH) != body.pk or body.pk == row.against_id:
        raise NotAllowed("over")
    return row


def adjudicator(case: Case, day: date) -> Body | None:
    """Who decides a second return: the level above the desk."""
    return None if case.desk is None else above(case.place, case.desk, case.against_id, day)


def units(case: Case, day: date) -> list[Body]:
    """Whom the desk may give the work: bodies of the place, none complained of, none above the desk itself."""
    if case.desk is None:
        return []
    rank = {kind: at for at, kind in enumerate(DESKS)}
    most = rank.get(BodyKind(case.desk.kind), 0)
    rows = bodies_serving(case.place, UNITS, day)
    return [row for row in rows if row.pk != case.against_id and rank.get(BodyKind(row.kind), 0) <= most]


def desks(case: Case, day: date) -> list[Body]:
    """To whom the desk may hand the case on: the community, the street, the district of the place."""
    rows = bodies_serving(case.place, DESKS, day)
    return [row for row in rows if row.pk not in (case.desk_id, case.against_id)]


def chosen(among: Sequence[Body], key: UUID, message: object, field: str = "unit") -> Body:
    """The body of the key. Raises UserError at the field where it is none of these."""
    found = next((row for row in among if row.pk == key), None)
    if found is None:
        raise UserError(message, field=field)
    return found


def head_of(body: Body, day: date) -> Post | None:
    """Who answers for the body: its head, else the longest in post."""
    return posts_of(body, WORKING, day).first()


def joined(by: Actor, case: Case) -> bool:
    """Whether the actor's body was asked to help with the case."""
    body = body_of(by, C.CASE_WORK)
    if body is None or body == case.against_id:
        return False
    return Assignment.objects.filter(case=case, body=body, task=Task.JOINT, ended_at=None).exists()


def said(text: str, message: object, field: str, most: int) -> str:
    """What was written, cleaned. Raises UserError at the field where nothing was, or too much."""
    found = clean(text).replace("\r\n", "\n")
    if not found:
        raise UserError(message, field=field)
    if len(found) > most:
        raise UserError(_("最多 %(most)d 个字，现在是 %(n)d 个") % {"most": most, "n": len(found)}, field=field)
    return found
