"""The three rates: what counts, what is left out, and shares as integers over integers. Pure.

A case counts in the month (Shanghai) in which it was closed. *Response*: whom the unit spoke with in time, of all that
count. *Solved*: who said that it is solved, of all who said anything. *Satisfied*: 4 or 5 of 5, of all who gave a mark.
Left out by rule: refused, withdrawn and duplicate ones, and one body's part of a joint case. Who was not reached stands in
a bucket of its own: he counts for the response, not for the other two.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.common.clock import start_of

from .words import Result

LEFT_OUT = (Result.WITHDRAWN, Result.DUPLICATE)
SATISFIED = 4


class Rate(models.TextChoices):
    RESPONSE = "response", _("响应率")
    SOLVED = "solved", _("解决率")
    SATISFIED = "satisfied", _("满意率")


class Part(models.TextChoices):
    """The lists behind the numbers."""

    YES = "yes", _("做到的")
    ALL = "all", _("算进去的")
    UNREACHED = "unreached", _("联系不上的")
    LEFT_OUT = "left_out", _("没有算进去的")


@dataclass(frozen=True)
class Share:
    """`yes` of `all`, never a float."""

    yes: int = 0
    all: int = 0

    @property
    def mille(self) -> int | None:
        """In thousandths, half up; None of nothing."""
        return (2000 * self.yes + self.all) // (2 * self.all) if self.all else None

    @property
    def text(self) -> str:
        """`87.5%`; a dash of nothing."""
        if self.mille is None:
            return "—"
        whole, tenth = divmod(self.mille, 10)
        return f"{whole}.{tenth}%" if tenth else f"{whole}%"

    def is_less(self, other: Share) -> bool:
        """By cross-multiplication; nothing is less than anything."""
        return self.yes * other.all < other.yes * self.all if self.all and other.all else not self.all and bool(other.all)


def month_of(text: str, today: date) -> date:
    """`2026-05` as its first day; the present month for anything else or what is still to come."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if found <= today else today.replace(day=1)


def next_month(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def bounds(first: date) -> tuple[datetime, datetime]:
    """From the first moment of the month until that of the next."""
    return start_of(first), start_of(next_month(first))
