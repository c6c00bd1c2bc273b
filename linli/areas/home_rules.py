"""Reading the rows of an office's list of homes. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import clean, fold

Text = str | Promise

COLUMNS: dict[str, tuple[str, ...]] = {  # data: what offices call their columns
    "building": ("楼栋", "楼号", "幢号", "栋号", "幢", "栋", "楼", "楼幢", "座", "building"),
    "entrance": ("单元", "单元号", "门栋", "梯", "entrance", "unit"),
    "room": ("房号", "室号", "房间号", "房间", "户号", "室", "门牌", "门牌号", "room", "door"),
    "floor": ("楼层", "层", "所在层", "层次", "floor"),
    "floor_area": ("建筑面积", "面积", "产权面积", "建筑面积（㎡）", "建筑面积(㎡)", "建筑面积（平方米）", "面积（㎡）", "floor area", "area"),
    "use": ("用途", "房屋用途", "使用性质", "规划用途", "use"),
}
REQUIRED = ("building", "room")
LABELS: dict[str, Text] = {
    "building": _("楼栋"),
    "entrance": _("单元"),
    "room": _("房号"),
    "floor": _("楼层"),
    "floor_area": _("建筑面积"),
    "use": _("用途"),
}
USES: dict[str, tuple[str, ...]] = {  # data: how uses are written
    "dwelling": ("住宅", "住房", "居住", "自住", "成套住宅", "dwelling"),
    "shop": ("商铺", "商业", "店铺", "门面", "商业服务", "shop"),
    "office": ("办公", "办公用房", "写字楼", "物业用房", "社区用房", "office"),
    "garage": ("车库", "车位", "车棚", "garage"),
    "store": ("储藏间", "储藏室", "杂物间", "地下室", "仓储", "store"),
    "other": ("其他", "其它", "other"),
}
_USE_OF = {word: use for use, words in USES.items() for word in words}
MOST_AREA = 100_000_000  # 0.001 m²: a hectare
MOST_FLOORS = 150
_NUMBERED = re.compile(r"(?P<number>[0-9]+|[A-Za-z])\s*(?P<word>幢|栋|号楼|号|座|楼|单元|门|梯)?")  # data
_ROOM = re.compile(r"(?P<below>-|B|b|负|地下)?(?P<floor>[0-9]{1,3})(?P<column>[0-9]{2})(?P<letter>[A-Za-z]?)")  # data
_FLOOR = re.compile(r"(?P<below>-|B|b|负|地下)?(?P<floor>[0-9]{1,3})\s*[层楼Ff]?")  # data
_UNITS = re.compile(r"\s*(㎡|平方米|平米|平方|m2|m²)$")  # data


@dataclass(frozen=True)
class HomeRow:
    """One home as the list says; `floor_area` in 0.001 m², None where the list says nothing; `use` likewise empty."""

    line: int
    building: str
    entrance: str
    room: str
    floor: int
    column: int
    floor_area: int | None
    use: str

    @property
    def key(self) -> tuple[str, str, str]:
        return number_key(self.building), number_key(self.entrance), fold(self.room)


@dataclass(frozen=True)
class BadRow:
    line: int
    cells: tuple[str, ...]
    reason: Text


class _Bad(Exception):
    def __init__(self, reason: Text) -> None:
        self.reason = reason


def number_key(text: str) -> str:
    """What makes two spellings the same building or entrance: `3`, `3幢`, `3 号楼` are one."""
    plain = fold(text)
    found = _NUMBERED.fullmatch(plain)
    return found["number"].lstrip("0") or "0" if found else plain


def numbered(text: str, word: str) -> str:
    """`3`, `3幢` → `3 幢`: the office's measure word, else the given one; other names stay."""
    found = _NUMBERED.fullmatch(fold(text))
    return f"{found['number'].upper()} {found['word'] or word}" if found else text


