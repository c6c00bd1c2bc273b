"""Events in words: when, what it costs, whether there is room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.common.money import show_yuan
from linli.design import dates

from .models import Event
from .rules import days_of


@dataclass(frozen=True)
class Status:
    """A word, a shape and a colour."""

    text: str
    kind: str = ""
    icon: str = ""


def status(event: Event, now: datetime) -> Status:
    """What a reader wants to know first."""
    if event.is_cancelled:
        return Status(_("已取消"), "bad", "close")
    if event.state == "draft":
        return Status(_("草稿，还没发布"), "wait", "edit")
    if event.state == "held" or event.ends <= now:
        return Status(_("已结束"))
    if event.starts <= now:
        return Status(_("正在进行"), "good", "clock")
    if not event.with_signup:
        return Status(_("不用报名，直接来"), "good", "check")
    if not event.takes_signups(now):
        return Status(_("报名截止"), "wait", "lock")
    return _room(event)


def _room(event: Event) -> Status:
    if event.room is None:
        return Status(_("可以报名"), "good", "check")
    if event.room:
        return Status(_("还有 %(n)d 个位子") % {"n": event.room}, "good", "check")
    if not event.with_queue:
        return Status(_("报满了"), "wait", "users")
    if event.queued:
        return Status(_("报满了，%(n)d 人候补") % {"n": event.queued}, "wait", "users")
    return Status(_("报满了，可以候补"), "wait", "users")


def clock_text(moment: datetime) -> str:
    here = timezone.localtime(moment)
    return f"{here.hour}:{here.minute:02d}"


def when(event: Event, now: datetime) -> str:
    """`5月23日 周六 14:00—16:00`; over several days both days are named."""
    first, last = days_of(event.starts, event.ends)
    begin = f"{dates.day_text(first, now)} {dates.weekday_text(first)} {clock_text(event.starts)}"
    if first == last:
        return f"{begin}—{clock_text(event.ends)}"
    return f"{begin}—{dates.day_text(last, now)} {dates.weekday_text(last)} {clock_text(event.ends)}"


def fee(fen: int) -> str:
    return _("%(yuan)s 元") % {"yuan": show_yuan(fen)} if fen else _("免费")


def line(event: Event, now: datetime) -> dict[str, Any]:
    """A line of a list."""
    return {
        "event": event,
        "at": clock_text(event.starts),
        "status": status(event, now),
        "day": days_of(event.starts, event.ends)[0],
    }


def kv(event: Event, now: datetime) -> list[dict[str, Any]]:
    """The facts of an event's page."""
    from django.urls import reverse

    rows: list[dict[str, Any]] = [
        {"label": _("时间"), "value": when(event, now)},
        {"label": _("地点"), "value": event.where},
        {"label": _("主办"), "value": event.body.name, "url": reverse("people:body", args=[event.body_id])},
        {"label": _("费用"), "value": fee(event.fee)},
    ]
    if event.with_signup:
        who = _("%(place)s的居民") % {"place": event.place.name}
        if event.companions:
            who += "，" + _("每人最多带 %(n)d 位") % {"n": event.companions}
        rows.append({"label": _("谁能报"), "value": who})
        rows.append({"label": _("名额"), "value": places(event)})
        if event.signup_until:
            rows.append({"label": _("报名截止"), "value": dates.moment_text(event.signup_until, now)})
    if event.contact:
        rows.append({"label": _("联系"), "value": event.contact})
    return rows


def places(event: Event) -> str:
    if event.capacity is None:
        return _("不限，已报 %(n)d 人") % {"n": event.taken}
    return _("%(all)d 个，已报 %(n)d 人") % {"all": event.capacity, "n": event.taken}
