"""Who is on duty now, and who comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from linli.areas.api import Level, ancestors
from linli.calendar.api import Open, Status, days, status_at
from linli.common import clock
from linli.design import dates
from linli.sites.api import Site, SiteKind

from .duty_rules import SHOWN
from .models import DutyLine


@dataclass(frozen=True)
class Shown:
    """A line as `design/people.html` wants it."""

    line: DutyLine
    status: Status
    now: datetime

    @property
    def name(self) -> str:
        return self.line.name

    @property
    def role(self) -> str:
        return self.line.role

    @property
    def phone(self) -> str:
        return self.line.phone

    @property
    def on_duty(self) -> bool:
        return self.status.kind in (Open.OPEN, Open.ALWAYS)

    @property
    def until(self) -> str:
        """`在岗到 20:30`, `明天 9:00 来`."""
        if self.status.change is None:
            return _("24 小时在岗") if self.on_duty else ""
        when = self.status.change.astimezone(clock.SHANGHAI)
        time = f"{when.hour}:{when.minute:02d}"
        if self.on_duty:
            return _("在岗到 %(time)s") % {"time": time}
        away = (when.date() - clock.local_date(self.now)).days
        day = {0: _("今天"), 1: _("明天")}.get(away) or (dates.weekday_text(when) if away < 7 else dates.day_text(when, self.now))
        return _("%(day)s %(time)s 来") % {"day": day, "time": time}


def lines_at(site: Site) -> QuerySet[DutyLine]:
    """Those of the site itself; of a place also those of the community around it."""
    where = Q(site=site)
    if site.kind == SiteKind.PLACE:
        around = [area.pk for area in ancestors(site.place) if area.level >= Level.COMMUNITY]
        where |= Q(site__kind=SiteKind.PLACE, site__place__in=around)
    return DutyLine.objects.filter(where)


def on_duty(site: Site, now: datetime) -> list[Shown]:
    """Who is there now, then who comes soonest; nobody who does not come in the time that the calendar knows."""
    calendar = days()
    shown = [Shown(line, status_at(line.opening, now, calendar), now) for line in lines_at(site)]
    coming = [one for one in shown if one.on_duty or one.status.change]
    coming.sort(key=lambda one: (not one.on_duty, one.status.change or now, one.line.pk))
    return coming[:SHOWN]
