"""A new version of a place's rule. What runs under a former one keeps it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.areas.api import Area
from linli.common import audit, clock
from linli.common.errors import UserError

from ..models import DeadlineRule
from ..rules import Period


@transaction.atomic
def set_rule(
    *,
    place: Area,
    key: str,
    period: Period,
    by: audit.Actor | None,
    now: datetime,
    pause_cap: int | None = None,
    starts: str = "",
    valid_from: date | None = None,
) -> DeadlineRule:
    """Write the next version, in force from a day on (today). Raises UserError for a day in the past.

    The caller has asked for the right to do it.
    """
    today = clock.local_date(now)
    if valid_from is not None and valid_from < today:
        raise UserError(_("规则不能从过去的日期起生效"), field="valid_from")
    Area.objects.select_for_update().get(pk=place.pk)
    last = DeadlineRule.objects.filter(place=place, key=key).aggregate(n=Max("version"))["n"] or 0
    rule = DeadlineRule.objects.create(
        place=place, key=key, version=last + 1, amount=period.amount, unit=period.unit, roll=period.roll,
        pause_cap=pause_cap, starts=starts, valid_from=valid_from or today, made_at=now,
        made_by=by.person_id if by else None,
    )  # fmt: skip
    detail = {"key": key, "version": rule.version, "amount": period.amount, "unit": str(period.unit)}
    audit.record(actor=by, action="deadline_rule.set", subject=rule, place=place, detail=detail, now=now)
    return rule
