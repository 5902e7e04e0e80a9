"""A product's file, read a line at a time; a file that someone laid out anew is read whole, if it is not too large."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from django.utils.translation import gettext as _

from pilothouse.exchange.whole.checks import BadFile

LARGEST_WHOLE = 50 * 1024 * 1024
LONGEST_LINE = 80 * 1024 * 1024


def sections(file: IO[bytes]) -> Iterator[tuple[str, Iterator[Any]]]:
    """("", its head), then each table with its rows. Raises BadFile where this is no JSON."""
    first = file.readline(LONGEST_LINE)
    second = file.readline(LONGEST_LINE)
    if first.endswith(b",\n") and second.startswith(b'"product": ') and second.endswith(b",\n"):
        yield "", iter([loaded(first[:-2] + b"," + second[:-2] + b"}", _("the first lines"))])
        yield from by_lines(file)
    else:
        file.seek(0)
        yield from whole(file)


def by_lines(file: IO[bytes]) -> Iterator[tuple[str, Iterator[Any]]]:
    while line := file.readline(LONGEST_LINE):
        if line.startswith(b'"end":'):
            return
        name = (
            line.split(b'"')[1].decode("utf-8", "replace") if line.count(b'"') == 2 and line.endswith(b"[\n") else None
        )
        if name is None:
            raise BadFile(
                _("This file is damaged: it makes no sense after %(place)s.")
                % {"place": line[:40].decode("utf-8", "replace")}
            )
        rows = rows_of(file, name)
        yield name, rows
        for _row in rows:  # what the caller did not read
            pass
    raise BadFile(_("This file is not complete: its end is missing."))


def rows_of(file: IO[bytes], name: str) -> Iterator[Any]:
    place = 0
    while line := file.readline(LONGEST_LINE):
        stripped = line.strip()
        if stripped in (b"],", b"]"):
            return
        place += 1
        yield loaded(stripped.removesuffix(b","), f"{name}[{place}]")
    raise BadFile(_("This file is not complete: its end is missing."))


def whole(file: IO[bytes]) -> Iterator[tuple[str, Iterator[Any]]]:
    data = file.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        raise BadFile(_("This file is too large to be read in this layout. Export it again and import it unchanged."))
    document = loaded(data, _("the file"))
    if not isinstance(document, dict):
        raise BadFile(_("This is not a product that Pilothouse has exported."))
    tables = {name: rows for name, rows in document.items() if isinstance(rows, list)}
    yield "", iter([{name: value for name, value in document.items() if name not in tables}])
    for name, rows in tables.items():
        yield name, iter(rows)


def loaded(data: bytes, place: str) -> Any:
    """JSON in the strict sense: no NaN, no number that is none, nothing nested without end."""
    try:
        return json.loads(data, parse_constant=refuse, parse_float=finite)
    except (ValueError, RecursionError):
        raise BadFile(_("%(place)s is no JSON that can be read.") % {"place": place}) from None


def refuse(name: str) -> Any:
    raise ValueError(name)


def finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(text)
    return number
