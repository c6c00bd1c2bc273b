"""Dates and times as a neighbour says them: 5月19日, 今天 16:20; 19 May, today 16:20.

The year is named when it is not this year. Times are shown in the current time zone.
"""

import datetime as dt

from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
LONG_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    return timezone.localtime(value) if isinstance(value, dt.datetime) and timezone.is_aware(value) else value


def as_date(value: dt.date | dt.datetime) -> dt.date:
    here = local(value)
    return here.date() if isinstance(here, dt.datetime) else here


def is_english() -> bool:
    return (translation.get_language() or "").startswith("en")


def day_text(value: dt.date | dt.datetime, now: dt.datetime) -> str:
    """`5月19日`, with the year where it is another one than now's. English: `19 May`."""
    date, this_year = as_date(value), as_date(now).year
    if is_english():
        year = "" if date.year == this_year else f" {date.year}"
        return f"{date.day} {MONTHS[date.month - 1]}{year}"
    year = "" if date.year == this_year else f"{date.year}{_('年')}"
    return f"{year}{date.month}{_('月')}{date.day}{_('日')}"


def long_day_text(value: dt.date | dt.datetime) -> str:
    """Always with the year, for papers and proofs: `2026年5月19日`, `19 May 2026`."""
    date = as_date(value)
    if is_english():
        return f"{date.day} {LONG_MONTHS[date.month - 1]} {date.year}"
    return f"{date.year}{_('年')}{date.month}{_('月')}{date.day}{_('日')}"


def moment_text(value: dt.datetime, now: dt.datetime) -> str:
    """`今天 16:20`, `昨天 9:05`, `明天 8:00`, else the day and the time."""
    here = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{near_text(here.date(), as_date(now))} {here.hour}:{here.minute:02d}"


def near_text(day: dt.date, today: dt.date) -> str:
    """`今天`, `昨天`, `明天`, else the day."""
    away = (day - today).days
    if away == 0:
        return _("今天")
    if abs(away) == 1:
        return _("明天") if away > 0 else _("昨天")
    return day_text(day, today)


class Moments:
    """`<time>` for the moments of one page: its days are put into words once, however many moments they have."""

    def __init__(self, now: dt.datetime) -> None:
        self.today, self.zone = as_date(now), timezone.get_current_timezone()
        self.days: dict[dt.date, str] = {}

    def __call__(self, value: dt.datetime) -> SafeString:
        here = value.astimezone(self.zone)
        day = here.date()
        words = self.days.get(day)
        if words is None:
            words = self.days[day] = near_text(day, self.today)
        return SafeString(f'<time datetime="{here.isoformat(timespec="seconds")}">{words} {here.hour}:{here.minute:02d}</time>')


def span_text(span: dt.timedelta) -> str:
    """How long it took, in whole hours and days: `不到 1 小时`, `12 小时`, `3 天 2 小时`."""
    days, hours = divmod(span // dt.timedelta(hours=1), 24)
    if not days:
        return ngettext("%(n)d 小时", "%(n)d 小时", hours) % {"n": hours} if hours else _("不到 1 小时")
    words = ngettext("%(n)d 天", "%(n)d 天", days) % {"n": days}
    return words + (ngettext(" %(n)d 小时", " %(n)d 小时", hours) % {"n": hours} if hours else "")


def weekday_text(value: dt.date | dt.datetime) -> str:
    """`周六`, `Sat`."""
    names = [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]
    return names[as_date(value).weekday()]


def month_text(value: dt.date | dt.datetime) -> str:
    """The month of a date plate: `5月`, `May`."""
    month = as_date(value).month
    return MONTHS[month - 1] if is_english() else f"{month}{_('月')}"
