"""Which archives are kept: the newest of each of the last 7 days, 4 weeks and 12 months. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

DAILY, WEEKLY, MONTHLY = 7, 4, 12
NAME = re.compile(r"^linli-(\d{8}T\d{6})Z\.tar\.gz(\.enc)?$")
SHANGHAI = ZoneInfo("Asia/Shanghai")
Period = Callable[[datetime], tuple[int, ...]]


def name(now: datetime, *, encrypted: bool) -> str:
    return f"linli-{now.astimezone(UTC):%Y%m%dT%H%M%S}Z.tar.gz" + (".enc" if encrypted else "")


def moment(file: str) -> datetime | None:
    """When an archive of this name was made; None where it is no archive of ours."""
    match = NAME.match(file)
    return datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC) if match else None


def _month(at: datetime) -> tuple[int, ...]:
    return at.year, at.month


def _week(at: datetime) -> tuple[int, ...]:
    return tuple(at.isocalendar()[:2])


def _day(at: datetime) -> tuple[int, ...]:
    return at.year, at.month, at.day


def kept(files: Iterable[str]) -> set[str]:
    """The names to keep: by periods that hold an archive, so that a machine that slept keeps its old ones."""
    dated = {file: at.astimezone(SHANGHAI) for file in files if (at := moment(file))}
    newest_first = sorted(dated, key=lambda file: dated[file], reverse=True)
    keep: set[str] = set(newest_first[:1])
    rules: list[tuple[Period, int]] = [(_day, DAILY), (_week, WEEKLY), (_month, MONTHLY)]
    for period, number in rules:
        seen: dict[tuple[int, ...], str] = {}
        for file in newest_first:
            seen.setdefault(period(dated[file]), file)
        keep |= set(list(seen.values())[:number])
    return keep


def superfluous(files: Iterable[str]) -> list[str]:
    """Archives of ours that need not be kept; other files are never named."""
    ours = [file for file in files if moment(file)]
    return sorted(set(ours) - kept(ours))
