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

from .models import Duty, Question, QuestionStep
from .rules import SETTLES, Done, QuestionState, Visibility

S = QuestionState
SECOND = timedelta(seconds=1)
MOST_PANES = 34
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
    return ngettext("超期第 %(n)d 个工作日", "超期第 %(n)d 个工作日", days) % {"n": days} if days else _("刚超期")


def status(question: Question, now: datetime, table: Days) -> Status:
    """What a reader wants to know first."""
    duty = question.duty
    if question.withdrawn:
        return Status(_("已撤回"))
    if question.is_gathering:
        return Status(_("联署 %(n)d/%(all)d 人") % {"n": question.signed, "all": question.needed}, "accent", "users")
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
        return Status(_("停表，最晚%(day)s答复") % {"day": dates.day_text(last_day(duty.due, duty.due_day), now)}, TODAY, "clock")
    day = last_day(duty.due, duty.due_day)
    if day == local_date(now):
        return Status(_("今天到期"), TODAY, "clock")
    return Status(_("%(day)s前答复") % {"day": dates.day_text(day, now)}, "", "clock")


def _rated(duty: Duty) -> Status:
    words = {"yes": (_("解决了"), "good", "done"), "partly": (_("解决了一部分"), "good", "check"), "no": (_("答了，没解决"), "wait", "info")}
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


# The clock


def panes(duty: Duty, now: datetime, table: Days) -> dict[str, Any] | None:
    """The working days of a duty for `design/days.html`; None where they would be too many to look at."""
    start, end = local_date(duty.started_at), last_day(duty.due, duty.due_day)
    today = local_date(duty.answered_at or now)
    found: list[str] = []
    day = start
    while day < max(end, today) and len(found) <= MOST_PANES:
        day += timedelta(days=1)
        if not table.is_working(day):
            if found and found[-1] != "off" and day not in (end, today):
                found.append("off")
            continue
        found.append(_pane(day, end, today, answered=duty.answered_at is not None))
        if day == end:
            found.append("end")
    if len(found) > MOST_PANES or not found:
        return None
    label = _("从%(a)s起算，到%(b)s是期限") % {"a": dates.day_text(start, now), "b": dates.day_text(end, now)}
    return {
        "days": found, "end_label": _("期限 %(day)s") % {"day": dates.day_text(end, now)}, "label": label, "keys": True,
        "from_text": _("%(day)s提出，次日起算") % {"day": dates.day_text(start, now)},
        "today_text": (_("%(day)s答复") if duty.answered_at else _("今天 %(day)s")) % {"day": dates.day_text(today, now)},
    }  # fmt: skip


def _pane(day: date, end: date, today: date, *, answered: bool) -> str:
    late = "late " if day > end else ""
    if day == today and not answered:
        return f"{late}now".strip()
    if day > today:
        return ""
    return late.strip() or "gone"


def promise(question: Question, duty: Duty, now: datetime) -> tuple[str, str]:
    """The head of the clock's box, and its colour."""
    end = dates.day_text(last_day(duty.due, duty.due_day), now)
    if duty.answered_at is not None:
        words = _("应在%(end)s前答复，%(day)s答了") % {"end": end, "day": dates.day_text(duty.answered_at, now)}
        return words, "bad b" if duty.was_late(now) else "good b"
    if duty.due <= now:
        return _("应在%(end)s前答复，今天是%(day)s") % {"end": end, "day": dates.day_text(now, now)}, "bad b"
    if duty.paused_at is not None:
        return _("停表中，最晚%(end)s") % {"end": end}, "b"
    return _("最晚%(end)s答复") % {"end": end}, "b"


# The history


def timeline(question: Question, steps: Iterable[QuestionStep], now: datetime) -> list[dict[str, Any]]:
    """The newest first; what comes next on top."""
    said = list(steps)
    owing = {step.to_id for step in said if step.done in (Done.ROUTE, Done.TRANSFER, Done.CONTEST)}
    quiet = {Done.MOVE} if question.joint else {Done.MOVE, Done.ASK}
    rows = [_entry(step, now, question, step.body_id in owing) for step in said if step.done not in quiet]
    if rows and question.is_owed:
        rows[0]["state"] = rows[0]["state"] or "now"
    ahead = coming(question, now)
    return [{"title": ahead, "state": "todo"}, *rows] if ahead else rows


