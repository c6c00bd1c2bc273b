"""The clocks of questions: what the place's table of deadlines says, and whom a moved date concerns."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.calendar.api import (
    Deadline,
    Period,
    RuleKind,
    Unit,
    open_deadline,
    register_rule,
    register_subject,
)
from linli.people.api import BodyKind

from .models import Duty, Question
from .rules import PAUSE_CAP

SUBJECT = "question"
_STARTS = _("问题交到单位")


def _kind(key: str, label: object, days: int) -> RuleKind:
    return register_rule(RuleKind(key, label, _STARTS, Period(days, Unit.WORKING_DAY), PAUSE_CAP))


PROPERTY = _kind("question.property", _("物业公司答复提问"), 3)
COMMITTEE = _kind("question.committee", _("居委会、服务站和业委会答复提问"), 5)
STREET = _kind("question.street", _("街道办和区里答复提问"), 7)
_OF = {
    BodyKind.PROPERTY_COMPANY: PROPERTY, BodyKind.RESIDENTS_COMMITTEE: COMMITTEE, BodyKind.SERVICE_STATION: COMMITTEE,
    BodyKind.OWNERS_COMMITTEE: COMMITTEE,
}  # fmt: skip


def kind_for(body_kind: str) -> RuleKind:
    return _OF.get(BodyKind(body_kind), STREET)


def open_clock(*, question: UUID, place: Area, body_kind: str, start: datetime, now: datetime) -> Deadline:
    """The clock of an office of this kind, under the version of the rule that holds at the place now."""
    kind = kind_for(body_kind)
    return open_deadline(
        place=place, key=kind.key, subject_kind=SUBJECT, subject_id=question, start=start, now=now, default=kind.default,
        pause_cap=kind.pause_cap,
    )  # fmt: skip


def _concerned(key: str) -> Iterable[UUID]:
    """The asker and who answers for it: the message of the moved date goes to them."""
    pk = UUID(key)
    row = Question.objects.filter(pk=pk).values_list("asker", flat=True).first()
    posts = Duty.objects.filter(question=pk, current=True, post__isnull=False).values_list(
        "post__person", flat=True
    )
    return [one for one in (row, *posts) if one is not None]


register_subject(SUBJECT, _concerned)
