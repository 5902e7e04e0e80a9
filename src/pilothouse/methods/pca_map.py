"""PCA map: rated things on the two directions in which they differ most.

Question: which products are rated alike, and along which attributes do they differ?
Not for: counts (use correspondence analysis), or attributes all alike in meaning (then one axis says it all).
Sample: more rows than columns, at least 5 rows.

    >>> ratings = {"A": {"price": 2, "taste": 8, "look": 7}, "B": {"price": 7, "taste": 3, "look": 4},
    ...            "C": {"price": 5, "taste": 5, "look": 4}, "D": {"price": 9, "taste": 1, "look": 2}}
    >>> result = analyse(ratings)
    >>> [round(share, 1) for share in result.pct[:2]], round(result.loadings["price"][0], 3)
    ([98.3, 1.7], 0.58)

Source: Harold Hotelling, Journal of Educational Psychology 24, 1933; by singular values of the standardised table,
as R's prcomp.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.maps import Point, axes, names, points, signs
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import complete, numeric


@dataclass(frozen=True)
class Result:
    """`loadings` are unit directions by column, `scores` positions by row, `correlations` of columns with axes.

    `cos2`: how much of a row's difference from the mean the axes show together.
    """

    sdev: tuple[float, ...]
    pct: tuple[float, ...]
    loadings: dict[str, Point]
    scores: dict[str, Point]
    correlations: dict[str, Point]
    cos2: dict[str, float]
    scaled: bool
    n: int
    missing: int


def analyse(
    data: Any,
    *,
    columns: Sequence[str] | None = None,
    labels: Sequence[str] | None = None,
    scale: bool = True,
    dimensions: int = 2,
) -> Result:
    """Rows of {column: value}, a mapping of columns, a data frame, or {label: row}; rows with a gap are left out.

    Raises MethodError "constant" (a column without variation cannot be scaled), "too_few", "no_such_column",
    "duplicate", "different_length" or "not_a_number".
    """
    import numpy as np

    if isinstance(data, Mapping) and all(isinstance(row, Mapping) for row in data.values()) and data:
        labels, data = labels or list(data), list(data.values())
    found = complete(data, columns)
    values = numeric(found)
    if min(values.shape[0] - 1, values.shape[1]) < 2:
        raise MethodError("too_few", field="data", n=values.shape[0], columns=values.shape[1], least=3)
    every = names(labels, found.n, "labels")
    centred = values - values.mean(axis=0)
    spread = values.std(axis=0, ddof=1)
    _refuse_flat(values, spread, list(found.columns), scale)
    table = centred / spread if scale else centred
    _, singular, right = np.linalg.svd(table, full_matrices=False)
    sdev = singular / np.sqrt(len(values) - 1)
    k = axes(dimensions, len(sdev))
    loadings = right[:k].T * signs(right[:k].T)
    scores = table @ loadings
    size = (table**2).sum(axis=1)
    column_sd = np.ones(len(spread)) if scale else np.where(spread > 0, spread, 1.0)
    shown = np.divide((scores**2).sum(axis=1), size, out=np.zeros(len(size)), where=size > 0)
    kept = [every[row] for row in found.kept]
    return Result(
        sdev=tuple(sdev.tolist()),
        pct=tuple((100 * sdev**2 / (sdev**2).sum()).tolist()),
        loadings=points(list(found.columns), loadings),
        scores=points(kept, scores),
        correlations=points(list(found.columns), loadings * sdev[:k] / column_sd[:, None]),
        cos2=dict(zip(kept, shown.tolist(), strict=True)),
        scaled=scale,
        n=len(values),
        missing=found.missing,
    )


def _refuse_flat(values: Any, spread: Any, names: list[str], scale: bool) -> None:
    """A column without variation cannot be scaled; a table of nothing else has no map either way."""
    largest = abs(values).max(axis=0)
    flat = [name for name, sd, most in zip(names, spread, largest, strict=True) if sd <= 1e-12 * max(1.0, most)]
    if flat and (scale or len(flat) == len(names)):
        raise MethodError("constant", field=flat[0])
