"""Chi-square, Fisher and McNemar: whether counts are related, fit what was expected, or changed.

Question: do these two counts go together, does this split fit a known one, or did people change?
Not for: shares or means instead of counts, or answers with weights (use the cross-tab).
Sample: expected counts of 5 and more; for a smaller 2x2 table read Fisher.

    >>> result = analyse([[762, 327, 468], [484, 239, 477]])
    >>> round(result.chi, 2), result.df, f"{result.p:.3e}"
    (30.07, 2, '2.954e-07')

Source: Pearson, Philosophical Magazine 50, 1900; Fisher, Statistical Methods for Research Workers, 1934; McNemar,
Psychometrika 12, 1947; Yates, 1934 (correction for 2x2, given beside).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.contingency import Fisher, Table, counts, fisher, pearson, without_empty, yates
from pilothouse.methods.shared.checks import numbers
from pilothouse.methods.shared.intervals import chi2_p
from pilothouse.methods.shared.method import MethodError

EXACT_UP_TO = 100_000


@dataclass(frozen=True)
class Result:
    """Pearson's test with expected counts and standardised residuals; for 2x2 also Yates and Fisher.

    Empty rows and columns say nothing and are dropped: `dropped` counts them.
    """

    chi: float
    df: int
    p: float
    expected: Table
    stdres: Table
    chi_yates: float | None
    p_yates: float | None
    fisher: Fisher | None
    n: float
    dropped: int


def analyse(table: Any) -> Result:
    """Test whether rows and columns of a table of counts are independent."""
    kept, rows, cols = without_empty(counts(table, "table"))
    found = pearson(kept)
    square = len(kept) == len(kept[0]) == 2
    corrected = yates(kept) if square else None
    whole = all(cell == int(cell) for row in kept for cell in row)
    return Result(
        chi=found.chi2,
        df=found.df,
        p=found.p,
        expected=found.expected,
        stdres=found.adjusted_residuals,
        chi_yates=corrected,
        p_yates=None if corrected is None else chi2_p(corrected, 1),
        fisher=fisher(kept) if square and whole and found.n <= EXACT_UP_TO else None,
        n=found.n,
        dropped=len(rows) + len(cols),
    )


@dataclass(frozen=True)
class Fit:
    """Whether counts fit expected shares; `stdres` are (O - E) / sqrt(E (1 - share))."""

    chi: float
    df: int
    p: float
    expected: tuple[float, ...]
    stdres: tuple[float, ...]
    n: float


def goodness_of_fit(observed: Sequence[Any], *, shares: Sequence[float] | None = None) -> Fit:
    """Test counts against shares (equal ones unless given); shares are scaled to sum to 1."""
    seen = numbers(observed, field="observed", least_count=2, least=0)
    given = numbers(shares, field="shares", above=0) if shares is not None else [1.0] * len(seen)
    if len(given) != len(seen):
        raise MethodError("different_length", field="shares", n=len(given), expected=len(seen))
    n, total = math.fsum(seen), math.fsum(given)
    if not n:
        raise MethodError("empty_table", field="observed")
    expected = [n * share / total for share in given]
    chi = math.fsum((o - e) ** 2 / e for o, e in zip(seen, expected, strict=True))
    residuals = tuple((o - e) / math.sqrt(e * (1 - e / n)) for o, e in zip(seen, expected, strict=True))
    return Fit(chi, len(seen) - 1, chi2_p(chi, len(seen) - 1), tuple(expected), residuals, n)


@dataclass(frozen=True)
class Change:
    """McNemar's test of two answers by the same people: with and without correction, and exact."""

    chi: float
    p: float
    chi_uncorrected: float
    p_uncorrected: float
    p_exact: float
    changed: tuple[float, float]


def mcnemar(table: Any) -> Change:
    """Test a 2x2 table of before (rows) and after (columns); only people who changed count."""
    cells = counts(table, "table")
    if len(cells) != 2 or len(cells[0]) != 2:
        raise MethodError("not_two_by_two", field="table")
    b, c = cells[0][1], cells[1][0]
    if not b + c:
        raise MethodError("nobody_changed", field="table")
    corrected, plain = max(abs(b - c) - 1, 0.0) ** 2 / (b + c), (b - c) ** 2 / (b + c)
    return Change(corrected, chi2_p(corrected, 1), plain, chi2_p(plain, 1), _sign_test(b, c), (b, c))


def _sign_test(b: float, c: float) -> float:
    """Two-sided binomial with one half."""
    from scipy.special import bdtr

    return min(1.0, 2 * float(bdtr(min(b, c), int(b + c), 0.5)))
