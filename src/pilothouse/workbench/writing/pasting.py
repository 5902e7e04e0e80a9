"""Rows copied from a spreadsheet: which column is which, what each row would become, and what is wrong with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.viewing.columns import Column, columns_of
from pilothouse.workbench.writing.cleaning import Invalid, clean

MOST_ROWS, MOST_CHARACTERS, MOST_COLUMNS = 2_000, 2_000_000, 60


@dataclass(frozen=True)
class Line:
    """`number` is the row's place in what was pasted; `errors` says by the names of columns what is wrong."""

    number: int
    cells: list[str]
    data: Mapping[str, Any]
    errors: Mapping[str, str]


@dataclass(frozen=True)
class Pasted:
    columns: list[Column | None]
    header: bool
    lines: list[Line]

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if not line.errors]


def read(actor: Actor, product: Product, kind_slug: str, text: str) -> Pasted:
    """What these rows would make. Raises Invalid where it is too much or nothing."""
    if len(text) > MOST_CHARACTERS:
        raise Invalid({"rows": _("This is too much to paste; import it as a file instead.")})
    try:
        table = [row for row in csv.reader(io.StringIO(text.replace("\x00", "")), dialect="excel-tab") if any(row)]
    except csv.Error:
        raise Invalid({"rows": _("These rows cannot be read; import them as a file instead.")}) from None
    if not table:
        raise Invalid({"rows": _("There are no rows here. Copy some in a spreadsheet and paste them.")})
    if len(table) > MOST_ROWS:
        raise Invalid({"rows": _("At most %(most)s rows can be pasted; import a file instead.") % {"most": MOST_ROWS}})
    kind = kind_of(product, kind_slug)
    columns = columns_of(kind)
    header = headed(table[0], columns, kind)
    order: list[Column | None] = header or [columns["title"], *[None] * (len(table[0][:MOST_COLUMNS]) - 1)]
    body = table[1:] if header else table
    lines = [line(actor, product, kind_slug, order, cells, at + (2 if header else 1)) for at, cells in enumerate(body)]
    return Pasted(order, bool(header), lines)


def headed(first: Sequence[str], columns: Mapping[str, Column], kind: Kind) -> list[Column | None] | None:
    """The columns that a first row names; None where it is a row like the others."""
    slugs = ways_of_naming(kind)
    found = [columns.get(slugs.get(cell.strip().casefold(), "")) for cell in first[:MOST_COLUMNS]]
    known = [column for column in found if column]
    if columns["title"] not in known or len(set(map(id, known))) < len(known):
        return None
    return found


def ways_of_naming(kind: Kind) -> dict[str, str]:
    """Every editable column's slug by its name in any language, the reader's own before the others, and by itself."""
    names: dict[str, str] = {}
    for code in dict.fromkeys([get_language() or "en", *dict(settings.LANGUAGES)]):
        with override(code):
            for column in columns_of(kind).values():
                if column.edit:
                    names.setdefault(str(column.name).casefold(), column.slug)
    return names | {column.slug.casefold(): column.slug for column in columns_of(kind).values() if column.edit}


def line(
    actor: Actor, product: Product, kind_slug: str, order: Sequence[Column | None], cells: list[str], number: int
) -> Line:
    pairs = [(column, cell.strip()) for column, cell in zip(order, cells, strict=False) if column and cell.strip()]
    data = {"title": "", **{column.edit: cell for column, cell in pairs}}
    try:
        clean(actor, product, kind_of(product, kind_slug), data)
    except Invalid as error:
        names = {column.edit: str(column.name) for column in columns_of(kind_of(product, kind_slug)).values()}
        return Line(number, cells, data, {names.get(name, name): text for name, text in error.errors.items()})
    return Line(number, cells, data, {})