def _entry(step: QuestionStep, now: datetime, question: Question, owes: bool) -> dict[str, Any]:
    office = step.body.name if step.body is not None else ""
    to = step.to.name if step.to is not None else ""
    asker = who(question)
    title = {
        Done.ASK: _("%(who)s提出，征集联署"), Done.ROUTE: _("%(who)s向%(to)s提问，期限起算"),
        Done.TRANSFER: _("%(office)s转给%(to)s，期限不变"), Done.PAUSE: _("%(office)s停表"), Done.RESUME: _("恢复计时"),
        Done.NOTE: _("%(office)s：进展") if owes else _("%(office)s督办"), Done.ASSIGN: _("%(office)s换了负责人"), Done.ESCALATE: _("到期没答，升级到%(to)s"),
        Done.ANSWER: _("%(office)s答复"), Done.RATE: _("%(who)s评价：没解决，%(stars)s 分"),
        Done.ACCEPT: _("%(who)s认可：%(solved)s，%(stars)s 分"), Done.CONTEST: _("%(who)s提出异议，由%(to)s再答"),
        Done.CLOSE: _("没有异议，结束"), Done.LAPSE: _("联署没满，到期"), Done.WITHDRAW: _("%(who)s撤回"),
    }[Done(step.done)]  # fmt: skip
    facts = {
        "who": asker, "office": office, "to": to, "stars": step.stars or "", "solved": step.get_solved_display() if step.solved else "",
    }  # fmt: skip
    meta = [dates.moment_text(step.at, now)]
    if step.done == Done.ESCALATE:
        meta.append(_("到期自动"))
    return {"title": title % facts, "state": "bad" if step.done == Done.ESCALATE else "", "meta": meta, "text": step.text}


def coming(question: Question, now: datetime) -> str:
    """What happens next if nobody does anything."""
    duty = question.duty
    if question.is_gathering:
        return _("还差 %(n)d 人联署，满了就交给%(office)s") % {"n": max(question.needed - question.signed, 0), "office": question.asked_of.name}
    if question.is_owed and duty is not None and duty.next_due is not None:
        day = dates.day_text(last_day(duty.next_due), now)
        return _("%(day)s前还不答复，自动升一级，公开挂出") % {"day": day} if duty.above is None else _("%(day)s前还不答复，再升一级") % {"day": day}
    if question.state == S.ANSWERED and question.answered_at is not None and question.contested_at is None:
        return _("%(day)s前可以提一次异议") % {"day": dates.day_text(question.answered_at + SETTLES, now)}
    return ""


def owner(duty: Duty, facts: Any) -> dict[str, Any]:
    """Who answers, for `design/owner.html`."""
    person = f"{duty.post.person.display_name}·{duty.post.title}" if duty.post is not None else _("还没有负责人")
    rows = [{"label": _("近 90 天"), "value": _("%(all)d 问，答了 %(n)d") % {"all": facts.received, "n": facts.answered},
             "url": reverse("deliberation:office", args=[duty.office_id])}]  # fmt: skip
    if facts.late_mille is not None:
        rows.append({"label": _("超期率"), "value": percent(facts.late_mille), "kind": "bad" if facts.late else ""})
    if duty.above is not None:
        rows.append({"label": _("督办"), "value": duty.above.name, "url": reverse("deliberation:office", args=[duty.above_id])})
    return {"name": duty.office.name, "person": person, "rows": rows}


def percent(mille: int | None) -> str:
    """`12.5%`; a dash where nothing was counted."""
    return "—" if mille is None else f"{mille // 10}.{mille % 10}%" if mille % 10 else f"{mille // 10}%"


def tenths(value: int | None) -> str:
    return "—" if value is None else f"{value // 10}.{value % 10}"


def length(twice: int | None) -> str:
    """Twice a number of minutes as days and hours."""
    if twice is None:
        return "—"
    hours = twice // 120
    if hours < 1:
        return _("不到 1 小时")
    if hours < 24:
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    days, rest = divmod(hours, 24)
    words = ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}
    return words + (ngettext(" %(n)d 小时", " %(n)d 小时", rest) % {"n": rest} if rest else "")
