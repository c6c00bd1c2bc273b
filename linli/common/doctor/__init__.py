"""The doctor: what is wrong with this instance and what to do about it, in plain words.

An app adds its own check with `@doctor.check`, on a function of the time that gives lines; `AppConfig.ready` imports it.
A check changes nothing and shows nobody's data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(IntEnum):
    """How bad it is. Only WRONG makes `linli doctor` fail."""

    WELL = 0
    SOON = 1
    WRONG = 2


@dataclass(frozen=True)
class Words:
    """A translatable text with what is put into it; turned into the reader's language when it is read."""

    text: Promise | str
    parts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.text) % self.parts if self.parts else str(self.text)


@dataclass(frozen=True)
class Line:
    """One thing looked at: what it is, how it stands, and what to do."""

    key: str
    name: Promise | str
    level: Level
    what: Words
    todo: Words | None = None


def well(key: str, name: Promise | str, text: Promise | str, **parts: Any) -> Line:
    return Line(key, name, Level.WELL, Words(text, parts))


def wrong(key: str, name: Promise | str, text: Promise | str, todo: Promise | str, *, soon: bool = False, **parts: Any) -> Line:
    """`text` says what is wrong, `todo` what to do; `soon`: not yet, but it will be. Both may use `parts`."""
    return Line(key, name, Level.SOON if soon else Level.WRONG, Words(text, parts), Words(todo, parts))


Check = Callable[[datetime], Iterable[Line]]
_checks: dict[str, tuple[int, Check, bool]] = {}


def check(order: int, *, page: bool = True) -> Callable[[Check], Check]:
    """Register a check. `page=False`: too slow for the operator's page."""

    def register(function: Check) -> Check:
        _checks[f"{function.__module__}.{function.__name__}"] = (order, function, page)
        return function

    return register


def examine(now: datetime, *, page: bool = False) -> list[Line]:
    """Every check's lines; a check that breaks is a finding itself."""
    lines: list[Line] = []
    for name, (_order, function, on_page) in sorted(_checks.items(), key=lambda one: (one[1][0], one[0])):
        if page and not on_page:
            continue
        try:
            lines += function(now)
        except Exception as error:
            away = isinstance(error, (DatabaseError, InterfaceError))
            if away and any(line.key == "database" and line.level == Level.WRONG for line in lines):
                continue  # said already
            short = name.rpartition(".")[2]
            lines.append(
                wrong(
                    short, short.replace("_", " "), _("没查成：%(error)s"),
                    _("先解决上面别的问题，再查一次；还不行，就看 log/linli.log"), error=type(error).__name__,
                )
            )  # fmt: skip
    return lines


def worst(lines: Iterable[Line]) -> Level:
    return max((line.level for line in lines), default=Level.WELL)
