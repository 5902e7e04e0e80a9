"""Data in the shapes people have it: rows of mappings, a mapping of columns, a data frame, or bare rows."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Complete:
    """The rows without a gap in the columns asked for; `kept` are their indices in the data given."""

    columns: dict[str, list[Any]]
    kept: tuple[int, ...]
    n: int
    missing: int


def columns(data: Any, *, field: str = "data") -> dict[str, list[Any]]:
    """Columns by name. Bare rows are named by position: "0", "1", ..."""
    if isinstance(data, Mapping):
        found = {str(name): sequence(values, field=str(name), least_count=0) for name, values in data.items()}
    elif hasattr(data, "columns") and hasattr(data, "__getitem__"):
        found = {str(name): list(data[name]) for name in data.columns}
    else:
        found = _from_rows(sequence(data.tolist() if hasattr(data, "tolist") else data, field=field), field)
    lengths = {len(values) for values in found.values()}
    if len(lengths) > 1:
        raise MethodError("different_length", field=field, lengths=tuple(sorted(lengths)))
    if not lengths or lengths == {0}:
        raise MethodError("too_few", field=field, n=0, least=1)
    return found


def _from_rows(rows: list[Any], field: str) -> dict[str, list[Any]]:
    if all(isinstance(row, Mapping) for row in rows):
        names = dict.fromkeys(str(name) for row in rows for name in row)
        return {name: [row.get(name) for row in rows] for name in names}
    for index, row in enumerate(rows):
        if isinstance(row, (str, bytes, Mapping)) or not isinstance(row, Iterable):
            raise MethodError("not_a_row", field=field, row=index)
    listed = [list(row) for row in rows]
    for index, row in enumerate(listed):
        if len(row) != len(listed[0]):
            raise MethodError("different_length", field=field, row=index, n=len(row), expected=len(listed[0]))
    return {str(name): [row[name] for row in listed] for name in range(len(listed[0]))}


def column_name(value: Any, *, field: str) -> str:
    """The name of a column, or its number in bare rows."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise MethodError("no_such_column", field=field, row=repr(value)[:40])
    return str(value)


def labels(values: Sequence[Any], *, field: str) -> list[Any]:
    """The values of a column that names things: anything but lists and mappings."""
    for row, value in enumerate(values):
        if not isinstance(value, Hashable):
            raise MethodError("not_a_label", field=field, row=row)
    return list(values)


def pick(found: Mapping[str, list[Any]], names: Sequence[str | int], *, field: str = "columns") -> dict[str, list[Any]]:
    """The named columns, in that order."""
    names = sequence(names, field=field)
    for name in names:
        if str(name) not in found:
            raise MethodError("no_such_column", field=field, row=str(name), columns=tuple(found))
    return {str(name): found[str(name)] for name in names}


def complete(data: Any, names: Sequence[str | int] | None = None, *, field: str = "data") -> Complete:
    """Rows with every named column filled (None, "" and nan count as gaps); the rest are counted as missing."""
    found = columns(data, field=field)
    chosen = pick(found, names) if names is not None else found
    n = len(next(iter(chosen.values())))
    kept = tuple(row for row in range(n) if not any(is_missing(values[row]) for values in chosen.values()))
    if not kept:
        raise MethodError("too_few", field=field, n=0, least=1)
    return Complete({name: [values[row] for row in kept] for name, values in chosen.items()}, kept, n, n - len(kept))


def numeric(found: Complete, names: Iterable[str | int] | None = None) -> Any:
    """The columns as a float matrix, rows by columns; a cell that is no finite number is refused by name and row."""
    import numpy as np

    chosen = [str(name) for name in names] if names is not None else list(found.columns)
    return np.array(
        [
            [number(value, field=name, row=row) for row, value in zip(found.kept, found.columns[name], strict=True)]
            for name in chosen
        ]
    ).T


def matrix(table: Any, *, field: str = "table", least: int = 1, floor: float | None = None) -> Any:
    """A rectangular float matrix from at least so many bare rows, every cell checked (and not below `floor`)."""
    import numpy as np

    rows = sequence(table.tolist() if hasattr(table, "tolist") else table, field=field, least_count=least)
    filled = [sequence(row, field=field) for row in rows]
    for index, row in enumerate(filled):
        if len(row) != len(filled[0]):
            raise MethodError("different_length", field=field, row=index, n=len(row), expected=len(filled[0]))
    return np.array(
        [[number(cell, field=field, row=index, least=floor) for cell in row] for index, row in enumerate(filled)]
    )
