"""A first pass over a whole file: how many rows it has, which repeat an earlier one, which values a choice takes."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.source import Source
from pilothouse.exchange.taking.plan import MOST_OPTIONS, Plan, key_mark
from pilothouse.workbench.jobs import JobFailed

TICK_ROWS = 5_000


@dataclass(frozen=True)
class Scan:
    """`earlier[n]` is the number of the row that the n-th row repeats, 0 when it repeats none."""

    total: int
    earlier: np.ndarray
    values: dict[int, list[str]]


def scan(source: Source, plan: Plan, tick: Callable[[], None]) -> Scan:
    """16 bytes a row are kept, so that a million rows need 16 MB."""
    marks, numbers = array("q"), array("q")
    choices: dict[int, dict] = {
        place: {} for place, column in enumerate(plan.columns) if column.type == "choice" and column.target == "new"
    }
    identity = identity_place(plan)
    width = len(plan.columns)
    for place, (number, row) in zip(count(), source.rows(), strict=False):
        marks.append(row_mark(plan, row[:width], identity, place))
        numbers.append(number)
        for column, seen in choices.items():
            if (value := visible(row[column].strip())) and len(seen) <= MOST_OPTIONS:
                seen[value] = None
        if place % TICK_ROWS == 0:
            tick()
    return Scan(len(marks), repeats(marks, numbers), {place: list(seen) for place, seen in choices.items()})


def identity_place(plan: Plan) -> int | None:
    return next(
        (place for place, column in enumerate(plan.columns) if plan.identity and column.target == plan.identity), None
    )


def row_mark(plan: Plan, row: list[str], identity: int | None, place: int) -> int:
    """64 bits that two rows share when they have the same key; rows without one are like no other."""
    if identity is None:
        return int(key_mark(plan, row)[5:20], 16)
    value = row[identity].strip()
    return hash(value) if value else -1 - place


def repeats(marks: array, numbers: array) -> np.ndarray:
    if not len(marks):
        return np.zeros(0, dtype=np.int64)
    values = np.frombuffer(marks, dtype=np.int64)
    _unique, first, inverse = np.unique(values, return_index=True, return_inverse=True)
    firsts = first[inverse]
    rows = np.frombuffer(numbers, dtype=np.int64)
    return np.where(firsts == np.arange(len(values)), 0, rows[firsts])


def completed(plan: Plan, found: Scan) -> Plan:
    """The plan with the options that the new choice fields need. Raises JobFailed where they are too many."""
    columns = list(plan.columns)
    for place, values in found.values.items():
        if len(values) > MOST_OPTIONS:
            message = _("“%(name)s” has more than %(most)s different values: make it a text field.")
            raise JobFailed(message % {"name": columns[place].name, "most": MOST_OPTIONS})
        columns[place] = replace(columns[place], values={value: value for value in values})
    return replace(plan, columns=tuple(columns))
