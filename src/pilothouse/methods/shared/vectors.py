"""A column of numbers as an array: quick for millions of values, and still exact about which row is wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Vector:
    """The values that are there; `kept` are their rows in what was given."""

    values: Any
    kept: Any
    n: int
    missing: int


def vector(given: Any, *, field: str, least: int = 1) -> Vector:
    """Finite numbers; None, "" and nan count as missing, anything else is refused with its row."""
    import numpy as np

    raw = _array(given, field)
    if np.isinf(raw).any():
        row = int(np.flatnonzero(np.isinf(raw))[0])
        raise MethodError("not_a_number", field=field, row=row, value=float(raw[row]))
    kept = np.flatnonzero(~np.isnan(raw))
    if len(kept) < least:
        raise MethodError("too_few", field=field, n=len(kept), least=least)
    return Vector(raw[kept], kept, len(raw), len(raw) - len(kept))


def _array(given: Any, field: str) -> Any:
    import numpy as np

    if isinstance(given, np.ndarray) and given.ndim == 1 and given.dtype.kind in "fiu":
        return given.astype(float)
    cells = sequence(given.tolist() if hasattr(given, "tolist") else given, field=field, least_count=0)
    return np.array(
        [math.nan if is_missing(cell) else number(cell, field=field, row=r) for r, cell in enumerate(cells)]
    )


def pair(x: Any, y: Any, *, fields: tuple[str, str] = ("x", "y"), least: int = 2) -> tuple[Any, Any, int]:
    """Two columns of one length, without the rows where either is missing, and how many those were."""
    import numpy as np

    columns = [_array(given, field) for given, field in zip((x, y), fields, strict=True)]
    if len(columns[0]) != len(columns[1]):
        raise MethodError("different_length", field=fields[1], n=len(columns[1]), expected=len(columns[0]))
    for column, field in zip(columns, fields, strict=True):
        if np.isinf(column).any():
            raise MethodError("not_a_number", field=field, row=int(np.flatnonzero(np.isinf(column))[0]))
    there = ~(np.isnan(columns[0]) | np.isnan(columns[1]))
    if there.sum() < least:
        raise MethodError("too_few", field=fields[0], n=int(there.sum()), least=least)
    return columns[0][there], columns[1][there], int((~there).sum())
