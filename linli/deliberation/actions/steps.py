"""One step of a question: locked, moved, written into its history, shown. What all verbs share."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area, Level
from linli.common import audit, bus
from linli.common.errors import UserError
from linli.common.pagecache import bump
from linli.common.transitions import Step, transition
from linli.events.deliberation import QuestionAnswered, QuestionContested, QuestionOverdue, QuestionPut
from linli.people.api import Actor
from linli.sites.api import noun_tag, place_tag

from .. import findable
from ..models import Duty, Question, QuestionStep
from ..rules import MOST_TRANSFERS, QUESTION, QuestionState


def lock(pk: UUID) -> Question:
    """The question, held until the transaction ends. Raises Question.DoesNotExist."""
    return Question.objects.select_for_update(of=("self",)).select_related("place").get(pk=pk)


def step(
    question: Question,
    event: str,
    *,
    by: Actor | None,
    now: datetime,
    changes: dict[str, Any] | None = None,
    **said: Any,
) -> Question:
    """Carry out one event of the table with its history row; `said` are columns of that row."""
    return transition(
        table=QUESTION, rows=Question.objects.select_related("place"), pk=question.pk, event=event, by=by, now=now,
        changes={"changed_at": now, **(changes or {})}, said=said, history=_remember,
    )  # fmt: skip


def _remember(done: Step[Question]) -> None:
    note(done.row, done.event, done.by, done.now, **done.said)


def note(question: Question, done: str, by: Actor | None, now: datetime, **said: Any) -> QuestionStep:
    """A row of the history. A resident is not named in it; of an office, who signed is on record."""
    acting = by.acting if by is not None else None
    person, post = (by.person_id, acting.id) if by is not None and acting is not None else (None, None)
    if acting is not None:
        said.setdefault("body_id", acting.body_id)
    return QuestionStep.objects.create(
        question=question, at=now, done=done, state=question.state, by_id=person, post_id=post, **said
    )


def renew_duty(question: Question, **changes: Any) -> None:
    """Change the duty that counts now."""
    Duty.objects.filter(question=question, current=True).update(**changes)


def current_duty(question: Question) -> Duty:
    """The duty that counts now. Raises Duty.DoesNotExist before the question was put."""
    return Duty.objects.select_related("office", "above", "post__person").get(question=question, current=True)


def written(question: Question, action: str, by: Actor | None, now: datetime) -> None:
    """The audit's row; nothing personal in it."""
    audit.record(
        actor=by,
        action=f"question.{action}",
        subject=question,
        about=question.asker_id,
        place=question.place,
        now=now,
    )


def shown(question: Question, *, counts: bool = True) -> None:
    """Pages and search follow. The last line of a verb. `counts`: also what sites above say of how many there are."""
    findable.renew(question)
    places = places_around(question.place) if counts else []
    tags = [tag for pk in places for tag in (place_tag(pk), noun_tag("questions", pk))]
    bump(f"question:{question.pk}", *tags, *(("news", "questions") if counts else ()))


def places_around(place: Area) -> list[int]:
    """The place and those above it that have a site: from the street down."""
    rows = Area.objects.filter(pk__in=place.ancestor_ids, level__gte=Level.STREET).values_list(
        "pk", flat=True
    )
    return [*rows, place.pk]


@QUESTION.guard("may_transfer")
def _may_transfer(done: Step[Question]) -> None:
    duty = current_duty(done.row)
    if duty.transfers >= MOST_TRANSFERS:
        raise UserError(_("已经转过两次，不能再转，请直接答复"), field="to")
    if duty.due <= done.now:
        raise UserError(_("已经超期，不能再转，请直接答复"), field="to")


@QUESTION.guard("may_pause")
def _may_pause(done: Step[Question]) -> None:
    duty = current_duty(done.row)
    if duty.paused_at is not None:
        raise UserError(_("已经停表了"))
    if duty.due <= done.now:
        raise UserError(_("已经超期，不能再停表"))


@QUESTION.guard("may_withdraw")
def _may_withdraw(done: Step[Question]) -> None:
    if done.row.signed > 1:
        raise UserError(_("有邻居联署了，这个问题已经不只是您一个人的，不能撤回"))
    if current_duty(done.row).due <= done.now:
        raise UserError(_("已经超期，不能撤回"))


@QUESTION.guard("not_rated")
def _not_rated(done: Step[Question]) -> None:
    if current_duty(done.row).rated_at is not None:
        raise UserError(_("这次答复您已经评过了"))


@QUESTION.guard("may_contest")
def _may_contest(done: Step[Question]) -> None:
    if done.row.contested_at is not None:
        raise UserError(_("异议只能提一次，您已经提过了"))


_EVENTS: dict[str, Any] = {
    QuestionState.ROUTED: QuestionPut, QuestionState.ANSWERED: QuestionAnswered, QuestionState.ESCALATED: QuestionOverdue,
    QuestionState.CONTESTED: QuestionContested,
}  # fmt: skip


@QUESTION.effect("announce")
def announce(done: Step[Question]) -> None:
    """Tell the other apps. The office: who owes the answer, gave it, or looks after it now."""
    office = done.said.get("to_id") or done.said.get("body_id")
    kind = _EVENTS[done.after]
    fact = kind(question_id=done.row.pk, place_id=done.row.place_id, office_id=office)
    bus.publish(fact, now=done.now)
