"""Put a question: by oneself at once, jointly when enough have signed, or in the name of a body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.calendar.api import close as close_clock
from linli.common import clock
from linli.common.errors import NotAllowed, UserError
from linli.common.text import clean
from linli.people.api import Actor, Body

from .. import told
from ..clocks import open_clock
from ..models import Duty, NumberRange, Question, Signature
from ..offices import head_of, serves
from ..permissions import is_askers, may_ask
from ..queries.rules import needed_at
from ..rules import MOST_OPEN, OWED, QuestionState, Visibility, is_path
from . import steps


@dataclass(frozen=True)
class Words:
    """What the asker says. `place`: where it stands; `office`: of whom it is asked."""

    place: Area
    office: Body
    title: str
    text: str
    theme: str
    visibility: str = Visibility.PUBLIC
    joint: bool = False
    about: str = ""
    pictures: int = 0


@transaction.atomic
def ask_question(*, key: UUID, words: Words, by: Actor, now: datetime) -> Question:
    """A new question under the form's one-time key; the same form sent twice makes one.

    By oneself or for a body it is put at once; a joint one waits for its signatures, the asker's own is the first.
    Raises UserError at the field that is wrong, NotAllowed for who may not ask there or comes with another's key.
    """
    known = Question.objects.select_related("place").filter(pk=key).first()
    if known is not None:
        if not is_askers(by, known):
            raise NotAllowed("key")
        return known
    _check(words, by, now)
    year = clock.local_date(now).year
    acting = by.acting
    person = by.principal if acting is None else None
    question = Question.objects.create(
        pk=key, year=year, serial=NumberRange.take(year), place=words.place, theme=words.theme, asked_of=words.office,
        title=" ".join(clean(words.title).split()), text=clean(words.text).replace("\r\n", "\n"), visibility=words.visibility,
        asker=person, asker_body_id=acting.body_id if acting else None, asker_post=by.post_id, about=words.about,
        by_id=by.person_id if person is not None and by.person_id != person.pk else None, pictures=words.pictures,
        joint=words.joint, needed=needed_at(words.place) if words.joint else 0, signed=1 if person else 0,
        asked_at=now, changed_at=now,
    )  # fmt: skip
    steps.note(question, "ask", by, now, to_id=words.office.pk)
    if person is not None:
        Signature.objects.create(question=question, person=person, by_id=question.by_id, at=now)
    steps.written(question, "ask", by, now)
    if question.joint:
        steps.shown(question)
        return question
    return put(question, by=by, now=now)


def put(question: Question, *, by: Actor | None, now: datetime) -> Question:
    """Hand it to the office that was asked: the clock runs from now. Inside the caller's transaction."""
    office = Body.objects.get(pk=question.asked_of_id)
    duty = open_duty(question, office, 1, now)
    question = steps.step(
        question,
        "route",
        by=by,
        now=now,
        changes={"put_at": now},
        to_id=office.pk,
        due=duty.due,
        due_day=duty.due_day,
        round=1,
    )
    told.tell_put(question, duty, now)
    steps.shown(question)
    return question


def open_duty(question: Question, office: Body, number: int, now: datetime) -> Duty:
    """Who owes the answer of this round, and until when."""
    Duty.objects.filter(question=question, current=True).update(current=False)
    started = open_clock(
        question=question.pk, place=question.place, body_kind=office.kind, start=now, now=now
    )
    assert started.due is not None
    return Duty.objects.create(
        question=question, round=number, office=office, post=head_of(office, clock.local_date(now)), started_at=now,
        clock=started.pk, amount=started.amount, unit=started.unit, due=started.due, due_day=started.day, next_due=started.due,
    )  # fmt: skip


@transaction.atomic
def withdraw_question(*, question: UUID, by: Actor, now: datetime) -> Question:
    """Take it back: while it looks for signatures, or before an answer as long as nobody else has signed it.

    Raises UserError that says why not, NotAllowed for anybody but the asker.
    """
    row = steps.lock(question)
    if not is_askers(by, row):
        raise NotAllowed("asker")
    if row.is_gathering and row.signed > 1:
        raise UserError(_("有邻居联署了，这个问题已经不只是您一个人的，不能撤回"))
    row = steps.step(row, "withdraw", by=by, now=now, changes={"withdrawn": True})
    duty = Duty.objects.filter(question=row, current=True).first()
    if duty is not None:
        drop_clock(duty, now)
        steps.renew_duty(row, dropped_at=now, clock=None, next_due=None, paused_at=None)
    steps.written(row, "withdraw", by, now)
    steps.shown(row)
    return row


def drop_clock(duty: Duty, now: datetime) -> None:
    """Stop the clock that runs, where one does."""
    if duty.clock is not None:
        close_clock(deadline_id=duty.clock, now=now)


def _check(words: Words, by: Actor, now: datetime) -> None:
    if not may_ask(by, words.place):
        raise NotAllowed("place")
    if by.acting is not None and by.acting.body_id == words.office.pk:
        raise UserError(_("不能向自己的单位提问"), field="office")
    if not serves(words.office, words.place, clock.local_date(now)):
        raise UserError(
            format_lazy(
                _("{office}不管{place}，请换一个单位"), office=words.office.name, place=words.place.name
            ),
            field="office",
        )
    if words.joint and by.acting is not None:
        raise UserError(_("单位提问直接交办，不用联署"), field="joint")
    if words.joint and words.visibility == Visibility.PRIVATE:
        raise UserError(_("联署的问题要公开，邻居才看得到"), field="visibility")
    if words.about and not is_path(words.about):
        raise UserError(_("相关页面的地址不对"), field="about")
    if by.acting is None and by.principal is not None:
        mine = Question.objects.filter(asker=by.principal, state__in=(*OWED, QuestionState.ASKED))
        if mine.count() >= MOST_OPEN:
            raise UserError(format_lazy(_("您有 {n} 个问题还在等答复，等有了答复再问新的"), n=MOST_OPEN))
