"""Rows as CSV and as XLSX, harmless to open: no cell is a formula, and none a link."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import IO, Any

from xlsxwriter import Workbook

from pilothouse.exchange.writing.safe import harmless, printable, sheet_name
from pilothouse.exchange.writing.table import Value

BOM = "\ufeff".encode()
LONGEST_CELL = 32_767
FEWEST_BYTES = 32_768
SHEET = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
WIDTHS = {"title": 48, "body": 60}


class Echo:
    """csv.writer wants a file; what it writes is handed on at once."""

    def write(self, text: str) -> str:
        return text


def csv_bytes(heads: Sequence[str], rows: Iterable[Sequence[Value]], *, raw: bool = False) -> Iterator[bytes]:
    """With a byte order mark, so that Excel reads Chinese, and CRLF. Raw changes no text at all."""
    writer = csv.writer(Echo(), lineterminator="\r\n")
    parts = [BOM, line(writer, heads, raw)]
    size = 0
    for row in rows:
        parts.append(line(writer, row, raw))
        size += len(parts[-1])
        if size > FEWEST_BYTES:
            yield b"".join(parts)
            parts, size = [], 0
    yield b"".join(parts)


def line(writer: Any, row: Sequence[Value], raw: bool) -> bytes:
    return writer.writerow([csv_cell(value, raw) for value in row]).encode("utf-8", "replace")


def csv_cell(value: Value, raw: bool) -> Value:
    if isinstance(value, str):
        return value if raw else harmless(value)
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


def xlsx_file(heads: Sequence[str], slugs: Sequence[str], rows: Iterable[Sequence[Value]], name: str = "") -> IO[bytes]:
    """A workbook of one sheet, in a temporary file that goes when it is closed."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 closed by whoever sends it
    book = Workbook(file.name, SHEET)
    sheet = book.add_worksheet(sheet_name(name) or None)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    for place, slug in enumerate(slugs):
        sheet.set_column(place, place, WIDTHS.get(slug, 16))
    sheet.freeze_panes(1, 2)
    for place, head in enumerate(heads):
        sheet.write_string(0, place, printable(head), formats["head"])
    number = 0
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            write(sheet, number, place, value, formats)
    sheet.autofilter(0, 0, number, max(len(heads) - 1, 0))
    book.close()
    return file


def write(sheet: Any, row: int, place: int, value: Value, formats: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date) and value.year < 1900:
        value = value.isoformat()
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, formats["moment" if isinstance(value, datetime) else "date"])
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        text = printable(value)
        sheet.write_string(row, place, text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…")
