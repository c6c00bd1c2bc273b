"""A case in plain words for whoever reported it: what happened, what was promised, what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.common import clock
from linli.design import dates

from .models import Case, CaseStep
from .rules.promise import last_day
from .rules.states import CaseState
from .rules.words import CALLS_WITHIN, REOPEN_WITHIN

S = CaseState
# What the reporter reads; an event that is not here is the handlers' own business.
TITLES: dict[str, Any] = {
    "submit": gettext_lazy("提交，得到查询码，由%(to)s受理"), "accept": gettext_lazy("%(body)s受理了"), "refuse": gettext_lazy("%(body)s没有受理"),
    "ask_more": gettext_lazy("%(body)s请您补充"), "respond": gettext_lazy("您补充了"), "lapse": gettext_lazy("没等到补充，接着办"),
    "answer_now": gettext_lazy("%(body)s直接答复了"), "appeal": gettext_lazy("您申诉了，由%(to)s再看"), "transfer": gettext_lazy("转给%(to)s受理，期限不变"),
    "dispatch": gettext_lazy("派给%(to)s办"), "sign": gettext_lazy("%(body)s签收了"), "auto_sign": gettext_lazy("到时间没签收，自动算签收"),
    "return": gettext_lazy("%(body)s想退回，说不归他们办；期限不变"), "approve_return": gettext_lazy("同意退回，重新派"),
    "reject_return": gettext_lazy("没同意退回，还由%(to)s办"), "adjudicate": gettext_lazy("上一级裁定由%(to)s办，不能再退"),
    "contact": gettext_lazy("%(body)s联系过您"), "suspend": gettext_lazy("暂时办不了，先挂账"), "resume": gettext_lazy("接着办了"),
    "reply": gettext_lazy("%(body)s办完了，受理的人正在核"), "approve": gettext_lazy("%(body)s核过，答复您"), "reject": gettext_lazy("核下来还没办好，退回重办"),
    "follow": gettext_lazy("和您并在一起的那件答复了"), "attempt": gettext_lazy("%(body)s给您打过电话"), "close": gettext_lazy("办结"),
    "withdraw": gettext_lazy("您撤回了"), "extend": gettext_lazy("批准延期"), "move": gettext_lazy("放假调休变了，日期跟着变"),
    "group": gettext_lazy("和邻居报的同一件事并在一起办"), "ungroup": gettext_lazy("单独办"), "reopen": gettext_lazy("要求重办，换一个期限"),
    "rate": gettext_lazy("评价"), "add": gettext_lazy("您补充了"), "archive": gettext_lazy("归档，联系方式已抹掉"),
}  # fmt: skip
_DATES = ("submit", "extend", "move", "promise", "respond", "lapse")


def due_text(due: datetime, day: Any, now: datetime) -> str:
    """`5月22日`; a promise of hours with its time."""
    if day is None and due - now < timedelta(days=2):
        return dates.moment_text(due, now)
    return dates.day_text(last_day(due, day), now)


def promised_text(case: Case) -> str:
    return due_text(case.due, case.due_day, clock.now()) if case.due is not None else ""


def timeline(case: Case, steps: Iterable[CaseStep], now: datetime) -> list[dict[str, Any]]:
    """For `design/timeline.html`: what comes next on top, then the newest first."""
    rows = [_entry(step, now) for step in steps if step.event in TITLES]
    if rows and case.is_open:
        rows[0]["state"] = rows[0]["state"] or "now"
    ahead = coming(case, now)
    return [{"title": ahead, "state": "todo"}, *rows] if ahead else rows


def _entry(step: CaseStep, now: datetime) -> dict[str, Any]:
    names = {"body": step.body.name if step.body is not None else "", "to": step.to.name if step.to is not None else ""}
    meta = [dates.moment_text(step.at, now)]
    if step.due is not None and step.event in ("submit", "extend", "move"):
        meta.append(_("最晚%(day)s答复") % {"day": due_text(step.due, step.due_day, step.at)})
    if step.review_on is not None:
        meta.append(_("%(day)s复查") % {"day": dates.day_text(step.review_on, now)})
    if step.result and not step.outcome:
        meta.append(str(step.get_result_display()))
    if step.outcome:
        meta.append(f"{step.get_outcome_display()} · {_('%(n)d 分') % {'n': step.stars or 0}}")
    bad = step.event in ("refuse", "auto_sign", "reject")
    return {"title": TITLES[step.event] % names, "state": "bad" if bad else "", "meta": meta, "text": step.told}


def coming(case: Case, now: datetime) -> str:
    """What happens next if nobody does anything."""
    if case.state in (S.ASKED, S.WAITING) and case.stage_due is not None:
        return _("等您补充，到%(day)s；没等到就接着办") % {"day": due_text(case.stage_due, None, now)}
    if case.state == S.SUSPENDED and case.review_on is not None:
        return _("%(day)s复查，看能不能接着办") % {"day": dates.day_text(case.review_on, now)}
    if case.is_open and case.due is not None:
        return _("最晚%(day)s答复您") % {"day": due_text(case.due, case.due_day, now)}
    if case.state == S.CALL_BACK and case.answered_at is not None:
        return _("等您评价，到%(day)s；没有回音会打电话问您") % {"day": dates.day_text(case.answered_at + CALLS_WITHIN, now)}
    if case.state == S.CLOSED and case.closed_at is not None and not case.reopens and case.closed_at + REOPEN_WITHIN > now:
        return _("没办好，%(day)s前可以要求重办一次") % {"day": dates.day_text(case.closed_at + REOPEN_WITHIN, now)}
    return ""


def promise(case: Case, steps: Iterable[CaseStep], now: datetime) -> dict[str, Any] | None:
    """For `design/promise.html`: the first date, every later one with its reason, and what became of it."""
    if case.first_due is None or case.due is None:
        return None
    given = [step for step in steps if step.event in _DATES and step.due is not None]
    given.sort(key=lambda step: (step.at, step.pk))
    days = [(last_day(step.due, step.due_day), step) for step in given if step.due is not None]
    first = days[0][0] if days else last_day(case.first_due)
    changes, why, before = [], "", first
    for day, step in days[1:]:
        if day != before:
            changes.append(day)
            why = step.told or str(TITLES.get(step.event, _("您要求重办")) % {"body": "", "to": ""})
            before = day
    now_day = last_day(case.due, case.due_day)
    if now_day != before:
        changes.append(now_day)
        why = why or _("等您补充的时间不算在内")
    late = case.answered_at is not None and case.answered_at >= case.due
    return {"first": first, "changes": changes, "done": case.answered_at, "late": late, "why": why}


# The state in one sentence, with the colour of its note


def headline(case: Case, now: datetime) -> tuple[str, str]:
    """What has happened and what one can do, first; the kind of the note."""
    unit = case.unit.name if case.unit is not None else ""
    desk = case.desk.name if case.desk is not None else ""
    late = case.is_overdue(now)
    said: dict[str, str] = {
        S.SUBMITTED: _("%(desk)s收到了，正在看归谁办"), S.ASKED: _("%(desk)s请您补充几句"), S.REFUSED: _("%(desk)s没有受理，原因和别的办法写在下面"),
        S.ACCEPTED: _("%(desk)s受理了，马上派单"), S.DISPATCHED: _("派给%(unit)s了，等他们签收"), S.RETURNING: _("%(unit)s想退回，正在定归谁办"),
        S.SIGNED: _("%(unit)s正在办"), S.WAITING: _("%(unit)s要您配合一下"), S.SUSPENDED: _("暂时办不了，到日子复查"),
        S.REPLIED: _("%(unit)s办完了，%(desk)s正在核"), S.CALL_BACK: _("答复了，请您看看办好了没有"), S.CLOSED: _("办结了：%(result)s"),
        S.ARCHIVED: _("已经归档"),
    }  # fmt: skip
    text = said.get(case.state, "") % {"unit": unit, "desk": desk, "result": case.get_result_display() if case.result else ""}
    if late:
        return _("超期了：%(said)s") % {"said": text}, "bad"
    kinds = {S.ASKED: "wait", S.WAITING: "wait", S.CALL_BACK: "good", S.CLOSED: "good", S.REFUSED: "bad"}
    return text, kinds.get(CaseState(case.state), "")
