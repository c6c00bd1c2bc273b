"""Tables as offices have them: CSV in UTF-8 or GB 18030, xlsx, xls and ods.

Every cell comes as text; a row comes with its line number, so that a message can name it. Empty rows are left out.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import python_calamine as calamine
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from linli.common.errors import UserError
from linli.common.text import clean, fold

MEGABYTE = 1024 * 1024
LIMIT = 20 * MEGABYTE
MAX_CELLS = 3_000_000  # of a sheet: a single cell in the last corner would otherwise take all memory
UNPACKED = 400 * MEGABYTE
HEADER_WITHIN = 12  # rows: titles above the header are common in offices' sheets
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_CELL_REF = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')

Row = tuple[int, list[str]]
Source = str | Path | IO[bytes]


@dataclass
class Table:
    """A header and its rows with line numbers; the rows can be read once."""

    name: str
    headers: list[str]
    header_line: int
    rows: Iterator[Row]

    def columns(self, wanted: Mapping[str, Sequence[str]], required: Iterable[str] = ()) -> dict[str, int]:
        """Which column (by index) bears which of the wanted names, however written.

        Raises UserError that names the required columns that are missing.
        """
        folded = [fold(header) for header in self.headers]
        found = {}
        for key, names in wanted.items():
            index = next((folded.index(fold(name)) for name in names if fold(name) in folded), None)
            if index is not None:
                found[key] = index
        missing = [wanted[key][0] for key in required if key not in found]
        if missing:
            raise UserError(
                format_lazy(
                    _("第 {line} 行是表头，里面缺少这几列：{missing}。现有：{headers}"),
                    line=self.header_line, missing="、".join(missing), headers="、".join(h for h in self.headers if h),
                )
            )  # fmt: skip
        return found


def read_table(source: Source, name: str = "", *, limit: int = LIMIT) -> Table:
    """Read a table from a path or an open binary file. `name` is only for messages.

    Raises UserError for what is empty, too large, encrypted or no table at all.
    """
    name = name or (Path(source).name if isinstance(source, str | Path) else "")
    stream: IO[bytes] = Path(source).open("rb") if isinstance(source, str | Path) else source  # noqa: SIM115
    size = stream.seek(0, io.SEEK_END)
    if size > limit:
        raise UserError(
            format_lazy(_("文件太大：{size} MB，最多 {limit} MB"), size=size // MEGABYTE + 1, limit=limit // MEGABYTE)
        )
    stream.seek(0)
    head = stream.read(8)
    stream.seek(0)
    if head[:4] == b"PK\x03\x04" or head == _OLE:
        rows = _sheet_rows(stream, head == _OLE)
    elif head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise UserError(_("这个文件不是表格。可以用的有 CSV、xlsx、xls 和 ods"))
    else:
        rows = _csv_rows(stream)
    return _with_header(name, _closing(stream, rows) if isinstance(source, str | Path) else rows)


def _closing(stream: IO[bytes], rows: Iterator[Row]) -> Iterator[Row]:
    with stream:
        yield from rows


def _with_header(name: str, rows: Iterator[Row]) -> Table:
    """The header is the first of the first rows with two filled cells, else the first row that is not empty."""
    held: list[Row] = []
    for row in rows:
        held.append(row)
        if sum(1 for cell in row[1] if cell) > 1 or len(held) == HEADER_WITHIN:
            break
    if not held:
        raise UserError(_("这个文件是空的"))
    at = next((i for i, row in enumerate(held) if sum(1 for cell in row[1] if cell) > 1), 0)
    line, headers = held[at]

    def rest() -> Iterator[Row]:
        yield from held[at + 1 :]
        yield from rows

    return Table(name, headers, line, rest())


# CSV


def _csv_rows(stream: IO[bytes]) -> Iterator[Row]:
    encoding = _encoding(stream)
    stream.seek(0)
    text = io.TextIOWrapper(_Unclosed(stream), encoding=encoding, newline="")
    first = text.readline()
    text.seek(0)
    delimiter = max(",\t;，", key=lambda mark: (first.count(mark), mark == ","))
    reader = csv.reader(text, delimiter=delimiter, strict=False)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise UserError(format_lazy(_("第 {line} 行读不懂，可能少了一个引号"), line=line)) from error
        cells = [clean(cell) for cell in cells]
        if any(cells):
            yield line, cells


class _Unclosed(io.RawIOBase):
    """The stream as the text layer wants it; closing the text layer leaves the stream open."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read1(self, size: int = -1) -> bytes:
        return self._stream.read(size)


