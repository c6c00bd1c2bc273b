"""The directory as a table: the columns that offices know, read in any order, written to be read again."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.calendar.api import Holidays, Hours, read_hours, write_hours
from linli.common.errors import UserError
from linli.common.sheets import Column, Value
from linli.common.text import fold

from .directory_rules import (
    USUAL,
    Facts,
    Group,
    read_numbers,
    read_position,
    read_words,
    write_numbers,
    write_position,
)

# key: the names that a column may have, the one we write first; its width
COLUMNS: dict[str, tuple[tuple[str, ...], int]] = {
    "name": (("名称", "服务名称", "name"), 20),
    "phones": (("电话", "联系电话", "号码", "phone"), 30),
    "group": (("类别", "分组", "group"), 8),
    "wants": (("能办什么", "服务内容", "事项", "wants"), 30),
    "organisation": (("单位", "单位全称", "机构", "organisation"), 24),
    "address": (("地址", "address"), 24),
    "place": (("服务范围", "为哪里服务", "范围", "place"), 18),
    "position": (("位置", "纬度经度", "position"), 24),
    "hours": (("开门时间", "服务时间", "营业时间", "工作时间", "hours"), 34),
    "holidays": (("放假的日子", "节假日", "holidays"), 18),
    "languages": (("会说", "语言", "languages"), 16),
    "rank": (("常用", "排序", "rank"), 6),
    "verified": (("核对日期", "上次核对", "verified"), 12),
    "note": (("备注", "说明", "note"), 24),
    "id": (("编号", "id"), 38),
}
REQUIRED = ("name", "phones")
GROUPS = {Group.EVERYDAY: "日常", Group.ADVICE: "咨询", Group.COMPLAINT: "投诉"}
HOLIDAYS = {Holidays.OFFICIAL: "按国家放假和调休", Holidays.CLOSED: "放假休息，调休不变", Holidays.OPEN: "节假日照常"}
Places = Mapping[str, int | None]  # folded name → key; None where several are called so


def columns() -> list[Column]:
    return [Column(names[0], width) for names, width in COLUMNS.values()]


def place_names(pairs: list[tuple[int, str, str]]) -> Places:
    """Of (key, name, name of the place above): by either alone where that is clear, by both together always."""
    found: dict[str, int | None] = {}
    for key, name, _above in pairs:
        found[_squeezed(name)] = None if found.get(_squeezed(name), key) != key else key
    for key, name, above in pairs:
        found[_squeezed(above + name)] = key
    return found


def _squeezed(text: str) -> str:
    return fold(text).replace(" ", "")


def row_of(facts: Facts, place: str) -> list[Value]:
    """One line; a number as text, so that nothing is cut off it."""
    values: dict[str, Value] = {
        "name": facts.name, "phones": write_numbers(facts.phones), "group": GROUPS[facts.group], "wants": "，".join(facts.wants),
        "organisation": facts.organisation, "address": facts.address, "place": place, "position": write_position(facts.lat, facts.lon),
        "hours": write_hours(facts.hours), "holidays": HOLIDAYS[facts.hours.holidays] if facts.hours.known else "",
        "languages": "，".join(facts.languages), "rank": facts.rank, "note": facts.note,
        "verified": facts.verified_on.isoformat() if facts.verified_on else "", "id": str(facts.id or ""),
    }  # fmt: skip
    return [values[key] for key in COLUMNS]


def find_columns(headers: list[str], header_line: int, rows: list[Any]) -> dict[str, int]:
    """Which column is what. Raises UserError for merged heads and for what is missing."""
    widest = max((max((n for n, cell in enumerate(cells, start=1) if cell), default=0) for _line, cells in rows), default=0)
    blank = [n for n in range(1, widest + 1) if n > len(headers) or not headers[n - 1]]
    folded = [fold(header) for header in headers]
    found = {}
    for key, (names, _width) in COLUMNS.items():
        at = next((folded.index(fold(name)) for name in names if fold(name) in folded), None)
        if at is not None:
            found[key] = at
    if blank:
        raise UserError(
            format_lazy(
                _("第 {line} 行的表头有合并的单元格：第 {columns} 列没有名字。请取消合并，一列写一个名字，再传一次"),
                line=header_line, columns="、".join(map(str, blank[:8])),
            ),
            field="file",
        )  # fmt: skip
    missing = [COLUMNS[key][0][0] for key in REQUIRED if key not in found]
    if missing:
        raise UserError(
            format_lazy(
                _("第 {line} 行是表头，里面缺少这几列：{missing}。现有：{headers}"),
                line=header_line, missing="、".join(missing), headers="、".join(h for h in headers if h),
            ),
            field="file",
        )  # fmt: skip
    return found


def read_rows(at: Mapping[str, int], rows: list[Any], places: Places, otherwise: int) -> Iterator[tuple[int, str, Facts | UserError]]:
    """Line, name, and the entry or what is wrong with it."""
    for line, cells in rows:
        cell = {key: cells[n].strip() if n < len(cells) else "" for key, n in at.items()}
        try:
            yield line, cell["name"], _facts(cell, places, otherwise)
        except UserError as error:
            yield line, cell.get("name", ""), error


def _facts(cell: dict[str, str], places: Places, otherwise: int) -> Facts:
    lat, lon = read_position(cell.get("position", ""))
    holidays = _one_of(HOLIDAYS, cell.get("holidays", ""), Holidays.OFFICIAL, "holidays")
    read = read_hours(cell.get("hours", ""), holidays)
    rank = cell.get("rank", "") or str(USUAL)
    if not rank.isdecimal() or int(rank) > 9:
        raise UserError(_("“常用”写 1 到 9，1 排在最前"), field="rank")
    return Facts(
        name=cell["name"], group=_one_of(GROUPS, cell.get("group", ""), Group.EVERYDAY, "group"), phones=read_numbers(cell["phones"]),
        place=find_place(cell.get("place", ""), places, otherwise), organisation=cell.get("organisation", ""),
        wants=read_words(cell.get("wants", "")), address=cell.get("address", ""), lat=lat, lon=lon, hours=read if read.known else Hours(),
        languages=read_words(cell.get("languages", "")), note=cell.get("note", ""), rank=int(rank), verified_on=_day(cell.get("verified", "")),
        id=read_id(cell.get("id", "")),
    )  # fmt: skip


def _one_of[K](names: Mapping[K, str], text: str, usual: K, field: str) -> K:
    if not text:
        return usual
    wanted = fold(text)
    for key, name in names.items():
        if wanted in (fold(name), fold(str(key))):
            return key
    raise UserError(format_lazy(_("“{text}”没看懂，可以写：{names}"), text=text[:20], names="、".join(names.values())), field=field)


def find_place(text: str, places: Places, otherwise: int) -> int:
    """Raises UserError (place) for a name that nobody or several have."""
    if not text:
        return otherwise
    key = _squeezed(text)
    if key not in places:
        raise UserError(format_lazy(_("服务范围“{text}”不在您管的地方里"), text=text[:40]), field="place")
    found = places[key]
    if found is None:
        raise UserError(format_lazy(_("叫“{text}”的地方有几个，请把上一级也写上"), text=text[:40]), field="place")
    return found


def _day(text: str) -> date | None:
    plain = unicodedata.normalize("NFKC", text)
    if not plain:
        return None
    digits = "".join(mark if mark.isdigit() else "-" for mark in plain).strip("-")
    try:
        year, month, day = (int(part) for part in digits.split("-")[:3])
        return date(year, month, day)
    except ValueError:
        raise UserError(format_lazy(_("核对日期“{text}”没看懂，请写成 2026-05-19"), text=text[:20]), field="verified") from None


def read_id(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise UserError(_("编号是导出时带出来的，请不要改；新的一条把编号空着"), field="id") from None