def read_rows(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int]
) -> tuple[list[HomeRow], list[BadRow]]:
    """The homes of the rows, and what is wrong with the others, each with its line."""
    good: list[HomeRow] = []
    bad: list[BadRow] = []
    first: dict[tuple[str, str, str], int] = {}
    for line, cells in rows:
        shown = tuple(_cell(cells, columns, key) for key in COLUMNS if key in columns)
        try:
            row = _read(line, {key: _cell(cells, columns, key) for key in columns})
            if row.key in first:
                raise _Bad(format_lazy(_("和第 {line} 行是同一户"), line=first[row.key]))
        except _Bad as error:
            bad.append(BadRow(line, shown, error.reason))
        else:
            first[row.key] = line
            good.append(row)
    return good, bad


def _cell(cells: Sequence[str], columns: Mapping[str, int], key: str) -> str:
    at = columns[key]
    return cells[at].strip() if at < len(cells) else ""


def _read(line: int, cells: Mapping[str, str]) -> HomeRow:
    building, entrance = cells["building"], cells.get("entrance", "")
    room = cells["room"].removesuffix("室").strip()  # data
    if not building:
        raise _Bad(_("没有写楼栋"))
    if not room:
        raise _Bad(_("没有写房号"))
    if max(len(building), len(entrance), len(room)) > 20:
        raise _Bad(_("楼栋、单元、房号最多 20 个字"))
    floor, column = _place(room, cells.get("floor", ""))
    return HomeRow(
        line=line,
        building=numbered(building, "幢"),  # data
        entrance=numbered(entrance, "单元") if entrance else "",  # data
        room=room,
        floor=floor,
        column=column,
        floor_area=_area(cells.get("floor_area", "")),
        use=_use(cells.get("use", "")),
    )


def _place(room: str, floor_text: str) -> tuple[int, int]:
    """Floor and column: the floor as given, else from the room number (`403`: 4 and 3; `B102`: -1 and 2)."""
    found = _ROOM.fullmatch(room)
    column = max(1, int(found["column"])) if found else int((re.findall(r"[0-9]+", room) or ["1"])[-1][-2:]) or 1
    if found and found["letter"]:
        column = column * 26 + ord(found["letter"].upper()) - 65
    if floor_text:
        given = _FLOOR.fullmatch(floor_text)
        if not given:
            raise _Bad(format_lazy(_("楼层“{text}”看不懂，请写数字，地下写 -1"), text=floor_text[:10]))
        floor = int(given["floor"]) * (-1 if given["below"] else 1)
    elif found:
        floor = int(found["floor"]) * (-1 if found["below"] else 1)
    else:
        raise _Bad(format_lazy(_("从房号“{room}”看不出楼层，请加一列楼层"), room=room))
    if floor == 0 or abs(floor) > MOST_FLOORS:
        raise _Bad(format_lazy(_("楼层 {floor} 不对：没有 0 层，最高 {most} 层"), floor=floor, most=MOST_FLOORS))
    return floor, column


def _area(text: str) -> int | None:
    """0.001 m² from `67.48`, exactly."""
    text = _UNITS.sub("", text.replace(",", ""))
    if not text:
        return None
    try:
        thousandths = Decimal(text) * 1000
    except InvalidOperation as error:
        raise _Bad(format_lazy(_("面积“{text}”不是数字"), text=text[:12])) from error
    if not thousandths.is_finite() or not 0 < thousandths <= MOST_AREA:
        raise _Bad(_("面积应大于 0，不超过 100000 平方米"))
    if thousandths != int(thousandths):
        raise _Bad(_("面积最多三位小数"))
    return int(thousandths)


def read_floor_area(text: str) -> int | None:
    """0.001 m² as somebody typed it; None for nothing. Raises UserError."""
    try:
        return _area(clean(text))
    except _Bad as error:
        raise UserError(error.reason, field="floor_area") from None


def _use(text: str) -> str:
    if not text:
        return ""
    if fold(text) not in _USE_OF:
        words = "、".join(words[0] for words in USES.values())
        raise _Bad(format_lazy(_("用途“{text}”不认识，可以写：{words}"), text=text[:10], words=words))
    return _USE_OF[fold(text)]
