"""The official table of divisions, read and checked whole before anything is written.

Kept in columns: the whole country is 665,276 rows and has to fit into little memory.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from linli.common.errors import UserError

from ..rules import LEVEL_OF_LENGTH, short_code
from ..tables import MEGABYTE, Table, read_table

Progress = Callable[[int, int], None]

LIMIT = 256 * MEGABYTE
SHOWN = 10  # problems told at once
COLUMNS = {
    "code": ("code", "代码", "统计用区划代码", "区划代码", "编码"),  # data: headers
    "name": ("name", "名称", "区划名称", "单位名称"),  # data: headers
    "parent": ("parent", "上级", "上级代码", "父级代码"),  # data: headers
    "replaces": ("replaces", "原代码", "旧代码", "替代"),  # data: headers
}
MAX_NAME = 80


@dataclass
class Divisions:
    """Rows by index: code and parent as numbers (0: none), name, line; old codes by index where given."""

    codes: array[int] = field(default_factory=lambda: array("q"))
    parents: array[int] = field(default_factory=lambda: array("q"))
    lines: array[int] = field(default_factory=lambda: array("i"))
    names: list[str] = field(default_factory=list)
    replaces: dict[int, list[str]] = field(default_factory=dict)
    index: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.names)

    def level(self, i: int) -> int:
        return level_of_number(self.codes[i])





def level_of_number(code: int) -> int:
    return LEVEL_OF_LENGTH[len(str(code))]


class Problems:
    """What is wrong with the table, by line; told together."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str]] = []

    def add(self, line: int, chinese: str, english: str) -> None:
        self.found.append((line, f"第 {line} 行：{chinese} · line {line}: {english}"))

    def tell(self) -> None:
        """Raises UserError with the first problems where there are any."""
        if not self.found:
            return
        self.found.sort()
        lines = [text for _line, text in self.found[:SHOWN]]
        more = len(self.found) - len(lines)
        if more:
            lines.append(f"还有 {more} 处 · and {more} more")
        lines.append("什么也没有导入 · nothing was imported")
        raise UserError("\n".join(lines))


def read_divisions(path: str | Path, problems: Problems) -> Divisions:
    """Read and check every line by itself. Raises UserError where the file as a whole is unusable."""
    table = read_table(path, limit=LIMIT)
    columns = table.columns(COLUMNS, required=("code", "name", "parent"))
    found = Divisions()
    _read_rows(table, columns, found, problems)
    if not found.names and not problems.found:
        raise UserError("表头下面没有数据 · no rows below the header")
    return found


def _read_rows(table: Table, columns: dict[str, int], found: Divisions, problems: Problems) -> None:
    at_code, at_name, at_parent = columns["code"], columns["name"], columns["parent"]
    at_old = columns.get("replaces")
    width = max(at_code, at_name, at_parent)
    index, numbers = found.index, _Numbers()
    for line, cells in table.rows:
        if len(cells) <= width:
            cells = cells + [""] * (width + 1 - len(cells))
        parent, name = numbers.read(cells[at_parent]), cells[at_name]
        code = numbers.read(cells[at_code], parent)
        if not code:
            _bad_code(problems, line, cells[at_code])
            continue
        if cells[at_parent] and not parent:
            problems.add(line, f"上级代码 {cells[at_parent][:20]} 不对", "the parent is not a code of 2, 4, 6, 9 or 12 digits")
            continue
        if not name or len(name) > MAX_NAME:
            problems.add(line, f"名称应有 1 到 {MAX_NAME} 个字", f"a name has 1 to {MAX_NAME} characters")
            continue
        if code in index:
            first = found.lines[index[code]]
            problems.add(line, f"代码 {code} 重复，第 {first} 行已有", f"code {code} stands in line {first} already")
            continue
        index[code] = len(found.names)
        found.codes.append(code)
        found.parents.append(parent)
        found.lines.append(line)
        found.names.append(name)
        if at_old is not None and at_old < len(cells) and cells[at_old]:
            found.replaces[index[code]] = re.split(r"[\s,;，；、/]+", cells[at_old])


def _bad_code(problems: Problems, line: int, code: str) -> None:
    if code.isascii() and code.isdigit():
        problems.add(
            line,
            f"代码 {code[:20]} 有 {len(code)} 位，应是 2、4、6、9 或 12 位",
            f"code {code[:20]} has {len(code)} digits instead of 2, 4, 6, 9 or 12",
        )
    else:
        problems.add(line, f"代码“{code[:20]}”不是数字代码", f"“{code[:20]}” is no code")


class _Numbers:
    """Codes as numbers; equal ones are one object, since a parent is named many times."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], int] = {}

    def read(self, text: str, parent: int = 0) -> int:
        """The number of a code without padding; 0 where the text is none."""
        if len(text) == 12 and text[9:] != "000" and text.isascii() and text.isdigit() and text[0] != "0":
            return int(text)  # the fifth level: nine of ten rows, never a parent
        number = self._known.get((text, parent))
        if number is None:
            number = self._known[text, parent] = int(short_code(text, str(parent) if parent else "") or 0)
        return number
