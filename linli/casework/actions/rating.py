"""What the reporter does with his case: answer a question, add, take back, appeal, rate, ask for it once more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.files.api import File
from linli.people.api import Actor, next_above

from .. import clocks, told
from ..models import Case
from ..pictures import keep_pictures
from ..queries.own import is_own
from ..rules.states import CaseState
from ..rules.words import MOST_PICTURES, STARS, Moment, Outcome, Result, Task, Urgency
from . import steps
from .groups import hand_lead_on
from .reporting import heard

_ANEW: dict[str, Any] = {
    "unit": None, "holder": None, "unit_due": None, "contact_due": None, "dispatched_at": None, "signed_at": None, "contacted_at": None,
    "answered_at": None, "closed_at": None, "review_on": None, "result": "", "outcome": "", "stars": None, "rated_at": None, "said": "",
    "attempts": 0, "extensions": 0, "alarm": 0,
}  # fmt: skip


@transaction.atomic
def rate_case(
    *, case: UUID, outcome: str, stars: int, by: Actor | None, now: datetime, said: str = "", opened: bool = False
) -> Case:
    """What came of it and how it was done, apart; once for each answer. It ends the case that waits for the call.

    `opened`, here and below: the page was opened by the code (and passphrase). Raises NotAllowed, UserError.
    """
    row = _own(case, by, opened)
    if outcome not in Outcome.values or stars not in STARS:
        raise UserError(_("选一下解决了没有、满意不满意"), field="outcome")
    if row.outcome:
        raise UserError(_("已经评过了"))
    last = row.replies.order_by("-number").first()
    result = last.result if last is not None else Result.SOLVED if outcome == Outcome.YES else Result.EXPLAINED
    changes: dict[str, Any] = {"outcome": outcome, "stars": stars, "rated_at": now, "said": clean(said), "result": result}
    waits = row.state == CaseState.CALL_BACK
    event = "close" if waits else "rate"
    if waits:
        changes["closed_at"] = now
    row = steps.step(row, event, by=None, now=now, changes=changes, outcome=outcome, stars=stars, result=result)
    if waits:
        clocks.stop(row, "case.", now=now)
    return _done(row, "rate", by, now)


@transaction.atomic
def reopen_case(*, case: UUID, why: str, by: Actor | None, now: datetime, opened: bool = False) -> Case:
    """Not solved after all: once, within two weeks. A new round with a new promise; the desk has it again."""
    row = _own(case, by, opened)
    row = steps.step(row, "reopen", by=None, now=now, changes={**_ANEW, "reopens": row.reopens + 1, "round": row.round + 1}, told=clean(why))
    clocks.stop(row, "case.answer.", "case.work.", now=now)
    steps.end_assignment(row, Task.WORK, now)
    _promise(row, now)
    return _done(row, "reopen", by, now)


@transaction.atomic
def respond_case(
    *, case: UUID, text: str, by: Actor | None, now: datetime, files: Iterable[File] = (), opened: bool = False
) -> Case:
    """Answer what was asked; the clocks run on."""
    row = _own(case, by, opened)
    files = _few(row, files)
    if not clean(text) and not files:
        raise UserError(_("写一句，或放一张照片"), field="text")
    keep_pictures(row, files, now)
    row = steps.step(row, "respond", by=None, now=now, changes=clocks.go_on(row, now=now), told=clean(text))
    told.tell_body(row, row.unit if row.state == CaseState.SIGNED else row.desk, told.ANSWER_CAME, now)
    return _done(row, "respond", by, now)


@transaction.atomic
def add_to_case(
    *, case: UUID, text: str, by: Actor | None, now: datetime, files: Iterable[File] = (), opened: bool = False
) -> Case:
    """More words or pictures for whoever handles it, while it is not answered yet."""
    row = _own(case, by, opened)
    files = _few(row, files)
    if not row.is_open:
        raise UserError(_("已经答复了，不用再补充"))
    if not clean(text) and not files:
        raise UserError(_("写一句，或放一张照片"), field="text")
    keep_pictures(row, files, now)
    steps.note(row, "add", None, now, told=clean(text))
    return _done(row, "add", by, now)


@transaction.atomic
def withdraw_case(*, case: UUID, why: str, by: Actor | None, now: datetime, opened: bool = False) -> Case:
    """Take it back before it is answered. Alike cases of others go on under another lead."""
    row = _own(case, by, opened)
    for child in list(row.children.exclude(state__in=(CaseState.CLOSED, CaseState.ARCHIVED, CaseState.REPLIED, CaseState.CALL_BACK))):
        _end(child, "", now)
    hand_lead_on(row)
    row = _end(row, why, now)
    return _done(row, "withdraw", by, now)


@transaction.atomic
def appeal_case(*, case: UUID, why: str, by: Actor | None, now: datetime, opened: bool = False) -> Case:
    """Against a refusal, once: the level above the desk that refused decides."""
    row = _own(case, by, opened)
    if not clean(why):
        raise UserError(_("写一下为什么该受理"), field="why")
    above = next_above(row.desk.kind, row.place, clock.local_date(now)) if row.desk is not None else None
    to = above if above is not None and above.pk != row.against_id else row.desk
    changes = {"appeals": row.appeals + 1, "desk": to, "closed_at": None}
    row = steps.step(row, "appeal", by=None, now=now, changes=changes, told=clean(why), to_id=to.pk if to is not None else None)
    if to is not None:
        steps.assign(row, Task.DESK, to.pk, now=now, reason="appeal")
    _promise(row, now)
    return _done(row, "appeal", by, now)


def _own(pk: UUID, by: Actor | None, opened: bool) -> Case:
    row = steps.lock(pk)
    if not opened and (by is None or not is_own(by, row)):
        raise NotAllowed("reporter")
    return row


def _few(case: Case, files: Iterable[File]) -> list[File]:
    found = list(files)
    if case.pictures.filter(moment=Moment.REPORT).count() + len(found) > MOST_PICTURES:
        raise UserError(format_lazy(_("一共最多 {n} 张照片"), n=MOST_PICTURES), field="attached")
    return found


def _promise(case: Case, now: datetime) -> None:
    """The clock of a new round, shown to him with its date."""
    clock_ = clocks.open_clock(case, clocks.ANSWER[Urgency(case.urgency)], start=now, now=now)
    steps.renew(case, due=clock_.due, due_day=clock_.day)
    steps.note(case, "promise", None, now, due=clock_.due, due_day=clock_.day)


def _end(case: Case, why: str, now: datetime) -> Case:
    changes = {"closed_at": now, "result": Result.WITHDRAWN}
    case = steps.step(case, "withdraw", by=None, now=now, changes=changes, told=clean(why), result=Result.WITHDRAWN)
    clocks.stop(case, "case.", now=now)
    steps.end_assignment(case, Task.WORK, now)
    return case


def _done(case: Case, action: str, by: Actor | None, now: datetime) -> Case:
    steps.written(case, action, heard(case, by), now)
    steps.shown(case)
    return case
