"""Writing tables row by row: chunks of bytes for a streamed answer, in constant memory.

Text is always text: codes keep their zeros, and what looks like a formula stays what it is.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import batched
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from linli.common.errors import UserError

Progress = Callable[[int], None]
Value = str | int | Decimal | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
MOST_ROWS = 1_048_575  # of a sheet, besides its header
MOST_TEXT = 32_767  # characters of a cell
_BATCH = 500
# What spreadsheets take for a formula or a control, in plain and full-width form, blanks before it included.
_FORMULA = re.compile(r"[\s\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212\ufe63\ufe62\ufe66\ufe6b]|[\t\r\n\u00a0]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\uffdc]")
_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")

_STYLES = {"head": 1, "text": 2, "quoted": 3, "whole": 4, "number": 5}
_STYLE_SHEET = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFE3EAF2"/></patternFill></fill></fills>'
    "<borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>"
    '<cellXfs count="6"><xf/><xf fontId="1" fillId="2" numFmtId="49" applyFont="1" applyFill="1" applyNumberFormat="1"/>'
    '<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1" quotePrefix="1"/>'
    '<xf numFmtId="1" applyNumberFormat="1"/><xf numFmtId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/styles.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/>'
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" '
    'Target="styles.xml"/></Relationships>',
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True)
class Column:
    """A column: its head, and its width in characters (0: from the head). Values say themselves what they are:
    text is text, a whole number or a Decimal a number."""

    head: Any
    width: int = 0

    @property
    def characters(self) -> int:
        text = str(self.head)
        return self.width or max(8, len(text) + len(_WIDE.findall(text)) + 3)


def safe_text(text: str) -> str:
    """Text that no spreadsheet takes for a formula when it reads a CSV: an apostrophe stands before what looks like one."""
    return f"'{text}" if _FORMULA.match(text) else text


def number(thousandths: int | None) -> Decimal | None:
    """Exact thousandths as a number: 67480 is 67.48."""
    return None if thousandths is None else (Decimal(thousandths) / 1000).normalize() + 0


def csv_chunks(columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, progress: Progress | None = None) -> Iterator[bytes]:
    """A CSV in UTF-8 with its mark, so that office programs read the Chinese right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    out.write("\ufeff")
    writer.writerow([safe_text(str(column.head)) for column in columns])
    done = 0
    for some in batched(rows, _BATCH):
        writer.writerows([_csv_cell(value) for value in row] for row in some)
        done += len(some)
        yield _taken(out)
        if progress:
            progress(done)
    yield _taken(out)


def _csv_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return safe_text(_ILLEGAL.sub("", value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


class _Pipe(io.RawIOBase):
    """What a ZipFile writes into, and a stream takes out of."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def xlsx_chunks(
    columns: Sequence[Column], rows: Iterable[Sequence[Value]], *, title: str = "Sheet1", progress: Progress | None = None
) -> Iterator[bytes]:
    """A workbook of one sheet with a bold head that stays in sight.

    Raises UserError (while streaming) for more rows than a sheet holds.
    """
    pipe, done = _Pipe(), 0
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as book:
        for name, text in {**_PARTS, "xl/styles.xml": _STYLE_SHEET, "xl/workbook.xml": _workbook(title)}.items():
            book.writestr(name, text if text.startswith("<?xml") else _DECLARATION + text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(_sheet_head(columns).encode())
            for some in batched(rows, _BATCH):
                if done + len(some) > MOST_ROWS:
                    raise UserError(f"一张表最多 {MOST_ROWS} 行 · a sheet holds at most {MOST_ROWS} rows")
                sheet.write("".join(_row(done + n, row) for n, row in enumerate(some, start=2)).encode())
                done += len(some)
                yield pipe.take()
                if progress:
                    progress(done)
            sheet.write(b"</sheetData></worksheet>")
    yield pipe.take()


def _workbook(title: str) -> str:
    name = re.sub(r"[\[\]:*?/\\']", " ", _ILLEGAL.sub("", title)).strip()[:31] or "Sheet1"
    return (
        f'{_DECLARATION}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="r1"/></sheets></workbook>'
    )


def _sheet_head(columns: Sequence[Column]) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.characters}" customWidth="1"/>' for n, column in enumerate(columns, start=1)
    )
    cells = "".join(_text_cell(str(column.head), _STYLES["head"]) for column in columns)
    return (
        f'{_DECLARATION}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
        '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>'
        f'</sheetViews><cols>{widths}</cols><sheetData><row r="1">{cells}</row>'
    )


def _row(line: int, row: Sequence[Value]) -> str:
    return f'<row r="{line}">' + "".join(map(_cell, row)) + "</row>"


def _cell(value: Value) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        return _text_cell(value, _STYLES["quoted"] if _FORMULA.match(value) else _STYLES["text"])
    text = format(value, "f") if isinstance(value, Decimal) else str(int(value))
    if not _PLAIN_NUMBER.fullmatch(text) or len(text.lstrip("-").replace(".", "")) > 15:
        return _text_cell(text, _STYLES["text"])  # more digits than a spreadsheet keeps
    return f'<c s="{_STYLES["whole" if isinstance(value, int) else "number"]}"><v>{text}</v></c>'


def _text_cell(text: str, style: int) -> str:
    bare = _ESCAPED.sub("_x005F_", _ILLEGAL.sub("", text))[:MOST_TEXT]
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(bare)}</t></is></c>'
