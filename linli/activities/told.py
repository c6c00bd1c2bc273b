"""What those who signed up are told. Words hold ids and public words only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.common.clock import SHANGHAI
from linli.messaging.api import Channel, Group, Template, register, tell

from .models import Event, Signup

_SAMPLE = {
    "title": _("缝纫小组教锁边"), "where": _("社区 2 楼"), "month": 5, "day": 23, "time": "14:00",
    "why": _("老师病了"),
}  # fmt: skip


def _template(
    key: str, title: Any, text: Any, sms: Any, channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL)
) -> str:
    register(
        Template(
            key=key, group=Group.AFFAIRS, title=title, text=text, sms=sms, channels=channels, link="activities:mine",
            link_label=_("看我的活动"), sample=_SAMPLE,
        )
    )  # fmt: skip
    return key


SIGNED_UP = _template(
    "activities.signed_up",
    _("替您报名了：%(title)s"),
    _(
        "“%(title)s”%(month)s月%(day)s日 %(time)s 开始，在%(where)s。是按您的意思报的；不对的话，登录后就能取消。"
    ),
    _("替您报名了“%(title)s”，%(month)s月%(day)s日 %(time)s，%(where)s。"),
)
TAKEN_OFF = _template(
    "activities.taken_off",
    _("您的报名取消了：%(title)s"),
    _("%(month)s月%(day)s日的“%(title)s”，主办方替您取消了报名。不对的话，请再报一次或打电话问。"),
    _("%(month)s月%(day)s日“%(title)s”，您的报名已取消。"),
)
PROMOTED = _template(
    "activities.promoted",
    _("轮到您了：%(title)s"),
    _(
        "“%(title)s”有位子了，您已从候补转为报名。%(month)s月%(day)s日 %(time)s 开始，在%(where)s。来不了请取消，让给后面的人。"
    ),
    _("“%(title)s”轮到您了，%(month)s月%(day)s日 %(time)s，%(where)s。来不了请取消。"),
)
REMINDER = _template(
    "activities.reminder",
    _("别忘了：%(title)s"),
    _("“%(title)s”%(month)s月%(day)s日 %(time)s 开始，在%(where)s。来不了请取消，让给候补的人。"),
    _("“%(title)s”%(month)s月%(day)s日 %(time)s 开始，%(where)s。来不了请取消。"),
)
MOVED = _template(
    "activities.moved",
    _("活动改了：%(title)s"),
    _("“%(title)s”的时间或地点改了。现在是%(month)s月%(day)s日 %(time)s，在%(where)s。来不了请取消。"),
    _("“%(title)s”改到%(month)s月%(day)s日 %(time)s，%(where)s。来不了请取消。"),
)
CANCELLED = _template(
    "activities.cancelled",
    _("活动取消：%(title)s"),
    _("%(month)s月%(day)s日的“%(title)s”取消了。原因：%(why)s"),
    _("%(month)s月%(day)s日的“%(title)s”取消：%(why)s"),
)


def _words(event: Event) -> dict[str, Any]:
    at = event.starts.astimezone(SHANGHAI)
    return {
        "title": event.title, "where": event.where, "month": at.month, "day": at.day,
        "time": f"{at.hour}:{at.minute:02d}", "why": event.cancel_why,
    }  # fmt: skip


def _tell(event: Event, template: str, key: str, people: Collection[UUID], now: datetime) -> None:
    if people:
        tell(
            template=template,
            key=f"{template}:{key}",
            people=people,
            context=_words(event),
            place=event.place,
            now=now,
        )


def _there(event: Event) -> list[UUID]:
    return list(Signup.objects.filter(event=event).there().order_by("pk").values_list("person_id", flat=True))


def tell_signed_up(event: Event, row: Signup, now: datetime) -> None:
    """Somebody else did it for him: he is told at once."""
    _tell(event, SIGNED_UP, row.code, [row.person_id], now)


def tell_taken_off(event: Event, row: Signup, now: datetime) -> None:
    _tell(event, TAKEN_OFF, row.code, [row.person_id], now)


def tell_promoted(event: Event, row: Signup, now: datetime) -> None:
    _tell(event, PROMOTED, row.code, [row.person_id], now)


def tell_moved(event: Event, now: datetime) -> None:
    _tell(event, MOVED, f"{event.pk.hex}:{event.version}", _there(event), now)


def tell_cancelled(event: Event, now: datetime) -> None:
    _tell(event, CANCELLED, event.pk.hex, _there(event), now)


def tell_reminder(event: Event, now: datetime) -> None:
    going = Signup.objects.filter(event=event).going().order_by("pk").values_list("person_id", flat=True)
    _tell(event, REMINDER, f"{event.pk.hex}:{int(event.starts.timestamp())}", list(going), now)
