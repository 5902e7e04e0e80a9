"""Cross-tab: whether groups answer differently, and in which cells.

Question: is there a link between these two questions, how strong, and where?
Not for: questions with several ticks (use multiple response), or the same people asked twice.
Sample: expected counts of 5 and more in most cells; below that an exact or simulated test takes over.

    >>> result = analyse([[279, 73, 225], [165, 47, 191]], rows=["female", "male"], cols=["dem", "ind", "rep"])
    >>> round(result.chi2, 4), result.df, round(result.p, 5), result.test
    (7.0095, 2, 0.03005, 'chi2')
    >>> [round(r, 2) for r in result.adjusted_residuals[0]]
    [2.29, 0.46, -2.62]

Answers with weights are tested by Rao and Scott's correction, because weights make the plain test too sure.

Source: Haberman, Biometrics 29, 1973 (adjusted residuals); Bergsma, Journal of the Korean Statistical Society 42, 2013
(unbiased V); Rao and Scott, Annals of Statistics 12, 1984; Cochran, Biometrics 10, 1954 (expected counts).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from pilothouse.methods.fitting.contingency import (
    Pearson,
    Table,
    counts,
    cramers_v,
    cramers_v_corrected,
    fisher,
    likelihood_ratio,
    margins,
    monte_carlo,
    pearson,
    without_empty,
)
from pilothouse.methods.fitting.rao_scott import RaoScott, from_clusters, from_sums
from pilothouse.methods.shared.checks import is_missing, number, sequence, whole
from pilothouse.methods.shared.intervals import chi2_p, holm, two_sided_p
from pilothouse.methods.shared.items import columns
from pilothouse.methods.shared.method import MethodError

FEW, SHARE, EXACT_UP_TO = 5, 0.2, 100_000


@dataclass(frozen=True)
class Result:
    """Counts (weighted where weights came in), tests, strength and residuals.

    `test` names the test to read, and `p_value` is its p: chi2, fisher (2x2) or monte_carlo where expected counts are
    small, rao_scott with weights. `standout` marks cells above (1) or below (-1) independence after Holm's correction.
    Empty rows and columns are dropped and named. `n` counts people; `base` sums weights.
    """

    rows: tuple[Any, ...]
    cols: tuple[Any, ...]
    observed: Table
    expected: Table
    row_pct: Table
    col_pct: Table
    n: float
    base: float
    chi2: float
    df: int
    p: float
    g2: float
    g2_p: float
    cramers_v: float | None
    cramers_v_bias_corrected: float | None
    expected_min: float
    share_expected_lt5: float
    warn_expected_lt5: bool
    adjusted_residuals: Table
    standout: tuple[tuple[int, ...], ...]
    p_fisher_two_sided: float | None
    p_monte_carlo: float | None
    rao_scott: RaoScott | None
    test: str
    p_value: float
    dropped_rows: tuple[Any, ...]
    dropped_cols: tuple[Any, ...]
    missing: int


def analyse(
    observed: Any,
    *,
    rows: Sequence[Any] | None = None,
    cols: Sequence[Any] | None = None,
    draws: int = 10_000,
    seed: int = 0,
) -> Result:
    """Test a table of counts, with the names of its rows and columns if they are known."""
    table = counts(observed)
    names = _names(rows, len(table), "rows"), _names(cols, len(table[0]), "cols")
    kept, empty_rows, empty_cols = without_empty(table)
    result = _plain(kept, whole(draws, field="draws", least=1), whole(seed, field="seed", least=0))
    return replace(
        result,
        rows=tuple(name for i, name in enumerate(names[0]) if i not in empty_rows),
        cols=tuple(name for i, name in enumerate(names[1]) if i not in empty_cols),
        dropped_rows=tuple(names[0][i] for i in empty_rows),
        dropped_cols=tuple(names[1][i] for i in empty_cols),
    )


def weighted(
    observed: Any,
    *,
    squares: Any,
    n: int,
    rows: Sequence[Any] | None = None,
    cols: Sequence[Any] | None = None,
    sampling_fraction: float = 0.0,
) -> Result:
    """From sums alone, as any SQL engine adds them up: `observed` sums the weights of each cell, `squares` their
    squares, of `n` people who each answer for themselves. The test is Rao and Scott's."""
    people = whole(n, field="n", least=1)
    fraction = number(sampling_fraction, field="sampling_fraction", least=0, most=1)
    table, own = counts(observed), counts(squares, field="squares")
    if (len(own), len(own[0])) != (len(table), len(table[0])):
        raise MethodError("different_length", field="squares", n=len(own), expected=len(table))
    result = analyse(table, rows=rows, cols=cols, draws=1)
    _, empty_rows, empty_cols = without_empty(table)
    kept = [
        [cell for j, cell in enumerate(row) if j not in empty_cols] for i, row in enumerate(own) if i not in empty_rows
    ]
    tested = from_sums(result.observed, kept, people, fraction)
    return replace(result, n=people, p_monte_carlo=None, rao_scott=tested, test="rao_scott", p_value=tested.p)


