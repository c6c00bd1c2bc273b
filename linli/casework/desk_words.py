"""A line of a desk's list in words: what, where, who, and how long there is still."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.areas.api import Area, Level
from linli.common.clock import SHANGHAI, local_date

from .models import Case
from .queries.desk import Show
from .rules.states import CaseState
from .rules.words import Alarm, Urgency
from .themes import theme

_MARK = {
    Alarm.REMINDED: ("", "clock"), Alarm.YELLOW: ("wait", "clock"), Alarm.RED: ("over", "alert"), Alarm.SUPERVISED: ("over", "flag"),
}  # fmt: skip


def length(seconds: int) -> str:
    """`40 分钟`, `3 小时`, `2 天`: rounded down, so that nothing is promised that is not there."""
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if hours < 1:
        return ngettext("%(n)d 分钟", "%(n)d 分钟", minutes) % {"n": minutes}
    if hours < 48:
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours}
    return ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}


def left(due: datetime | None, now: datetime) -> tuple[str, str]:
    """How long there is still, or how late it is; and the colour."""
    if due is None:
        return _("不计时"), ""
    seconds = int((due - now).total_seconds())
    if seconds <= 0:
        return _("超期 %(long)s") % {"long": length(-seconds)}, "bad"
    return _("还有 %(long)s") % {"long": length(seconds)}, "wait" if seconds < 4 * 3600 else ""


def moment_of(case: Case, column: str) -> datetime | None:
    """The date by which the list goes, as a moment."""
    value: Any = getattr(case, "due" if column == "submitted_at" else column)
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime.combine(value, time(9), SHANGHAI)
    return value if isinstance(value, datetime) else None


def state(case: Case) -> str:
    """As handlers say it: the states' own words speak to the reporter where it is his turn."""
    return _("等反映人") if case.state in (CaseState.ASKED, CaseState.WAITING) else str(case.get_state_display())


def marks(case: Case, now: datetime) -> list[dict[str, str]]:
    """State first, then what is unusual: a word, a shape, a colour."""
    found = [{"text": state(case), "kind": "", "icon": ""}]
    if case.is_overdue(now):
        found.append({"text": _("答复超期"), "kind": "over", "icon": "alert"})
    elif case.alarm in _MARK:
        kind, icon = _MARK[Alarm(case.alarm)]
        found.append({"text": str(Alarm(case.alarm).label), "kind": kind, "icon": icon})
    if case.urgency in (Urgency.EMERGENCY, Urgency.URGENT):
        urgent = case.urgency == Urgency.EMERGENCY
        found.append({"text": _("有危险") if urgent else _("急"), "kind": "bad" if urgent else "wait", "icon": "bolt"})
    if case.returns:
        text = ngettext("退过 %(n)d 次", "退过 %(n)d 次", case.returns) % {"n": case.returns}
        found.append({"text": text, "kind": "wait", "icon": "reply"})
    if case.parent_id is not None:
        found.append({"text": _("协办"), "kind": "accent", "icon": "users"})
    elif case.group is not None:
        size = case.group.size
        found.append({"text": ngettext("同样的 %(n)d 件", "同样的 %(n)d 件", size) % {"n": size}, "kind": "accent", "icon": "users"})
    return found


def places(cases: Iterable[Case]) -> dict[int, str]:
    """Where each is, from the community down, in one query."""
    areas = {case.place_id: case.place for case in cases}
    above = Area.objects.in_bulk({pk for area in areas.values() for pk in area.ancestor_ids})
    names = {}
    for pk, area in areas.items():
        chain = [above[key] for key in area.ancestor_ids if key in above and above[key].level >= Level.COMMUNITY]
        names[pk] = " ".join(one.name for one in [*chain, area])
    return names


def lines(cases: list[Case], show: Show, now: datetime) -> list[dict[str, Any]]:
    where = places(cases)
    return [line(case, show, now, where[case.place_id]) for case in cases]


def line(case: Case, show: Show, now: datetime, place: str) -> dict[str, Any]:
    words, kind = left(moment_of(case, show.order), now)
    who = [case.unit.name] if case.unit else []
    if case.holder is not None:
        who.append(case.holder.person.display_name)
    where = " ".join(filter(None, [place, case.spot_text]))
    return {
        "case": case, "code": case.code_said, "marks": marks(case, now), "clock": words, "clock_kind": kind,
        "meta": [str(theme(case.theme)), where, *who],
    }  # fmt: skip




def heads() -> list[str]:
    return [
        _("查询码"), _("事由"), _("类别"), _("地方"), _("具体位置"), _("种类"), _("急缓"), _("状态"), _("办理单位"), _("经办人"), _("提交"), _("应答复"),
        _("超期"), _("退单次数"), _("转办次数"),
    ]  # fmt: skip


def row(case: Case, now: datetime, place: str) -> list[str | int]:
    """A line of the exported table: nothing of the reporter."""
    return [
        case.code or "", case.title, str(theme(case.theme)), place, case.spot_text, str(case.get_kind_display()),
        str(case.get_urgency_display()), state(case), case.unit.name if case.unit else "",
        case.holder.person.display_name if case.holder else "", _stamp(case.submitted_at), _stamp(case.due),
        _("是") if case.is_overdue(now) else "", case.returns, case.transfers,
    ]  # fmt: skip


def _stamp(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def today(case: Case, now: datetime) -> bool:
    return case.unit_due is not None and local_date(case.unit_due) <= local_date(now)
