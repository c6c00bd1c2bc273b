"""A new version of a place's rule. What runs under a former one keeps it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
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
    """Write the next version, in force from a day on (today). What the last version says already is not said again.

    The caller has asked for the right to do it. Raises UserError for a day in the past, or before that of the last version.
    """
    today = clock.local_date(now)
    if valid_from is not None and valid_from < today:
        raise UserError(_("规则不能从过去的日期起生效"), field="valid_from")
    Area.objects.select_for_update().get(pk=place.pk)
    last = DeadlineRule.objects.filter(place=place, key=key).order_by("-version").first()
    begins = valid_from or today
    if last is not None and (last.period, last.pause_cap, last.valid_from) == (period, pause_cap, begins):
        return last
    if last is not None and last.valid_from > begins:
        raise UserError(_("上一版从更晚的日期起生效，新的一版不能在它之前"), field="valid_from")
    rule = DeadlineRule.objects.create(
        place=place, key=key, version=last.version + 1 if last else 1, amount=period.amount, unit=period.unit, roll=period.roll,
        pause_cap=pause_cap, starts=starts, valid_from=begins, made_at=now,
        made_by=by.person_id if by else None,
    )  # fmt: skip
    detail = {"key": key, "version": rule.version, "amount": period.amount, "unit": str(period.unit)}
    audit.record(actor=by, action="deadline_rule.set", subject=rule, place=place, detail=detail, now=now)
    return rule
