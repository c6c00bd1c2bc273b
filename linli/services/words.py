"""Service items in words: how long, what it costs, how a paper is given, what became different."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.calendar.api import Days, Period, Unit, due, said
from linli.common.money import show_yuan
from linli.design import dates

from .content import Content, Material, Needed, Step
from .rules import Depth, Form, Kind, Level, LifeEvent, Pace, Source, Special

ICONS = {
    LifeEvent.BIRTH: "heart", LifeEvent.SCHOOL: "text", LifeEvent.MOVE: "home", LifeEvent.RENT: "key", LifeEvent.WORK: "wrench",
    LifeEvent.ILL: "health", LifeEvent.RETIRE: "clock", LifeEvent.DISABLED: "users", LifeEvent.HARDSHIP: "help",
    LifeEvent.PET: "star", LifeEvent.HELP: "thumb",
}  # fmt: skip


def limit(amount: int, unit: str) -> str:
    """`5 个工作日`."""
    return said(Period(amount, Unit(unit)))


def pace(content: Content) -> str:
    return (
        limit(content.promised_amount, content.promised_unit)
        if content.pace == Pace.PROMISED and content.promised_amount
        else _("当场办完")
    )


def legal(content: Content) -> str:
    return limit(content.legal_amount, content.legal_unit) if content.legal_amount else _("没有规定")


def fee(content: Content) -> str:
    return _("%(yuan)s 元") % {"yuan": show_yuan(content.fee)} if content.fee else _("不收费")


def visits(content: Content) -> str:
    if not content.visits:
        return _("一趟也不用")
    return ngettext("%(n)d 趟", "%(n)d 趟", content.visits) % {"n": content.visits}


def facts(content: Content) -> list[dict[str, str]]:
    """What people ask first."""
    return [
        {"label": _("多久办完"), "value": pace(content)},
        {"label": _("收费"), "value": fee(content)},
        {"label": _("要跑几趟"), "value": visits(content)},
        {"label": _("法定期限"), "value": legal(content)},
    ]


def done_by(content: Content, now: datetime, days: Days) -> str:
    """The day until which it is done where one applies today; empty where it is done at once."""
    if content.pace != Pace.PROMISED or not content.promised_amount:
        return ""
    end = due(now, Period(content.promised_amount, Unit(content.promised_unit)), days)
    return dates.day_text(end.day, now) if end.day else dates.moment_text(end.moment, now)


def line(content: Content) -> str:
    """The short facts under a name in a list."""
    parts = [pace(content), fee(content)]
    if content.home_visit:
        parts.append(_("可以上门"))
    return "·".join(parts)


# Materials and steps


@dataclass(frozen=True)
class Paper:
    """A material as a row of the page."""

    name: str
    how: str
    where: str
    ready: bool  # nobody has to bring it
    only_if: str


def papers(found: Needed) -> list[Paper]:
    """What has to be brought first, what is already there after it."""
    rows = [
        Paper(row.name, how(row), whence(row), row.source != Source.SELF, found.open.get(row, ""))
        for row in found.materials
    ]
    return sorted(rows, key=lambda row: row.ready)


def how(row: Material) -> str:
    if row.source == Source.BASE:
        return _("已经有，不用交")
    if row.source == Source.AGENCY:
        return _("我们去调，不用交")
    words = str(Form(row.form).label)
    if row.copies > 1:
        words += " " + ngettext("%(n)d 份", "%(n)d 份", row.copies) % {"n": row.copies}
    return words


def whence(row: Material) -> str:
    parts = [row.where]
    if row.valid_days:
        parts.append(ngettext("%(n)d 天以内开的", "%(n)d 天以内开的", row.valid_days) % {"n": row.valid_days})
    if row.promise:
        parts.append(_("没有的话，签承诺书也行"))
    return "；".join(filter(None, parts))


def bring(found: Needed) -> str:
    """The sentence above the table."""
    ready = len(found.materials) - found.to_bring
    if not found.materials:
        return _("什么都不用带。")
    if not found.to_bring:
        return _("什么都不用带，要的材料我们都有。")
    words = ngettext("要带 %(n)d 样。", "要带 %(n)d 样。", found.to_bring) % {"n": found.to_bring}
    if ready:
        words += ngettext(
            "另外 %(n)d 样我们已经有或者去调，不用您交。",
            "另外 %(n)d 样我们已经有或者去调，不用您交。",
            ready,
        ) % {"n": ready}
    return words


def way(found: Needed) -> list[dict[str, Any]]:
    """The steps for the timeline."""
    return [
        {
            "title": row.name,
            "state": "now" if n == 0 else "todo",
            "text": step_text(row),
            "meta": _beside(row, found),
        }
        for n, row in enumerate(found.steps)
    ]


def _beside(row: Step, found: Needed) -> list[str]:
    special = [str(Special(row.special).label)] if row.special else []
    return special + ([_("%(only_if)s才要") % {"only_if": found.open[row]}] if row in found.open else [])


def step_text(row: Step) -> str:
    parts = [row.who]
    if row.amount:
        parts.append(
            limit(row.amount, row.unit)
            if row.counted
            else _("%(time)s，不算在期限里") % {"time": limit(row.amount, row.unit)}
        )
    return "；".join(filter(None, parts))


# The small print


def small_print(content: Content) -> list[dict[str, str]]:
    rows = [
        (_("事项类型"), Kind(content.kind).label),
        (_("由谁决定"), Level(content.level).label),
        (_("主管部门"), content.authority),
        (_("受委托办理"), content.delegated),
        (_("收费依据"), content.fee_basis),
        (_("名额"), content.quota),
        (_("能不能异地办"), content.anywhere or _("只在这里办")),
        (_("网上能办到哪一步"), Depth(content.depth).label),
        (_("结果的样子"), content.result_sample),
        (
            _("结果管多久"),
            ngettext("%(n)d 天", "%(n)d 天", content.result_days) % {"n": content.result_days}
            if content.result_days
            else _("长期"),
        ),
    ]
    return [{"label": label, "value": str(value)} for label, value in rows if value]
