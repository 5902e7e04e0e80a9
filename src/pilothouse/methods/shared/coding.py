"""Explanations as numbers: text columns become one 0/1 column per level but the first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import Complete

MOST_LEVELS = 30


def coded(found: Complete, names: Sequence[str]) -> tuple[list[str], Any]:
    """Column names (number columns as they are, "plan=gold" for levels) and the matrix, rows by columns."""
    import numpy as np

    parts: dict[str, list[float]] = {}
    for name in names:
        values = found.columns[name]
        if any(isinstance(value, str) and not _is_number(value) for value in values):
            levels = sorted({str(value) for value in values})
            if len(levels) > MOST_LEVELS:
                raise MethodError("too_many_levels", field=name, levels=len(levels), most=MOST_LEVELS)
            parts |= {f"{name}={level}": [float(str(value) == level) for value in values] for level in levels[1:]}
        else:
            parts[name] = [number(value, field=name, row=row) for row, value in zip(found.kept, values, strict=True)]
    table = np.array(list(parts.values())).reshape(len(parts), len(found.kept)).T
    _check(table, list(parts))
    return list(parts), table


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _check(table: Any, names: list[str]) -> None:
    """A column that does not vary, or that others add up to, has no coefficient: refuse it by name."""
    import numpy as np

    for at, name in enumerate(names):
        if np.ptp(table[:, at]) == 0:
            raise MethodError("constant", field=name)
    scaled = (table - table.mean(axis=0)) / table.std(axis=0)
    for width in range(2, len(names) + 1):
        if np.linalg.matrix_rank(scaled[:, :width], tol=1e-8 * np.sqrt(len(table))) < width:
            raise MethodError("collinear", field=names[width - 1])
