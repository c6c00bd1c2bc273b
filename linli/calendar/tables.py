"""Reading a table of days: CSV with date, kind (off or work) and reason. Pure but for the packaged files."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import clean

PACKAGED = "packaged"  # the source of a table that came with the software
COLUMNS = ("date", "kind", "reason")
KINDS = ("off", "work")
REASON = 40
MOST_BYTES = 200_000
FIRST_YEAR, LAST_YEAR = 1990, 2199


def _fill(text: object, facts: Mapping[str, object]) -> str:
    return str(text) % facts


filled = lazy(_fill, str)  # a command says it in both languages


@dataclass(frozen=True)
class Line:
    day: date
    kind: str
    reason: str


@dataclass(frozen=True)
class Table:
    """One year's table; it may name the last days of the year before and the first of the next."""

    year: int
    lines: tuple[Line, ...]

    @property
    def digest(self) -> str:
        """What the table says, as a hash: the same table loaded twice is one."""
        text = "\n".join(f"{line.day},{line.kind},{line.reason}" for line in self.lines)
        return hashlib.sha256(f"{self.year}\n{text}".encode()).hexdigest()

    @property
    def pairs(self) -> list[tuple[date, str]]:
        return [(line.day, line.kind) for line in self.lines]


def read(data: bytes) -> Table:
    """The table in a file. Raises UserError that names the line."""
    if len(data) > MOST_BYTES:
        raise UserError(_("文件太大，一年的放假表不超过 200 KB"))
    rows = csv.reader(io.StringIO(_text(data)))
    head = [cell.strip().lower() for cell in next(rows, [])]
    if head != list(COLUMNS):
        raise UserError(_("第 1 行应是 date,kind,reason"))
    lines: dict[date, Line] = {}
    try:
        for cells in rows:
            if any(cell.strip() for cell in cells):
                line = _line(cells, rows.line_num)
                if line.day in lines:
                    raise _wrong(rows.line_num, filled(_("%(day)s 写了两次"), {"day": line.day}))
                lines[line.day] = line
    except csv.Error:
        raise _wrong(rows.line_num, _("这一行读不懂")) from None
    if not lines:
        raise UserError(_("表里没有日期"))
    return Table(_year(list(lines)), tuple(lines[day] for day in sorted(lines)))


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(_("文件不是 UTF-8 也不是 GB 18030 编码的文本"))


def _wrong(number: int, text: object) -> UserError:
    return UserError(filled(_("第 %(n)d 行：%(text)s"), {"n": number, "text": text}))


def _line(cells: list[str], number: int) -> Line:
    if len(cells) != len(COLUMNS):
        raise _wrong(number, filled(_("应有 3 列，这里有 %(n)d 列"), {"n": len(cells)}))
    text, kind, reason = (clean(cell).strip() for cell in cells)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _wrong(number, filled(_("日期应写作 2026-01-31，这里是“%(text)s”"), {"text": text[:20]})) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _wrong(number, filled(_("年份 %(year)d 不对"), {"year": day.year}))
    if kind not in KINDS:
        raise _wrong(number, filled(_("kind 应是 off（放假）或 work（调休上班），这里是“%(text)s”"), {"text": kind[:20]}))
    if len(reason) > REASON:
        raise _wrong(number, filled(_("事由最多 %(n)d 字"), {"n": REASON}))
    return Line(day, kind, reason)


def _year(days: list[date]) -> int:
    """The year that most rows have; others may only be December before or January after it."""
    (year, most), *others = Counter(day.year for day in days).most_common()
    if others and others[0][1] == most:
        raise UserError(filled(_("看不出是哪一年的表：%(a)d 年和 %(b)d 年的日期一样多"), {"a": year, "b": others[0][0]}))
    for day in sorted(days):
        if day.year != year and (day.year, day.month) not in {(year - 1, 12), (year + 1, 1)}:
            raise UserError(filled(_("这是 %(year)d 年的表，%(day)s 不属于它"), {"year": year, "day": day}))
    return year


@cache
def packaged() -> dict[int, Table]:
    """The tables that come with the software: the State Council's notices."""
    folder = resources.files("linli.calendar") / "data"
    found = [read(path.read_bytes()) for path in folder.iterdir() if path.name.endswith(".csv")]
    return {table.year: table for table in sorted(found, key=lambda table: table.year)}
