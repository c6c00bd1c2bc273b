"""Questions in words: how far each is, who asked, its clock as panes, its history as a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.calendar.api import Days, working_days_between
from linli.common.clock import local_date
from linli.design import dates

from .models import Duty, Question
from .rules import QuestionState, Visibility

S = QuestionState
SECOND = timedelta(seconds=1)
TODAY, LATE = "wait", "over"


@dataclass(frozen=True)
class Status:
    """A word, a shape and a colour."""

    text: str
    kind: str = ""
    icon: str = ""


def last_day(moment: datetime, day: date | None = None) -> date:
    """The last day in time of a clock."""
    return day or local_date(moment - SECOND)


def late_days(duty: Duty, now: datetime, table: Days) -> int:
    """Working days since the last day in time, today too."""
    until = local_date(duty.answered_at or now)
    return max(working_days_between(last_day(duty.due, duty.due_day), until, table), 0)


def late_words(days: int) -> str:
    return (
        ngettext("超期第 %(n)d 个工作日", "超期第 %(n)d 个工作日", days) % {"n": days}
        if days
        else _("刚超期")
    )


def status(question: Question, now: datetime, table: Days) -> Status:
    """What a reader wants to know first."""
    duty = question.duty
    if question.withdrawn:
        return Status(_("已撤回"))
    if question.is_gathering:
        return Status(
            _("联署 %(n)d/%(all)d 人") % {"n": question.signed, "all": question.needed}, "accent", "users"
        )
    if question.is_owed and duty is not None:
        return _owed(duty, now, table)
    if question.put_at is None:
        return Status(_("联署没满，到期"))
    if duty is not None and duty.rated_at is not None:
        return _rated(duty)
    return Status(_("已答复"), "good", "check")


def _owed(duty: Duty, now: datetime, table: Days) -> Status:
    if duty.due <= now:
        return Status(late_words(late_days(duty, now, table)), LATE, "alert")
    if duty.paused_at is not None:
        return Status(
            _("停表，最晚%(day)s答复") % {"day": dates.day_text(last_day(duty.due, duty.due_day), now)},
            TODAY,
            "clock",
        )
    day = last_day(duty.due, duty.due_day)
    if day == local_date(now):
        return Status(_("今天到期"), TODAY, "clock")
    return Status(_("%(day)s前答复") % {"day": dates.day_text(day, now)}, "", "clock")


def _rated(duty: Duty) -> Status:
    words = {
        "yes": (_("解决了"), "good", "done"),
        "partly": (_("解决了一部分"), "good", "check"),
        "no": (_("答了，没解决"), "wait", "info"),
    }
    return Status(*words[duty.solved])


def who(question: Question) -> str:
    """Whom readers see as the asker."""
    if question.asker_body is not None:
        return question.asker_body.name
    if question.asker is None:
        return _("已注销的住户")
    if question.visibility == Visibility.NAMELESS:
        return _("一位住户，不显示姓名")
    return question.asker.display_name


def line(question: Question, now: datetime, table: Days) -> dict[str, Any]:
    """A line of a list."""
    duty = question.duty
    marks = [status(question, now, table)]
    if question.is_hidden:
        marks.append(Status(_("被隐去"), "bad", "lock"))
    if question.is_owed and duty is not None and duty.above is not None:
        marks.append(Status(_("已升级到%(office)s") % {"office": duty.above.name}, "wait", "rise"))
    if question.state == S.CONTESTED:
        marks.append(Status(_("有异议，再答"), "wait", "transfer"))
    return {"question": question, "duty": duty, "marks": marks, "meta": _meta(question, duty, now)}


def _meta(question: Question, duty: Duty | None, now: datetime) -> list[str]:
    found = [_("由%(office)s答复") % {"office": duty.office.name}] if duty is not None else []
    if duty is None:
        found = [_("问%(office)s") % {"office": question.asked_of.name}]
    found += [question.place.name, dates.day_text(question.put_at or question.asked_at, now)]
    others = neighbours(question)
    return [*found, others_words(others)] if others else found


def neighbours(question: Question) -> int:
    """How many others ask the same."""
    return max(question.signed - (1 if question.asker_body_id is None else 0), 0)


def others_words(n: int) -> str:
    return ngettext("%(n)d 人也想知道", "%(n)d 人也想知道", n) % {"n": n}


def lines(questions: Iterable[Question], now: datetime, table: Days) -> list[dict[str, Any]]:
    return [line(question, now, table) for question in questions]


def owner(duty: Duty, facts: Any) -> dict[str, Any]:
    """Who answers, for `design/owner.html`."""
    person = (
        f"{duty.post.person.display_name}·{duty.post.title}" if duty.post is not None else _("还没有负责人")
    )
    rows = [{"label": _("近 90 天"), "value": _("%(all)d 问，答了 %(n)d") % {"all": facts.received, "n": facts.answered},
             "url": reverse("deliberation:office", args=[duty.office_id])}]  # fmt: skip
    if facts.late_mille is not None:
        rows.append(
            {"label": _("超期率"), "value": percent(facts.late_mille), "kind": "bad" if facts.late else ""}
        )
    if duty.above is not None:
        rows.append(
            {
                "label": _("督办"),
                "value": duty.above.name,
                "url": reverse("deliberation:office", args=[duty.above_id]),
            }
        )
    return {"name": duty.office.name, "person": person, "rows": rows}


def percent(mille: int | None) -> str:
    """`12.5%`; a dash where nothing was counted."""
    return "—" if mille is None else f"{mille // 10}.{mille % 10}%" if mille % 10 else f"{mille // 10}%"


def tenths(value: int | None) -> str:
    return "—" if value is None else f"{value // 10}.{value % 10}"


def length(twice: int | None) -> str:
    """Twice a number of minutes as days and hours."""
    return "—" if twice is None else dates.span_text(timedelta(minutes=twice) / 2)
