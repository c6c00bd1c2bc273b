"""What asker, signers and offices are told at each step. Words hold ids and public words only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI, local_date
from linli.messaging.api import Channel, Group, Template, register, tell
from linli.people.api import Body

from .models import Answer, Duty, Question, Signature
from .offices import head_of

SECOND = timedelta(seconds=1)  # a clock that ends at midnight ends with the day before
_SAMPLE = {
    "pk": "01890000-0000-7000-8000-000000000000",
    "number": "26-0473", "title": _("电梯分摊款用了多少"), "office": _("邻安物业"), "month": 5, "day": 22, "why": _("等银行流水"),
    "above": _("青砖里居委会"),
}  # fmt: skip


def _template(key: str, title: Any, text: Any, sms: Any, *, desk: bool = False) -> str:
    register(
        Template(
            key=key, group=Group.DUTY if desk else Group.AFFAIRS, title=title, text=text, sms=sms,
            channels=(Channel.SMS, Channel.EMAIL), link="deliberation:desk_one" if desk else "deliberation:question", link_words=("pk",),
            link_label=_("去答复") if desk else _("看这个问题"), sample=_SAMPLE,
        )
    )  # fmt: skip
    return key


PUT = _template(
    "questions.put",
    _("问题交给%(office)s了：%(title)s"),
    _(
        "问 %(number)s“%(title)s”由%(office)s答复，最晚%(month)s月%(day)s日。到期没答，自己升一级，公开挂出来。"
    ),
    _("问 %(number)s 由%(office)s答复，最晚%(month)s月%(day)s日。"),
)
ASKED_OF_YOU = _template(
    "questions.asked_of_you",
    _("有人问%(office)s：%(title)s"),
    _("问 %(number)s“%(title)s”，最晚%(month)s月%(day)s日答复。过期自己升一级，公开挂出来。"),
    _("有人问%(office)s（问 %(number)s），最晚%(month)s月%(day)s日答复。"),
    desk=True,
)
TRANSFERRED = _template(
    "questions.transferred",
    _("问题转给%(office)s了：%(title)s"),
    _("问 %(number)s“%(title)s”转给%(office)s答复。期限不变，还是%(month)s月%(day)s日。"),
    _("问 %(number)s 转给%(office)s，还是%(month)s月%(day)s日前答复。"),
)
PAUSED = _template(
    "questions.paused",
    _("问题停表了：%(title)s"),
    _("%(office)s给问 %(number)s“%(title)s”停了表，原因：%(why)s 最晚%(month)s月%(day)s日答复。"),
    _("问 %(number)s 停表，最晚%(month)s月%(day)s日答复。"),
)
ASSIGNED = _template(
    "questions.assigned",
    _("这个问题由您负责：%(title)s"),
    _("问 %(number)s“%(title)s”由您负责，%(month)s月%(day)s日前答复。"),
    _("问 %(number)s 由您负责，%(month)s月%(day)s日前答复。"),
    desk=True,
)
ANSWERED = _template(
    "questions.answered",
    _("%(office)s答复了：%(title)s"),
    _(
        "问 %(number)s“%(title)s”，%(office)s答复了。看看解决了没有，给个评价；没答清楚，两周内可以提一次异议。"
    ),
    _("问 %(number)s，%(office)s答复了。登录看答复，给个评价。"),
)
OVERDUE = _template(
    "questions.overdue",
    _("到期没答，升到%(above)s：%(title)s"),
    _(
        "%(office)s没有按时答复问 %(number)s“%(title)s”。现在由%(above)s督办，并挂在“超期未答”里，直到答复为止。"
    ),
    _("问 %(number)s %(office)s到期没答，已升到%(above)s。"),
)
OVERDUE_DESK = _template(
    "questions.overdue_desk",
    _("超期没答，要您单位督办或答复：%(title)s"),
    _("%(office)s没有按时答复问 %(number)s“%(title)s”，已升到%(above)s，%(month)s月%(day)s日前要有结果。"),
    _("问 %(number)s 超期没答，升到%(above)s，%(month)s月%(day)s日前要有结果。"),
    desk=True,
)
CONTESTED = _template(
    "questions.contested",
    _("有异议，请%(office)s再答：%(title)s"),
    _("提问的人觉得问 %(number)s“%(title)s”没答清楚。由%(office)s再答一次，最晚%(month)s月%(day)s日。"),
    _("问 %(number)s 有异议，由%(office)s再答，最晚%(month)s月%(day)s日。"),
    desk=True,
)
LAPSED = _template(
    "questions.lapsed",
    _("联署没满，到期了：%(title)s"),
    _("问 %(number)s“%(title)s”60 天里联署没满，没有交出去。可以一个人马上问。"),
    _("问 %(number)s 联署没满，到期了。可以一个人马上问。"),
)


def _words(question: Question, duty: Duty | None, **more: Any) -> dict[str, Any]:
    """Of a private question its number alone: messages pass through other hands."""
    title = _("不公开的提问") if question.is_private else question.title
    words: dict[str, Any] = {"pk": str(question.pk), "number": question.number, "title": str(title), **more}
    if duty is not None:
        words |= _day(duty.due_day, duty.due) | {"office": duty.office.name} | more
    return words


def _day(day: Any, due: datetime) -> dict[str, int]:
    last = day or due.astimezone(SHANGHAI).date()
    return {"month": last.month, "day": last.day}


def _tell(
    question: Question,
    template: str,
    people: Collection[UUID],
    words: dict[str, Any],
    now: datetime,
    key: str,
) -> None:
    if people:
        tell(
            template=template,
            key=f"{template}:{question.pk.hex}:{key}",
            people=people,
            context=words,
            place=question.place,
            now=now,
        )


def _asking(question: Question, now: datetime) -> list[UUID]:
    """The asker, or whoever heads the body that asked."""
    if question.asker_id is not None:
        return [question.asker_id]
    if question.asker_body_id is None:
        return []
    head = head_of(Body.objects.get(pk=question.asker_body_id), local_date(now))
    return [head.person_id] if head else []


def _signers(question: Question, now: datetime) -> list[UUID]:
    signed = Signature.objects.filter(question=question).order_by("pk").values_list("person_id", flat=True)
    return list(dict.fromkeys([*_asking(question, now), *signed]))


def _office(duty: Duty) -> list[UUID]:
    return [duty.post.person_id] if duty.post is not None else []


def tell_put(question: Question, duty: Duty, now: datetime) -> None:
    words = _words(question, duty)
    _tell(question, PUT, _signers(question, now), words, now, "1")
    _tell(question, ASKED_OF_YOU, _office(duty), words, now, "1")


def tell_transferred(question: Question, duty: Duty, now: datetime) -> None:
    words = _words(question, duty)
    _tell(question, TRANSFERRED, _asking(question, now), words, now, str(duty.transfers))
    _tell(question, ASKED_OF_YOU, _office(duty), words, now, f"t{duty.transfers}")


def tell_paused(question: Question, duty: Duty, why: str, now: datetime) -> None:
    short = why[:60] if not question.is_private else ""
    _tell(
        question,
        PAUSED,
        _asking(question, now),
        _words(question, duty, why=short),
        now,
        str(int(now.timestamp())),
    )


def tell_assigned(question: Question, duty: Duty, now: datetime) -> None:
    _tell(question, ASSIGNED, _office(duty), _words(question, duty), now, str(int(now.timestamp())))


def tell_answered(question: Question, answer: Answer, now: datetime) -> None:
    words = _words(question, None, office=answer.office.name)
    _tell(question, ANSWERED, _signers(question, now), words, now, str(answer.round))


def tell_overdue(question: Question, duty: Duty, now: datetime) -> None:
    """The asker and the office that owes it; and whoever answers for the office above."""
    assert duty.above is not None and duty.next_due is not None
    key = f"{duty.round}:{duty.above_id.hex if duty.above_id else ''}"
    words = _words(question, duty, above=duty.above.name)
    _tell(question, OVERDUE, list(dict.fromkeys([*_asking(question, now), *_office(duty)])), words, now, key)
    head = head_of(duty.above, local_date(now))
    if head is not None:
        last = duty.next_due.astimezone(SHANGHAI) - SECOND
        words |= {"month": last.month, "day": last.day}
        _tell(question, OVERDUE_DESK, [head.person_id], words, now, key)


def tell_contested(question: Question, duty: Duty, now: datetime) -> None:
    _tell(question, CONTESTED, _office(duty), _words(question, duty), now, str(duty.round))


def tell_lapsed(question: Question, now: datetime) -> None:
    _tell(question, LAPSED, _signers(question, now), _words(question, None), now, "1")
