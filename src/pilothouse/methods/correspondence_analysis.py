"""Correspondence analysis: a map of a table of counts, such as brands by the words people tick for them.

Question: which brands are seen alike, and what is said of each more than of the others?
Not for: reading the distance between a brand and a word in the symmetric map (only brand to brand and word to word), or
averages and ratings (use the PCA map).
Sample: at least 3 rows and 3 columns for a plane; counts of 5 and more in most cells.

    >>> result = analyse([[4, 2, 3, 2], [4, 3, 7, 4], [25, 10, 12, 4], [18, 24, 33, 13], [10, 6, 7, 2]],
    ...                  rows=["SM", "JM", "SE", "JE", "SC"], cols=["none", "light", "medium", "heavy"])
    >>> [round(inertia, 6) for inertia in result.principal_inertias], round(result.pct[0], 2)
    ([0.074759, 0.010017, 0.000414], 87.76)

Source: Michael Greenacre, Theory and Applications of Correspondence Analysis, 1984; figures: Nenadic and Greenacre,
Journal of Statistical Software 20(3), 2007.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.maps import Point, axes, named_table, points, signs
from pilothouse.methods.shared.intervals import chi2_p
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import complete, labels, pick


@dataclass(frozen=True)
class Result:
    """Coordinates by name. Symmetric map: `row_principal` with `col_principal`; asymmetric: with `col_standard`.

    `*_contribution` is a point's share of an axis, `*_cos2` how much of the point an axis shows. `dropped_*` are empty.
    `chi2`, `df`, `p`: the test of independence; without dependence there is nothing to map.
    """

    principal_inertias: tuple[float, ...]
    total_inertia: float
    pct: tuple[float, ...]
    row_principal: dict[str, Point]
    col_principal: dict[str, Point]
    row_standard: dict[str, Point]
    col_standard: dict[str, Point]
    row_contribution: dict[str, Point]
    col_contribution: dict[str, Point]
    row_cos2: dict[str, Point]
    col_cos2: dict[str, Point]
    row_mass: dict[str, float]
    col_mass: dict[str, float]
    dropped_rows: tuple[str, ...]
    dropped_cols: tuple[str, ...]
    chi2: float
    df: int
    p: float
    n: float
    missing: int


def analyse(
    table: Any, *, rows: Sequence[str] | None = None, cols: Sequence[str] | None = None, dimensions: int = 2
) -> Result:
    """Counts as rows with names, or as {row: {column: count}}; empty rows and columns are dropped and named.

    Raises MethodError "too_few" (fewer than 2 rows or columns left), "too_small" (a negative count),
    "different_length", "duplicate" or "not_a_number".
    """
    counts, row_names, col_names = named_table(table, rows, cols, field="table")
    return _map(counts, row_names, col_names, dimensions, missing=0)


def multiple(data: Any, *, columns: Sequence[str] | None = None, dimensions: int = 2) -> Result:
    """Multiple correspondence analysis of people by questions, on the 0/1 table of their answers ("question=answer").

    Rows with a gap are left out and counted. `pct` is of the 0/1 table's inertia and always looks small.
    Raises MethodError "too_few", "no_such_column" or "different_length".
    """
    import numpy as np

    found = complete(data, columns)
    answers = pick(found.columns, columns) if columns is not None else found.columns
    named = {
        f"{question}={answer}": np.equal(np.array(given, dtype=object), answer)
        for question, given in answers.items()
        for answer in sorted(set(labels(given, field=question)), key=str)
    }
    indicator = np.column_stack(list(named.values())).astype(float)
    return _map(indicator, [str(row) for row in found.kept], list(named), dimensions, missing=found.missing)


def _map(counts: Any, row_names: Sequence[str], col_names: Sequence[str], wanted: int, missing: int) -> Result:
    """Singular values of the standardised residuals of a table of counts, without its empty rows and columns."""
    import numpy as np

    kept_rows, kept_cols = counts.sum(axis=1) > 0, counts.sum(axis=0) > 0
    shares = counts[kept_rows][:, kept_cols]
    if min(shares.shape) < 2:
        raise MethodError("too_few", field="table", n=min(shares.shape), least=2)
    n = float(shares.sum())
    shares = shares / n
    r, c = shares.sum(axis=1), shares.sum(axis=0)
    residuals = (shares - np.outer(r, c)) / np.sqrt(np.outer(r, c))
    left, singular, right = np.linalg.svd(residuals, full_matrices=False)
    most = min(shares.shape) - 1
    singular, k = singular[:most], axes(wanted, most)
    turn = signs(right.T[:, :k] / np.sqrt(c)[:, None])
    rows, dropped_rows = _told_apart(row_names, kept_rows)
    cols, dropped_cols = _told_apart(col_names, kept_cols)
    inertia = singular**2
    df = (shares.shape[0] - 1) * (shares.shape[1] - 1)
    return Result(
        principal_inertias=tuple(inertia.tolist()),
        total_inertia=float(inertia.sum()),
        pct=tuple((100 * inertia / inertia.sum()).tolist()) if inertia.sum() > 1e-15 else (0.0,) * most,
        dropped_rows=tuple(dropped_rows),
        dropped_cols=tuple(dropped_cols),
        chi2=n * float(inertia.sum()),
        df=df,
        p=chi2_p(n * float(inertia.sum()), df),
        n=n,
        missing=missing,
        **_side("row", rows, r, left[:, :k] * turn, residuals, singular[:k]),
        **_side("col", cols, c, right.T[:, :k] * turn, residuals.T, singular[:k]),
    )


def _told_apart(names: Sequence[str], kept: Any) -> tuple[list[str], list[str]]:
    """The names that are kept, and those that are dropped."""
    pairs = list(zip(names, kept, strict=True))
    return [name for name, stays in pairs if stays], [name for name, stays in pairs if not stays]


def _side(side: str, found: Sequence[str], mass: Any, vectors: Any, residuals: Any, singular: Any) -> dict[str, Any]:
    """Coordinates of the rows or of the columns, and how well the axes show each."""
    import numpy as np

    standard = vectors / np.sqrt(mass)[:, None]
    distance = (residuals**2).sum(axis=1) / mass
    principal = standard * singular
    cos2 = np.divide(principal**2, distance[:, None], out=np.zeros_like(principal), where=distance[:, None] > 1e-15)
    return {
        f"{side}_principal": points(found, principal),
        f"{side}_standard": points(found, standard),
        f"{side}_contribution": points(found, vectors**2),
        f"{side}_cos2": points(found, cos2),
        f"{side}_mass": dict(zip(found, mass.tolist(), strict=True)),
    }
