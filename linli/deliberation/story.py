"""A question's clock as panes of days, and its history as a timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from linli.calendar.api import Days
from linli.common.clock import local_date
from linli.design import dates

from .models import Duty, Question, QuestionStep
from .rules import SETTLES, Done, QuestionState
from .words import last_day, who

S = QuestionState
MOST_PANES = 34


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
        words = _("应在%(end)s前答复，%(day)s答了") % {
            "end": end,
            "day": dates.day_text(duty.answered_at, now),
        }
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
    return {
        "title": title % facts,
        "state": "bad" if step.done == Done.ESCALATE else "",
        "meta": meta,
        "text": step.text,
    }


def coming(question: Question, now: datetime) -> str:
    """What happens next if nobody does anything."""
    duty = question.duty
    if question.is_gathering:
        return _("还差 %(n)d 人联署，满了就交给%(office)s") % {
            "n": max(question.needed - question.signed, 0),
            "office": question.asked_of.name,
        }
    if question.is_owed and duty is not None and duty.next_due is not None:
        day = dates.day_text(last_day(duty.next_due), now)
        return (
            _("%(day)s前还不答复，自动升一级，公开挂出") % {"day": day}
            if duty.above is None
            else _("%(day)s前还不答复，再升一级") % {"day": day}
        )
    if question.state == S.ANSWERED and question.answered_at is not None and question.contested_at is None:
        return _("%(day)s前可以提一次异议") % {"day": dates.day_text(question.answered_at + SETTLES, now)}
    return ""
