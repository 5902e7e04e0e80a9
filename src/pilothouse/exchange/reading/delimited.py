"""Text files with separators, read as a stream: a file of a million rows needs no more memory than one of ten."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from pilothouse.exchange.reading.encodings import SAMPLE

DELIMITERS = (",", "\t", ";", "|")
LONGEST_CELL = 2_000_000
MOST_LOOKED_AT = 20_000
csv.field_size_limit(LONGEST_CELL)


class Unreadable(Exception):
    """The file cannot be read on; the message says where and why, in the reader's language."""


def rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """Every record, whatever its length. Raises Unreadable where the file makes no sense any more."""
    number = 0
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, encoding=encoding, errors="pilothouse-mark", newline="")
        reader = csv.reader(text, delimiter=delimiter)
        try:
            for record in reader:
                number += 1
                yield record
        except csv.Error:
            raise Unreadable(
                _("After row %(row)s a cell never ends: probably a quotation mark that opens is not closed.")
                % {"row": number}
            ) from None
        except UnicodeError:
            raise Unreadable(_("After row %(row)s this is no text in the chosen encoding.") % {"row": number}) from None


def misquoted(path: Path, encoding: str, delimiter: str) -> int:
    """The first row in which a quotation mark stands where none can, so that it may hold several rows; 0 for none."""
    number = 0
    with path.open("rb") as file, suppress(UnicodeError):
        text = io.TextIOWrapper(file, encoding=encoding, errors="pilothouse-mark", newline="")
        try:
            for _record in islice(csv.reader(text, delimiter=delimiter, strict=True), MOST_LOOKED_AT):
                number += 1
        except csv.Error:
            return number + 1
    return 0


def sniff(path: Path, encoding: str) -> str:
    """The separator that parts the first rows into the most even columns; a comma where none does."""
    with path.open("rb") as file:
        sample = file.read(SAMPLE // 4)
    text = sample.decode(encoding, "ignore").lstrip("\ufeff")
    return max(DELIMITERS, key=lambda delimiter: evenness(text, delimiter))


def evenness(text: str, delimiter: str) -> tuple[float, int]:
    """How many of the first records have the most common number of columns, and that number; one column is none."""
    lengths: Counter[int] = Counter()
    try:
        for place, record in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter)):
            if place == 100:
                break
            if any(record):
                lengths[len(record)] += 1
    except csv.Error:
        return (0.0, 0)
    columns, count = max(lengths.items(), key=lambda pair: (pair[1], pair[0]), default=(1, 0))
    return (count / lengths.total(), columns) if columns > 1 else (0.0, columns)
