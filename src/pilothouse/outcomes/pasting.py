"""Readings pasted from a spreadsheet or a CSV file: date, value, and what else there is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.workbench.writing.cleaning import Invalid

COLUMNS = ("on", "value", "low", "high", "n", "source", "note")
NAMES = {
    "on": ("on", "date", "day", "日期", "时间"),
    "value": ("value", "reading", "数值", "值", "读数"),
    "low": ("low", "from", "lower", "下限"),
    "high": ("high", "to", "upper", "上限"),
    "n": ("n", "sample", "样本", "样本量"),
    "source": ("source", "来源"),
    "note": ("note", "comment", "备注"),
}
MOST_ROWS = 5_000


def readings_in(text: str) -> list[dict[str, Any]]:
    """Rows by column. The first line may name the columns; else they are date, value, low, high, n, source, note."""
    text = text.strip("\ufeff\r\n ")
    delimiter = next((mark for mark in "\t;," if mark in text), ",")
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(cell.strip() for cell in row)]
    if len(rows) > MOST_ROWS:
        raise Invalid({"rows": _("At most %(most)s rows at a time.") % {"most": f"{MOST_ROWS:,}"}})
    names = header(rows[0]) if rows else None
    body = rows[1:] if names else rows
    if not body:
        raise Invalid({"rows": _("There is no row here: each one has a date and a value.")})
    return [dict(zip(names or COLUMNS, (cell.strip() for cell in row), strict=False)) for row in body]


def header(cells: list[str]) -> list[str] | None:
    """The columns that a first line names; None when it holds a reading already."""
    by_name = {name: column for column, names in NAMES.items() for name in names}
    found = [by_name.get(cell.strip().casefold(), "") for cell in cells]
    return found if {"on", "value"} <= set(found) else None


def labels() -> dict[str, str]:
    return {
        "on": _("Date"),
        "value": _("Value"),
        "low": pgettext("interval", "From"),
        "high": pgettext("interval", "To"),
        "n": _("n"),
        "source": _("Source"),
        "note": _("Note"),
    }


def with_row(errors: Mapping[str, str], row: int) -> dict[str, str]:
    """An error of one row, saying which one; rows are counted from 1, without the header."""
    said = [{"name": labels()[column], "value": message.rstrip(".。")} for column, message in errors.items()]
    told = _("; ").join(_("%(name)s: %(value)s") % each for each in said)
    return {"rows": _("Row %(row)s, %(told)s") % {"row": row, "told": told}}
