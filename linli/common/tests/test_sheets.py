"""Tables as we write them: what office programs read from them, and what it costs."""

import csv
import io
import subprocess
import sys
import zipfile
from decimal import Decimal

import openpyxl
import pytest

from linli.areas.api import read_table
from linli.common.sheets import Column, csv_chunks, number, xlsx_chunks

COLUMNS = [Column("编号", 16), Column("名称"), Column("面积"), Column("户数")]
ROWS = [("000123456789", "纺机新村 <3> 幢 & \"南\"", Decimal("67.48"), 12), ("12345678901234567890", None, None, 0)]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", " =1", "\u200b=1", "−1", "\n=1"]


def opened(rows, columns=COLUMNS):
    return openpyxl.load_workbook(io.BytesIO(b"".join(xlsx_chunks(columns, rows, title="房屋/表"))))


def test_a_workbook_opens_with_its_values_its_head_and_its_frozen_row():
    sheet = opened(ROWS).active
    assert sheet.title == "房屋 表" and sheet.freeze_panes == "A2" and sheet.column_dimensions["A"].width == 16
    assert [cell.value for cell in sheet[1]] == ["编号", "名称", "面积", "户数"] and sheet["A1"].font.b
    assert [cell.value for cell in sheet[2]] == ["000123456789", "纺机新村 <3> 幢 & \"南\"", 67.48, 12]
    assert [cell.value for cell in sheet[3]] == ["12345678901234567890", None, None, 0]
    assert sheet["A2"].number_format == "@" and sheet["A2"].data_type == "s" and sheet["C2"].data_type == "n"


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_text_in_both_forms(text):
    content = b"".join(xlsx_chunks([Column("甲")], [(text,)]))
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert cell.data_type in ("s", "inlineStr") and cell.quotePrefix
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    line = next(iter(csv.reader(io.StringIO(b"".join(csv_chunks([Column("甲")], [(text,)])).decode("utf-8-sig").split("\r\n", 1)[1], newline=""))))
    assert line == ["'" + text]


def test_control_characters_and_escapes_never_break_a_workbook():
    text = "a\x00b\x0bc\ud800d_x0041_e\uffff"
    assert opened([(text,)], [Column("甲")]).active["A2"].value in ("abcd_x0041_e", "abcd_x005F_x0041_e")


def test_what_we_write_we_read_again():
    for chunks in (xlsx_chunks, csv_chunks):
        table = read_table(io.BytesIO(b"".join(chunks(COLUMNS, ROWS))))
        assert table.headers == ["编号", "名称", "面积", "户数"]
        assert next(row for _line, row in table.rows) == ["000123456789", "纺机新村 <3> 幢 & \"南\"", "67.48", "12"]


def test_areas_are_written_exactly():
    assert [str(number(n)) for n in (67480, 100_000, 1, 88_125)] == ["67.48", "100", "0.001", "88.125"]
    assert number(None) is None


def test_progress_is_told_while_rows_are_written():
    told = []
    list(csv_chunks([Column("甲")], ((n,) for n in range(1200)), progress=told.append))
    list(xlsx_chunks([Column("甲")], ((n,) for n in range(1200)), progress=told.append))
    assert told == [500, 1000, 1200] * 2


@pytest.mark.slow
@pytest.mark.parametrize("form", ["xlsx_chunks", "csv_chunks"])
def test_100000_rows_take_no_more_memory_than_few(form):
    program = f"""
import pathlib, resource
def peak():
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
from linli.common.sheets import Column, {form} as chunks
columns = [Column(str(n)) for n in range(8)]
def rows(count):
    return ((f"{{n:012}}", "纺机新村", "3 幢", "1 单元", "403", n, n * 3, "住宅") for n in range(count))
sum(map(len, chunks(columns, rows(1000))))
before = peak()
size = sum(map(len, chunks(columns, rows(100_000))))
usage = resource.getrusage(resource.RUSAGE_SELF)
print((peak() - before) // 1024, round(usage.ru_utime, 1), size)
"""
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert int(out.split()[0]) <= 8, out  # MiB
