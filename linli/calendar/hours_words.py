"""Opening hours in the reader's language, and whether it is open now."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from linli.common import clock
from linli.design import dates

from .hours import Hours, Open, Status, hours_text


def shown_hours(hours: Hours) -> str:
    """In the reader's language."""
    return hours_text(
        hours, [dates.weekday_text(date(2024, 1, n)) for n in range(1, 8)], every=_("每天"), to=_("至"), always=_("24 小时"),
        between=_("，"), ends=_("；"),
    )  # fmt: skip


def status_words(status: Status, now: datetime) -> str:
    """`开着，到 17:00`, `今天 13:30开`, `周一 8:30开`, `24 小时`."""
    if status.kind == Open.ALWAYS:
        return _("24 小时")
    if status.kind == Open.UNKNOWN:
        return ""
    if status.change is None:
        return _("最近不开")
    when = status.change.astimezone(clock.SHANGHAI)
    time = f"{when.hour}:{when.minute:02d}"
    if status.kind == Open.OPEN:
        return _("开着，到 %(time)s") % {"time": time}
    away = (when.date() - clock.local_date(now)).days
    day = {0: _("今天"), 1: _("明天")}.get(away) or (dates.weekday_text(when) if away < 7 else dates.day_text(when, now))
    return _("%(day)s %(time)s开") % {"day": day, "time": time}
