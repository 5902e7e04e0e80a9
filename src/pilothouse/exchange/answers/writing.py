"""Answers as CSV and as a workbook: no cell is a formula, and what was escaped for that comes back in as it was."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from typing import IO, Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext
from xlsxwriter import Workbook

from pilothouse.exchange.reading.source import CODEBOOK
from pilothouse.exchange.writing.files import SHEET, csv_bytes, write
from pilothouse.exchange.writing.safe import TRIGGER, printable
from pilothouse.surveys.files.table import Table, Value

Tick = Callable[[int], None]
QUOTED = re.compile(r"^'+")
MEASURES = ("nominal", "ordinal", "number", "text", "flag", "date", "file")


def silent(done: int) -> None:
    """For whoever needs no progress."""


def guarded(value: Value) -> Value:
    """With an apostrophe in front where a spreadsheet would calculate, and one more where one stood there already."""
    return f"'{value}" if isinstance(value, str) and TRIGGER.match(QUOTED.sub("", value)) else value


def unguarded(text: str) -> str:
    return text[1:] if text.startswith("'") and TRIGGER.match(QUOTED.sub("", text)) else text


def as_csv(table: Table, tick: Tick = silent) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel reads Chinese."""
    heads = [str(guarded(head)) for head in table.heads()]
    return csv_bytes(heads, counted(([guarded(value) for value in row] for row in table.rows()), tick), raw=True)


def counted(rows: Iterator[Sequence[Value]], tick: Tick) -> Iterator[Sequence[Value]]:
    for done, row in enumerate(rows, 1):
        yield row
        if done % 500 == 0:
            tick(done)


def as_xlsx(table: Table, tick: Tick = silent) -> IO[bytes]:
    """A sheet of answers and one that says what the columns and codes mean, in a file that goes when it is closed."""
    file = tempfile.NamedTemporaryFile(suffix=".xlsx")  # noqa: SIM115 closed by whoever sends it
    book = Workbook(file.name, SHEET)
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
    }
    with override(table.language):
        names = pgettext("sets of answers", "Answers"), str(CODEBOOK)
        heads, lines = book_heads(), list(codebook(table))
    fill(book.add_worksheet(names[0]), table.heads(), counted(table.rows(), tick), formats)
    fill(book.add_worksheet(names[1]), heads, iter(lines), formats)
    book.close()
    return file


def fill(sheet: Any, heads: Sequence[str], rows: Iterator[Sequence[Value]], formats: dict[str, Any]) -> None:
    sheet.set_column(0, max(len(heads) - 1, 0), 16)
    sheet.freeze_panes(1, 1)
    for place, head in enumerate(heads):
        sheet.write_string(0, place, printable(head)[:32_000], formats["head"])
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            write(sheet, number, place, value, formats)


def book_heads() -> list[str]:
    return [_("Column"), _("Question"), _("Label"), _("Measure"), _("Code"), _("Number in .sav"), _("Meaning")]


def codebook(table: Table) -> Iterator[list[Value]]:
    """One line a column, and below it one line for each of its codes."""
    for fact in table.facts:
        yield [fact.name, "", fact.label, measure_name(fact.measure)]
    for variable in table.variables:
        name = variable.name
        label = variable.label(table.language, table.source)
        yield [name, variable.question.code, label, measure_name(variable.column.measure)]
        for code, meaning in variable.labels(table.language, table.source).items():
            yield [name, variable.question.code, "", "", code, variable.numbers[code], meaning]


def measure_name(measure: str) -> str:
    return {
        "nominal": _("one of several"), "ordinal": _("a step of a scale"), "number": _("number"), "text": _("words"),
        "flag": _("yes or no"), "date": _("day"), "file": _("file"),
    }[measure]  # fmt: skip
