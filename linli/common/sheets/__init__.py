"""Tables as offices have them, read and written: CSV in UTF-8 or GB 18030, xlsx; xls and ods are only read.

Both stream: a file of 100,000 rows takes no more memory than one of 100. What is written is never a formula.
"""

from .write import CSV, XLSX, Column, Value, csv_chunks, number, safe_text, xlsx_chunks

__all__ = ["CSV", "XLSX", "Column", "Value", "csv_chunks", "number", "safe_text", "xlsx_chunks"]
