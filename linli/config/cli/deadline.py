"""`linli deadline`: when a period ends that begins on a day or at a moment."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from typing import TYPE_CHECKING

from linli.common.errors import UserError
from linli.config import instance

from . import setup

if TYPE_CHECKING:
    from linli.calendar.rules import Days

HELP = "算到期日：起点、数量、单位 · when a period ends"
UNITS = ("minute", "hour", "natural-day", "working-day")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("start", metavar="START", help="2025-09-30 或 2025-09-30T17:00+08:00 · a date or a moment")
    parser.add_argument("amount", metavar="AMOUNT", help="正整数 · a whole number")
    parser.add_argument("unit", metavar="UNIT", help=" | ".join(UNITS))
    parser.add_argument(
        "--roll", action="store_true", help="最后一天放假就顺延（民法典 203 条） · a last day off rolls to the next working day"
    )


def run(args: argparse.Namespace) -> int:
    start, amount = start_of(args.start), amount_of(args.amount)
    if args.unit not in UNITS:
        raise UserError(f"单位应是 {'、'.join(UNITS)} 之一 · a unit is one of these: {args.unit}")
    days = loaded_days()
    from linli.calendar import rules

    try:
        period = rules.Period(amount, rules.Unit(args.unit), args.roll)
    except ValueError:
        most = rules.MAX_AMOUNT[args.unit]
        raise UserError(f"数量应在 1 到 {most} 之间 · an amount is 1 to {most}: {amount}") from None
    print(rules.due(start, period, days))
    return 0


def start_of(text: str) -> date | datetime:
    """A date alone, or a moment; without an offset it is Shanghai's. Raises UserError."""
    try:
        start = date.fromisoformat(text) if len(text) <= 10 else datetime.fromisoformat(text)
    except ValueError:
        start = None
    if start is None or not 1950 <= start.year <= 2199:
        raise UserError(
            "起点写作 2025-09-30 或 2025-09-30T17:00+08:00，年份 1950 到 2199 · "
            f"a start looks like this, from 1950 to 2199: {text}"
        )
    return start


def amount_of(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise UserError(f"数量应是正整数 · an amount is a whole number above 0: {text}")
    return int(text)


def loaded_days() -> Days:
    """The instance's tables where there is one, else those that come with the software."""
    setup.django()
    if instance.load() is None:
        from linli.calendar import rules, tables

        return rules.merge((year, table.pairs) for year, table in tables.packaged().items())
    from django.db import DatabaseError

    from linli.calendar import api

    try:
        return api.days()
    except DatabaseError:
        raise UserError("数据库还没准备好，先运行 linli prepare · the database is not ready: run `linli prepare`") from None
