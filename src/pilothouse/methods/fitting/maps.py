"""What the three maps share: names for points, and a sign that does not depend on the machine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pilothouse.methods.shared.checks import same_length, sequence, whole
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import matrix

Point = tuple[float, ...]


def named_table(
    table: Any, rows: Sequence[Any] | None, cols: Sequence[Any] | None, *, field: str
) -> tuple[Any, list[str], list[str]]:
    """Counts or distances from {row: {column: value}}, a data frame, or bare rows with their names (numbered
    without)."""
    cols = None if cols is None else sequence(cols, field="cols")
    if hasattr(table, "columns") and hasattr(table, "to_numpy"):
        rows, cols, table = rows or list(table.index), cols or list(table.columns), table.to_numpy()
    elif isinstance(table, Mapping):
        if not all(isinstance(row, Mapping) for row in table.values()):
            raise MethodError("not_a_row", field=field)
        rows, cols = list(table), cols or list(dict.fromkeys(name for row in table.values() for name in row))
        table = [[row.get(name) for name in cols] for row in table.values()]
    values = matrix(table, field=field, floor=0)
    return values, names(rows, values.shape[0], "rows"), names(cols, values.shape[1], "cols")


def names(given: Sequence[Any] | None, n: int, field: str) -> list[str]:
    found = [str(at + 1) for at in range(n)] if given is None else list(map(str, sequence(given, field=field)))
    same_length(n, **{field: found})
    if len(set(found)) < n:
        raise MethodError("duplicate", field=field)
    return found


def signs(loadings: Any) -> Any:
    """+1 or -1 for each axis, so that its largest loading (the first of equals) is positive."""
    import numpy as np

    size = np.abs(loadings)
    largest = (size >= size.max(axis=0) * (1 - 1e-9)).argmax(axis=0)
    return np.where(loadings[largest, range(loadings.shape[1])] < 0, -1.0, 1.0)


def points(found: Sequence[str], values: Any) -> dict[str, Point]:
    return {name: tuple(row) for name, row in zip(found, values.tolist(), strict=True)}


def axes(wanted: Any, most: int) -> int:
    """As many axes as asked for and as there are."""
    return min(whole(wanted, field="dimensions", least=1), most)
