"""Alike cases: grouped, never merged. The work is the lead's; each reporter keeps his case, code, clock and rating."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor

from ..models import Case, CaseGroup
from ..permissions import is_desk
from . import steps


@transaction.atomic
def group_case(*, case: UUID, lead: UUID, by: Actor, now: datetime) -> Case:
    """The desk puts a case beside another about the same. Raises NotAllowed, UserError, UnknownTransition."""
    row = steps.lock(case)
    if not is_desk(by, row):
        raise NotAllowed("desk")
    row = join(row, lead, by=by, now=now)
    steps.written(row, "group", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def ungroup_case(*, case: UUID, by: Actor, now: datetime) -> Case:
    """Take it out again; nothing of it is lost. Raises NotAllowed, UserError."""
    row = steps.lock(case)
    if not is_desk(by, row):
        raise NotAllowed("desk")
    if row.group is None or row.is_lead:
        raise UserError(_("这一件不在别人的组里"))
    CaseGroup.objects.filter(pk=row.group.pk).update(size=F("size") - 1)
    row = steps.step(row, "ungroup", by=by, now=now, changes={"group": None})
    steps.written(row, "ungroup", by, now)
    steps.shown(row)
    return row


def join(case: Case, lead: UUID, *, by: Actor | None, now: datetime) -> Case:
    """Into the group of that case, which is made where there is none. Inside the caller's transaction."""
    if lead == case.pk:
        raise UserError(_("不能和自己并在一起"))
    if case.group is not None:
        raise UserError(_("这一件已经和别的并在一起了"))
    other = steps.lock(lead)
    if not other.is_open or other.parent_id is not None:
        raise UserError(_("那一件已经办完了，请另外反映"))
    group = other.group
    if group is None:
        group = CaseGroup.objects.create(lead=other, made_at=now)
        steps.renew(other, group=group)
    CaseGroup.objects.filter(pk=group.pk).update(size=F("size") + 1)
    return steps.step(case, "group", by=by, now=now, changes={"group": group})


def hand_lead_on(case: Case) -> None:
    """The lead ends before the work is done: the oldest of the others leads. Inside the caller's transaction."""
    if case.group is None or not case.is_lead:
        return
    following = Case.objects.open().filter(group=case.group).exclude(pk=case.pk).order_by("submitted_at").first()
    if following is not None:
        CaseGroup.objects.filter(pk=case.group.pk).update(lead=following, size=F("size") - 1)