def from_answers(
    answers: Any,
    *,
    row: str,
    col: str,
    weight: str | None = None,
    cluster: str | None = None,
    sampling_fraction: float = 0.0,
    draws: int = 10_000,
    seed: int = 0,
) -> Result:
    """Cross two columns of answers; people who lack one of them are counted as missing.

    With weights or clusters the test is Rao and Scott's; `sampling_fraction` is the part of all clusters drawn.
    """
    optional = [name for name in (weight, cluster) if name is not None]
    found = columns(answers, (row, col, *optional), field="answers")
    full = _full([found[name] for name in (row, col, *optional)])
    if not full:
        raise MethodError("no_answers", field=row, missing=len(found[row]))
    pairs = [(found[row][i], found[col][i]) for i in full]
    weights = [number(found[weight][i], field=weight, row=i, least=0) for i in full] if weight else [1.0] * len(full)
    names = [_ordered(side) for side in zip(*pairs, strict=True)]
    missing = len(found[row]) - len(full)
    table = _summed(pairs, weights, names)
    fraction = number(sampling_fraction, field="sampling_fraction", least=0, most=1)
    if weight and not cluster:
        squares = _summed(pairs, [one * one for one in weights], names)
        result = weighted(table, squares=squares, n=len(full), rows=names[0], cols=names[1], sampling_fraction=fraction)
        return replace(result, missing=missing)
    plain = analyse(table, rows=names[0], cols=names[1], draws=draws, seed=seed)
    result = replace(plain, missing=missing, n=len(full))
    if not cluster:
        return result
    groups = [found[cluster][i] for i in full]
    tested = from_clusters(pairs, weights, groups, result.rows, result.cols, fraction)
    return replace(result, rao_scott=tested, test="rao_scott", p_value=tested.p)


def _full(cells: Sequence[Sequence[Any]]) -> list[int]:
    """The rows in which no column has a gap."""
    return [i for i, row in enumerate(zip(*cells, strict=True)) if not any(map(is_missing, row))]


def _names(names: Sequence[Any] | None, n: int, field: str) -> tuple[Any, ...]:
    result = tuple(range(n)) if names is None else tuple(sequence(names, field=field))
    if len(result) != n:
        raise MethodError("different_length", field=field, n=len(result), expected=n)
    return result


def _ordered(values: Sequence[Any]) -> list[Any]:
    """Numbers in order, anything else as met."""
    distinct = list(dict.fromkeys(values))
    return sorted(distinct) if all(isinstance(value, (int, float)) for value in distinct) else distinct


def _summed(pairs: list[tuple[Any, Any]], weights: list[float], names: list[list[Any]]) -> list[list[float]]:
    total: dict[Any, float] = defaultdict(float)
    for pair, weight in zip(pairs, weights, strict=True):
        total[pair] += weight
    return [[total[a, b] for b in names[1]] for a in names[0]]


def _plain(table: Table, draws: int, seed: int) -> Result:
    found = pearson(table)
    shape = len(table), len(table[0])
    cells = [cell for row in found.expected for cell in row]
    small = sum(cell < FEW for cell in cells) / len(cells)
    warn = small > SHARE or min(cells) < 1
    counted = all(cell == int(cell) for row in table for cell in row)
    exact = fisher(table).two_sided if shape == (2, 2) and counted and found.n <= EXACT_UP_TO else None
    simulated = monte_carlo(table, draws, seed) if warn and counted and exact is None and found.df else None
    g2 = likelihood_ratio(table, found.expected)
    test, p_value = _chosen(warn, found.p, exact, simulated)
    rows, cols, n = margins(table)
    return Result(
        rows=(),
        cols=(),
        observed=table,
        expected=found.expected,
        row_pct=tuple(tuple(100 * cell / total for cell in row) for row, total in zip(table, rows, strict=True)),
        col_pct=tuple(tuple(100 * cell / total for cell, total in zip(row, cols, strict=True)) for row in table),
        n=n,
        base=n,
        chi2=found.chi2,
        df=found.df,
        p=found.p,
        g2=g2,
        g2_p=chi2_p(g2, found.df),
        cramers_v=cramers_v(found.chi2, n, *shape),
        cramers_v_bias_corrected=cramers_v_corrected(found.chi2, n, *shape),
        expected_min=min(cells),
        share_expected_lt5=small,
        warn_expected_lt5=warn,
        adjusted_residuals=found.adjusted_residuals,
        standout=_standout(found),
        p_fisher_two_sided=exact,
        p_monte_carlo=simulated,
        rao_scott=None,
        test=test,
        p_value=p_value,
        dropped_rows=(),
        dropped_cols=(),
        missing=0,
    )


def _chosen(warn: bool, p: float, exact: float | None, simulated: float | None) -> tuple[str, float]:
    if warn and exact is not None:
        return "fisher", exact
    if warn and simulated is not None:
        return "monte_carlo", simulated
    return "chi2", p


def _standout(found: Pearson, alpha: float = 0.05) -> tuple[tuple[int, ...], ...]:
    flat = [residual for row in found.adjusted_residuals for residual in row]
    marks = [
        (1 if residual > 0 else -1) if p < alpha else 0
        for residual, p in zip(flat, holm([two_sided_p(residual) for residual in flat]), strict=True)
    ]
    width = len(found.adjusted_residuals[0])
    return tuple(tuple(marks[start : start + width]) for start in range(0, len(marks), width))
