"""Writing down who is on duty at a site."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import as_json
from linli.common import audit
from linli.common.errors import NotAllowed
from linli.common.pagecache import bump
from linli.people.api import Actor
from linli.sites.api import S, Site, may_at, noun_tag, place_tag

from ..duty_rules import Duty, tidy
from ..models import DutyLine


@transaction.atomic
def put_on_duty(*, site: Site, duty: Duty, by: Actor, now: datetime, line: DutyLine | None = None) -> DutyLine:
    """A new line, or `line` as it is now. Raises NotAllowed, UserError (name, role, phone, hours)."""
    _require(by, site)
    duty = tidy(duty)
    line = line or DutyLine(site=site)
    line.name, line.role, line.phone, line.hours, line.changed_at = duty.name, duty.role, duty.phone, as_json(duty.hours), now
    line.save()
    audit.record(actor=by, action="duty.write", subject=line, place=site.place, now=now)
    _anew(site)
    return line


@transaction.atomic
def take_off_duty(*, line: DutyLine, by: Actor, now: datetime) -> None:
    """Take a line away. Raises NotAllowed."""
    site = line.site
    _require(by, site)
    audit.record(actor=by, action="duty.remove", subject=line, place=site.place, now=now)
    line.delete()
    _anew(site)


def _require(by: Actor, site: Site) -> None:
    if not may_at(by, S.SITE_EDIT, site):
        raise NotAllowed(_("没有找到"))


def _anew(site: Site) -> None:
    bump(place_tag(site.place_id), noun_tag("duty", site.place_id))
