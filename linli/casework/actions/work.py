"""What the unit does: sign, return, speak with the reporter, hand to a colleague, ask others, wait, ask for more time."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.people.api import Actor, Post, bodies_serving, posts_of

from .. import clocks, told
from ..models import Case, Extension
from ..rules.states import CaseState
from ..rules.words import LONGEST_EXTENSION, REASON, UNITS, WORKING, Task
from . import steps, turns
from .dispatching import begin_contact


@transaction.atomic
def sign_case(*, case: UUID, by: Actor, now: datetime) -> Case:
    """The unit takes it. Whoever signs has it until it is handed to a colleague."""
    row = turns.in_work(case, by)
    changes: dict[str, Any] = {"signed_at": now}
    if row.holder_id is None and by.acting is not None:
        changes["holder_id"] = by.acting.id
    row = steps.step(row, "sign", by=by, now=now, changes=changes)
    begin_contact(row, now)
    steps.written(row, "sign", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def return_case(*, case: UUID, why: str, by: Actor, now: datetime) -> Case:
    """Not ours: within the time to sign, with the reason; the desk judges the first, the level above it the second.

    Raises UserError (why; also for a third, and after the time).
    """
    row = turns.in_work(case, by)
    why = turns.said(why, _("写清为什么不归你们办，有凭据写上在哪"), "why", REASON)
    row = steps.step(row, "return", by=by, now=now, changes={"returns": row.returns + 1}, inner=why)
    day = clock.local_date(now)
    judge = row.desk if row.returns == 1 else turns.adjudicator(row, day)
    told.tell_body(row, judge, told.WANTED, now)
    steps.written(row, "return", by, now)
    steps.shown(row, judge.pk if judge else None)
    return row


@transaction.atomic
def contact_reporter(*, case: UUID, text: str, by: Actor, now: datetime) -> Case:
    """Spoken with him: what was agreed. The first time in the 24 hours is what the response rate counts."""
    row = turns.in_work(case, by)
    text = turns.said(text, _("写一句谈了什么、约了什么"), "text", REASON)
    row = steps.step(row, "contact", by=by, now=now, changes={"contacted_at": row.contacted_at or now}, told=text)
    clocks.stop(row, clocks.CONTACTS, now=now)
    steps.written(row, "contact", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def add_note(*, case: UUID, text: str, inner: bool, by: Actor, now: datetime) -> Case:
    """How far it is: for the reporter, or for colleagues alone. Bodies asked for help write for colleagues."""
    row = steps.lock(case)
    if not (inner and turns.joined(by, row)):
        row = turns.in_work(case, by)
    text = turns.said(text, _("写一句进展"), "text", REASON)
    row = steps.step(row, "note", by=by, now=now, told="" if inner else text, inner=text if inner else "")
    steps.written(row, "note", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def consult(*, case: UUID, body: UUID, text: str, by: Actor, now: datetime) -> Case:
    """Ask another body of the place for its view; it sees the case from now on. Raises UserError (body, text)."""
    row = turns.in_work(case, by)
    among = [one for one in bodies_serving(row.place, UNITS, clock.local_date(now)) if one.pk not in (row.unit_id, row.against_id)]
    other = turns.chosen(among, body, _("选一个别的单位"), "body")
    text = turns.said(text, _("写清想问什么"), "text", REASON)
    row = steps.step(row, "consult", by=by, now=now, inner=text, to_id=other.pk)
    if not row.assignments.filter(body=other, task=Task.JOINT, ended_at=None).exists():
        steps.assign(row, Task.JOINT, other.pk, now=now, reason=text)
    told.tell_body(row, other, told.CONSULTED, now)
    steps.written(row, "consult", by, now)
    steps.shown(row, other.pk)
    return row


@transaction.atomic
def delegate_case(*, case: UUID, post: UUID, by: Actor, now: datetime) -> Case:
    """Name the colleague who has it. Raises UserError (post) for somebody who is not in post there."""
    row = turns.in_work(case, by)
    assert row.unit is not None
    found = posts_of(row.unit, WORKING, clock.local_date(now)).filter(pk=post).first()
    if found is None:
        raise UserError(_("选一位在岗的同事"), field="post")
    if found.pk == row.holder_id:
        return row
    row = steps.step(row, "delegate", by=by, now=now, changes={"holder": found}, inner=named(found))
    if found.person_id != by.person_id:
        told.tell_post(row, found, told.HELD, now)
    steps.written(row, "delegate", by, now)
    steps.shown(row)
    return row


def named(post: Post) -> str:
    """`唐惠民·项目经理`, as colleagues read it."""
    return f"{post.person.display_name}·{post.title}"


@transaction.atomic
def ask_extension(*, case: UUID, until: date, why: str, by: Actor, now: datetime) -> Case:
    """More time, once, before it is over; whoever stands over the unit decides. Raises UserError (until, why)."""
    row = turns.in_work(case, by)
    why = turns.said(why, _("写清为什么要延，反映的人看得到"), "why", REASON)
    if row.unit_due is not None and not clock.local_date(row.unit_due) < until <= clock.local_date(now + LONGEST_EXTENSION):
        raise UserError(_("延到原来的期限以后，最晚从今天起 30 天"), field="until")
    if row.asked_extensions.filter(round=row.round).exists():
        raise UserError(_("只能申请一次延期，已经申请过了"))
    row = steps.step(row, "ask_extension", by=by, now=now, changes={"extensions": row.extensions + 1}, inner=why)
    assert by.person_id is not None
    Extension.objects.create(case=row, round=row.round, asked_at=now, asked_by_id=by.person_id, until=until, reason=why)
    judge = turns.over(row, clock.local_date(now))
    told.tell_body(row, judge, told.WANTED, now)
    steps.written(row, "ask_extension", by, now)
    steps.shown(row, judge.pk if judge else None)
    return row


@transaction.atomic
def decide_extension(*, case: UUID, grant: bool, why: str, by: Actor, now: datetime) -> Case:
    """Granted, the unit's clock and the reporter's go on to that day, and he is told why; what is late stays late.

    Raises NotAllowed for who does not stand over the unit, UserError (why) and where nothing waits.
    """
    row = turns.as_over(case, by, now)
    asked = row.asked_extensions.select_for_update().filter(round=row.round, decided_at=None).first()
    if asked is None:
        raise UserError(_("没有在等的延期申请"))
    why = turns.said(why, _("写一句理由"), "why", REASON)
    said: dict[str, Any] = {"inner": why}
    changes: dict[str, Any] = {}
    if grant:
        changes, said = _extended(row, asked, why, now)
    row = steps.step(row, "extend" if grant else "deny_extension", by=by, now=now, changes=changes, **said)
    Extension.objects.filter(pk=asked.pk).update(decided_at=now, decided_by=by.person_id, granted=grant)
    if grant:
        told.tell_reporter(row, told.EXTENDED, now, **told.by_day(row.due))
    told.tell_body(row, row.unit, told.DECIDED, now)
    steps.written(row, "decide_extension", by, now)
    steps.shown(row)
    return row


def _extended(row: Case, asked: Extension, why: str, now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Changed columns, and what the history says of it."""
    if asked.until <= clock.local_date(now):
        raise UserError(_("申请的日子已经过了，只能不准"))
    changes: dict[str, Any] = {"unit_due": clocks.extend(row, clocks.WORKS, asked.until, now=now).due}
    said: dict[str, Any] = {"inner": why}
    if row.due is not None and now < row.due < changes["unit_due"]:
        promised = clocks.extend(row, clocks.ANSWERS, asked.until, now=now)
        changes |= {"due": promised.due, "due_day": promised.day}
        said |= {"told": asked.reason, "due": promised.due, "due_day": promised.day}
    return changes, said


