"""Until when a mandate may run, and how it is said aloud. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.common.errors import UserError

from .rules import MANDATE_MAX_DAYS, MandateHow, MandateScope

GIVEN_AT_ONCE = 10  # mandates of one person in force at the same time
RECORDED = (MandateHow.IN_PERSON, MandateHow.PAPER, MandateHow.PHONE)  # ways in which staff take one down


class Period(models.TextChoices):
    """How long, as people say it. The other value is a day of one's own choice."""

    MONTH = "30", gettext_lazy("一个月")
    HALF = "182", gettext_lazy("半年")
    YEAR = "365", gettext_lazy("一年")
    LONGEST = "730", gettext_lazy("两年，这是最长的")
    DAY = "day", gettext_lazy("到我选的那天")


def last_day_of(period: str, chosen: date | None, today: date) -> date:
    """The last day on which the mandate counts. Raises UserError where a chosen day is missing."""
    if period != Period.DAY:
        return today + timedelta(days=int(period) - 1)
    if chosen is None:
        raise UserError(_("请选到哪一天为止"), field="until")
    return chosen


def end_of(last_day: date, today: date) -> date:
    """The day from which it no longer counts. Raises UserError for the past and for more than two years."""
    if last_day < today:
        raise UserError(_("这一天已经过去了，请选今天或以后"), field="until")
    until = last_day + timedelta(days=1)
    if (until - today).days > MANDATE_MAX_DAYS:
        raise UserError(_("最长两年，请选早一点的日子"), field="until")
    return until


def clean_scopes(scopes: Iterable[str]) -> list[str]:
    """In the order of the closed set; "all" stands for the others. Raises UserError for none or an unknown one."""
    chosen = set(scopes)
    if not chosen or not chosen <= set(MandateScope.values):
        raise UserError(_("请选可以替您办哪些事"), field="scopes")
    if MandateScope.ALL in chosen:
        return [MandateScope.ALL.value]
    return [scope.value for scope in MandateScope if scope in chosen]


def scope_words(scopes: Iterable[str]) -> str:
    """The scopes in words, joined as the language joins them."""
    known = [str(MandateScope(scope).label) for scope in scopes if scope in MandateScope.values]
    return str(_("；")).join(known)


def read_back(*, principal: str, agent: str, scopes: Iterable[str], day: str) -> str:
    """What staff say aloud on the telephone before they take it down."""
    return _(
        "我念一遍，您听对不对。%(principal)s，您请%(agent)s替您办这些事：%(scopes)s。到%(day)s为止。"
        "您什么时候不愿意了，打个电话就撤回。对吗？"
    ) % {"principal": principal, "agent": agent, "scopes": scope_words(scopes), "day": day}
