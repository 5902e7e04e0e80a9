"""Tables of counts: expected counts, chi-square and its residuals, exact tests."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, sequence
from pilothouse.methods.shared.intervals import chi2_p
from pilothouse.methods.shared.method import MethodError

Table = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class Pearson:
    """Chi-square of independence with what explains it."""

    n: float
    chi2: float
    df: int
    p: float
    expected: Table
    adjusted_residuals: Table


def counts(table: Any, field: str = "observed") -> Table:
    """A rectangular table of non-negative counts. Codes: empty_table, different_length, too_small, not_a_number."""
    rows = [sequence(row, field=field, least_count=0) for row in sequence(table, field=field, least_count=0)]
    if not rows or not rows[0]:
        raise MethodError("empty_table", field=field)
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise MethodError("different_length", field=field, row=index, n=len(row), expected=len(rows[0]))
    result = tuple(
        tuple(number(cell, field=field, row=index, least=0) for cell in row) for index, row in enumerate(rows)
    )
    if not any(cell for row in result for cell in row):
        raise MethodError("empty_table", field=field)
    return result


def margins(table: Table) -> tuple[list[float], list[float], float]:
    rows = [math.fsum(row) for row in table]
    cols = [math.fsum(col) for col in zip(*table, strict=True)]
    return rows, cols, math.fsum(rows)


def without_empty(table: Table) -> tuple[Table, tuple[int, ...], tuple[int, ...]]:
    """The table without its empty rows and columns, and the positions of these."""
    rows, cols, _ = margins(table)
    kept = tuple(
        tuple(cell for cell, col in zip(row, cols, strict=True) if col)
        for row, total in zip(table, rows, strict=True)
        if total
    )
    empty_rows = tuple(i for i, total in enumerate(rows) if not total)
    return kept, empty_rows, tuple(j for j, total in enumerate(cols) if not total)


def pearson(table: Table) -> Pearson:
    """Pearson's chi-square without correction; no row or column may be empty."""
    rows, cols, n = margins(table)
    expected = tuple(tuple(row * col / n for col in cols) for row in rows)
    chi2 = math.fsum(
        (o - e) ** 2 / e for line, means in zip(table, expected, strict=True) for o, e in zip(line, means, strict=True)
    )
    df = (len(rows) - 1) * (len(cols) - 1)
    residuals = tuple(
        tuple(_residual(table[i][j], expected[i][j], rows[i] / n, cols[j] / n) for j in range(len(cols)))
        for i in range(len(rows))
    )
    return Pearson(n, chi2, df, chi2_p(chi2, df), expected, residuals)


def _residual(observed: float, expected: float, row: float, col: float) -> float:
    """Haberman 1973: standard normal under independence; 0 where a margin leaves no freedom."""
    variance = expected * (1 - row) * (1 - col)
    return (observed - expected) / math.sqrt(variance) if variance > 0 else 0.0


def yates(table: Table) -> float:
    """Continuity-corrected chi-square of a 2x2 table, as R does it."""
    result = pearson(table)
    gaps = [(o, e) for row, means in zip(table, result.expected, strict=True) for o, e in zip(row, means, strict=True)]
    shift = min(0.5, *(abs(o - e) for o, e in gaps))
    return math.fsum((abs(o - e) - shift) ** 2 / e for o, e in gaps)


def likelihood_ratio(table: Table, expected: Table) -> float:
    """G squared."""
    return 2 * math.fsum(
        o * math.log(o / e)
        for row, means in zip(table, expected, strict=True)
        for o, e in zip(row, means, strict=True)
        if o
    )


@dataclass(frozen=True)
class Fisher:
    """Exact p values of a 2x2 table: both sides, first cell larger, first cell smaller."""

    two_sided: float
    greater: float
    less: float


def fisher(table: Table) -> Fisher:
    """Fisher's exact test of a 2x2 table of whole counts; two-sided sums every table no likelier than the one seen."""
    ((a, b), (c, d)) = ((int(cell) for cell in row) for row in table)
    low, high = max(0, a - d), min(a + b, a + c)
    logs = [_log_probability(x, a + b, c + d, a + c) for x in range(low, high + 1)]
    chances = [math.exp(value) for value in logs]
    seen = logs[a - low] + 1e-7
    two_sided = math.fsum(chance for chance, value in zip(chances, logs, strict=True) if value <= seen)
    return Fisher(
        min(1.0, two_sided), min(1.0, math.fsum(chances[a - low :])), min(1.0, math.fsum(chances[: a - low + 1]))
    )


def _log_probability(x: int, row1: int, row2: int, col1: int) -> float:
    return _log_choose(row1, x) + _log_choose(row2, col1 - x) - _log_choose(row1 + row2, col1)


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def monte_carlo(table: Table, draws: int, seed: int) -> float:
    """Share of random tables with the same margins whose chi-square is at least as large (Patefield sampling)."""
    import numpy as np
    from scipy.stats import random_table

    rows, cols, n = margins(table)
    sampler = random_table(np.array(rows, dtype=int), np.array(cols, dtype=int))
    tables = sampler.rvs(draws, random_state=np.random.default_rng(seed))
    expected = np.outer(rows, cols) / n
    statistics = ((tables - expected) ** 2 / expected).sum(axis=(1, 2))
    return float((1 + np.count_nonzero(statistics >= pearson(table).chi2 * (1 - 1e-12))) / (draws + 1))


def cramers_v(chi2: float, n: float, rows: int, cols: int) -> float | None:
    """Strength of association, 0 to 1; None where a side has one category."""
    side = min(rows, cols) - 1
    return math.sqrt(chi2 / (n * side)) if side else None


def cramers_v_corrected(chi2: float, n: float, rows: int, cols: int) -> float | None:
    """Bergsma 2013: without the upward bias of small samples."""
    if min(rows, cols) < 2 or n <= 1:
        return None
    phi2 = max(0.0, chi2 / n - (rows - 1) * (cols - 1) / (n - 1))
    sides: Sequence[float] = [k - (k - 1) ** 2 / (n - 1) for k in (rows, cols)]
    return math.sqrt(phi2 / (min(sides) - 1)) if min(sides) > 1 else None
