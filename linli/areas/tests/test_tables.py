"""Tables as offices send them."""

import io
import zipfile

import pytest

from linli.areas.tables import read_table
from linli.common.errors import UserError


def rows_of(content: bytes):
    table = read_table(io.BytesIO(content), "x")
    return table, list(table.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_csv_is_read_in_utf_8_and_in_gb_18030(encoding):
    table, rows = rows_of("代码,名称\r\n33,浙江省\r\n".encode(encoding))
    assert table.headers == ["代码", "名称"]
    assert rows == [(2, ["33", "浙江省"])]


@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_the_separator_is_found_out(mark):
    _table, rows = rows_of(f"楼{mark}房号\n3 幢{mark}101\n".encode())
    assert rows == [(2, ["3 幢", "101"])]


def test_titles_above_the_header_and_empty_lines_are_passed_over_but_counted():
    table, rows = rows_of("纺机新村房屋表\n\n楼,房号\n\n3 幢,101\n".encode())
    assert (table.header_line, rows) == (3, [(5, ["3 幢", "101"])])


def test_a_cell_of_two_lines_does_not_shift_the_line_numbers_before_it():
    _table, rows = rows_of(b'a,b\n1,"x\ny"\n2,z\n')
    assert [line for line, _ in rows] == [2, 4]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (b"\n\n  \n", "空的"),
        (b"%PDF-1.7 and so on", "不是表格"),
        (b"a,b\x00\x01\x02", "不是表格"),
        (b"a,b\n\xff\xff\xff,1\n", "不是表格"),
        (b"PK\x03\x04broken", "打不开"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"broken" * 100, "打不开"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (b"a" * (21 * 1024 * 1024), "太大"),
    ],
)
def test_what_is_no_table_is_refused_with_words(content, words):
    with pytest.raises(UserError, match=words):
        rows_of(content)


def test_missing_columns_are_named_with_the_line_of_the_header():
    table, _rows = rows_of("说明\n楼,门\n1,2\n".encode())
    with pytest.raises(UserError, match=r"第 2 行.*房号"):
        table.columns({"room": ("房号", "房间")}, ["room"])


def sheet(cells: str) -> bytes:
    """The smallest xlsx with the given cells."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/></Types>',
        )
        packed.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="房屋" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
            'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        packed.writestr(
            "xl/worksheets/sheet1.xml",
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
            f"{cells}</sheetData></worksheet>",
        )
    return out.getvalue()


def test_numbers_of_a_spreadsheet_come_as_a_clerk_reads_them():
    row = '<row r="1"><c r="A1" t="str"><v>房号</v></c><c r="B1" t="str"><v>面积</v></c></row>'
    row += '<row r="3"><c r="A3"><v>101</v></c><c r="B3"><v>67.48</v></c></row>'
    _table, rows = rows_of(sheet(row))
    assert rows == [(3, ["101", "67.48"])]


def test_a_sheet_that_would_take_all_memory_is_refused():
    row = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(UserError, match="范围太大"):
        rows_of(sheet(row))
