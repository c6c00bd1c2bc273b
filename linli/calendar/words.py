"""Periods in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .rules import Period, Unit

UNIT_LABELS = {
    Unit.WORKING_DAY: _("工作日"), Unit.NATURAL_DAY: _("自然日"), Unit.HOUR: _("小时"), Unit.MINUTE: _("分钟"),
}  # fmt: skip


def said(period: Period) -> str:
    """`3 个工作日`."""
    words = {
        Unit.WORKING_DAY: ngettext("%(n)d 个工作日", "%(n)d 个工作日", period.amount),
        Unit.NATURAL_DAY: ngettext("%(n)d 天", "%(n)d 天", period.amount),
        Unit.HOUR: ngettext("%(n)d 小时", "%(n)d 小时", period.amount),
        Unit.MINUTE: ngettext("%(n)d 分钟", "%(n)d 分钟", period.amount),
    }
    return words[period.unit] % {"n": period.amount}
