"""The period in which a claim to a home is decided: with holidays, and by the rule of its place on the day it was made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from linli.common import clock
from linli.people.api import bring_claim_clock

from . import queries
from .kinds import RuleKind, register_rule
from .models import DeadlineRule
from .rules import Days, Period, Unit, due

CLAIM = register_rule(
    RuleKind("residency.claim", _("核实住处认领"), _("居民提交认领"), Period(3, Unit.WORKING_DAY))
)


def claim_days(claims: Iterable[tuple[datetime, str]]) -> list[date]:
    """The last day of each; two small queries however many claims."""
    rules = list(DeadlineRule.objects.filter(key=CLAIM.key).select_related("place"))
    table = queries.days()
    return [_last_day(at, path, rules, table) for at, path in claims]


def _last_day(at: datetime, path: str, rules: list[DeadlineRule], table: Days) -> date:
    day = clock.local_date(at)
    there = [rule for rule in rules if path.startswith(rule.place.path) and rule.valid_from <= day]
    rule = max(there, key=lambda one: (one.place.level, one.version), default=None)
    found = due(at, rule.period if rule else CLAIM.default, table)
    return found.day or clock.local_date(found.moment)


bring_claim_clock(claim_days)