@transaction.atomic
def suspend_case(*, case: UUID, review_on: date, why: str, by: Actor, now: datetime) -> Case:
    """A lawful long wait, with the day on which it is looked at again. The unit's clock stands, the reporter's runs on.

    Raises UserError (review_on, why).
    """
    row = turns.in_work(case, by)
    why = turns.said(why, _("写清在等什么，反映的人看得到"), "why", REASON)
    changes = {"review_on": review_on, **clocks.hold(row, clocks.WORKS, now=now)}
    row = steps.step(row, "suspend", by=by, now=now, changes=changes, told=why, review_on=review_on)
    told.tell_reporter(row, told.SUSPENDED, now, month=review_on.month, day=review_on.day)
    steps.written(row, "suspend", by, now)
    steps.shown(row)
    return row


@transaction.atomic
def resume_case(*, case: UUID, by: Actor | None, now: datetime) -> Case:
    """Go on with it; `by` None is the system on the day of the review. Raises NotAllowed for other units."""
    row = turns.in_work(case, by) if by is not None else steps.lock(case)
    if by is None and (row.state != CaseState.SUSPENDED or row.review_on is None or row.review_on > clock.local_date(now)):
        raise NotAllowed("not yet")
    row = steps.step(row, "resume", by=by, now=now, changes={"review_on": None, **clocks.go_on(row, clocks.WORKS, now=now)})
    if by is None:
        told.tell_body(row, row.unit, told.HELD, now)
    steps.written(row, "resume", by, now)
    steps.shown(row)
    return row