def _encoding(stream: IO[bytes]) -> str:
    """UTF-8 where every byte agrees, else GB 18030; other bytes are no table."""
    for encoding in ("utf-8-sig", "gb18030"):
        stream.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            for chunk in iter(lambda: stream.read(MEGABYTE), b""):
                if b"\x00" in chunk:
                    break
                decoder.decode(chunk)
            else:
                decoder.decode(b"", final=True)
                return encoding
        except UnicodeDecodeError:
            continue
        break
    raise UserError(_("这个文件不是表格。可以用的有 CSV、xlsx、xls 和 ods"))


# Spreadsheets


def _sheet_rows(stream: IO[bytes], ole: bool) -> Iterator[Row]:
    if ole:
        content = stream.read()
        stream.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise UserError(_("这个表格加了密码。请先去掉密码，另存一份"))
        del content
    else:
        _check_zip(stream)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(stream)
        sheets = [s for s in workbook.sheets_metadata if s.visible == calamine.SheetVisibleEnum.Visible]
        sheet = workbook.get_sheet_by_name(sheets[0].name)
        values = sheet.to_python(skip_empty_area=False)
    except calamine.PasswordError as error:
        raise UserError(_("这个表格加了密码。请先去掉密码，另存一份")) from error
    except (calamine.CalamineError, IndexError, OSError, ValueError) as error:
        raise UserError(_("这个表格打不开，可能坏了，或者不是 xlsx、xls、ods")) from error
    for line, row in enumerate(values, start=1):
        cells = [_text(value) for value in row]
        if any(cells):
            yield line, cells


def _check_zip(stream: IO[bytes]) -> None:
    """Refuse a packed file that would take all memory when opened."""
    try:
        with zipfile.ZipFile(stream) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > UNPACKED:
                raise UserError(_("这个表格展开后太大"))
            for entry in entries:
                if re.fullmatch(r"xl/worksheets/[^/]+\.xml", entry.filename):
                    _check_extent(packed, entry)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise UserError(_("这个表格打不开，可能坏了，或者不是 xlsx、xls、ods")) from error
    finally:
        stream.seek(0)


def _check_extent(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    width = height = 1
    tail = b""
    with packed.open(entry) as part:
        for chunk in iter(lambda: part.read(MEGABYTE), b""):
            for letters, number in _CELL_REF.findall(tail + chunk):
                column = 0
                for letter in letters:
                    column = column * 26 + letter - 64
                width, height = max(width, column), max(height, int(number))
            if width * height > MAX_CELLS:
                raise UserError(_("这个表格的范围太大：离数据很远的地方还有内容。请删掉多余的行和列"))
            tail = chunk[-80:]


def _whole(value: float) -> str:
    """Fifteen digits, which is what spreadsheets themselves show of a number."""
    return format(Decimal(f"{value:.15g}"), "f")


_TEXT: dict[type, Callable[[Any], str]] = {
    str: clean,
    bool: lambda value: "1" if value else "0",
    int: str,
    float: _whole,
    datetime: lambda value: value.date().isoformat(),
    date: lambda value: value.isoformat(),
}


def _text(value: Any) -> str:
    """A cell as a clerk reads it: whole numbers without a point, others exactly as shown."""
    return _TEXT.get(type(value), lambda other: clean(str(other)))(value)
