"""Analysis of variance: do the means of several groups differ?

Question: do these groups differ in their mean, and which pairs?
Not for: ranks or heavy tails (nonparametric), two arms of an experiment (ab_welch), repeated rows of a user.
Sample: 2 values a group at the very least, 10 or more for normality not to matter; unequal spread: read `welch`.

    >>> rows = [{"group": g, "score": s} for g, s in zip("aaabbbccc", (4, 5, 6, 6, 7, 8, 5, 6, 7), strict=True)]
    >>> result = analyse(rows)
    >>> result.F, round(result.p, 4), result.pairs[0], round(result.tukey[0][0], 4)
    (3.0, 0.125, ('b', 'a'), 2.0)

Source: R. A. Fisher, 1925 (NIST StRD certified sets); B. L. Welch, Biometrika 38, 1951; W. Kruskal and W. A.
Wallis, JASA 47, 1952; J. Tukey, 1953, and C. Kramer, Biometrics 12, 1956 (pairs). Two-way: type II sums of squares
(F. Yates, JASA 29, 1934).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pilothouse.methods.fitting.design import INTERCEPT, indicators
from pilothouse.methods.fitting.least import Fit, fit
from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.groups import grouped
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import complete


@dataclass(frozen=True)
class Result:
    """`table` rows are df, sum of squares, mean square, F, p (between, then within).

    `welch` is F, df, df, p without assuming equal spread (None when a group has one value or no spread); `kruskal` is H
    and p on ranks; `tukey` rows are difference, lower, upper, adjusted p for `pairs` (later minus earlier group).
    """

    df_between: int
    ss_between: float
    F: float
    p: float
    df_within: int
    ss_within: float
    table: tuple[tuple[float | None, ...], ...]
    eta2: float
    omega2: float
    welch: tuple[float, float, float, float] | None
    kruskal: tuple[float, float]
    pairs: tuple[tuple[Any, Any], ...]
    tukey: tuple[tuple[float, float, float, float], ...]
    means: dict[Any, float]
    counts: dict[Any, int]
    n: int
    missing: int


def analyse(data: Any, *, value: str | None = None, group: str | None = "group", confidence: float = 0.95) -> Result:
    """Rows with a value and a group; or a mapping of group to values, which `group=None` says outright."""
    from scipy.special import fdtrc

    groups, missing = grouped(data, value=value, group=group)
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    origin = float(next(iter(groups.values()))[0])
    apart = {key: values - origin for key, values in groups.items()}
    n, k = sum(map(len, apart.values())), len(apart)
    if n <= k:
        raise MethodError("too_few", field="data", n=n, least=k + 1)
    between, within = _squares(apart, n)
    if within == 0:
        raise MethodError("no_spread", field="data")
    mean_within = within / (n - k)
    F = between / (k - 1) / mean_within
    p = float(fdtrc(k - 1, n - k, F))
    pairs = tuple((later, earlier) for earlier, later in combinations(apart, 2))
    reach = _tukey_reach(confidence, k, n - k)
    return Result(
        df_between=k - 1,
        ss_between=between,
        F=F,
        p=p,
        df_within=n - k,
        ss_within=within,
        table=((k - 1, between, between / (k - 1), F, p), (n - k, within, mean_within, None, None)),
        eta2=between / (between + within),
        omega2=max(0.0, (between - (k - 1) * mean_within) / (between + within + mean_within)),
        welch=welch(apart),
        kruskal=_kruskal(groups),
        pairs=pairs,
        tukey=tuple(_tukey(apart[a], apart[b], mean_within, k, n - k, reach) for a, b in pairs),
        means={key: _mean(values) + origin for key, values in apart.items()},
        counts={key: len(values) for key, values in apart.items()},
        n=n,
        missing=missing,
    )


def _mean(values: Any) -> float:
    return math.fsum(values) / len(values)


def _squares(groups: dict[Any, Any], n: int) -> tuple[float, float]:
    """Sums of squares between and within, of values already near zero: large offsets cost no digits."""
    grand = math.fsum(value for values in groups.values() for value in values) / n
    means = {key: _mean(values) for key, values in groups.items()}
    between = math.fsum(len(values) * (means[key] - grand) ** 2 for key, values in groups.items())
    return between, math.fsum(gap**2 for key, values in groups.items() for gap in values - means[key])


def welch(groups: dict[Any, Any]) -> tuple[float, float, float, float] | None:
    """F, df, df, p of Welch's test."""
    from scipy.special import fdtrc

    sizes = [len(values) for values in groups.values()]
    if min(sizes) < 2:
        return None
    means = [_mean(values) for values in groups.values()]
    variances = [float(values.var(ddof=1)) for values in groups.values()]
    if min(variances) == 0:
        return None
    weights = [size / variance for size, variance in zip(sizes, variances, strict=True)]
    total, k = math.fsum(weights), len(sizes)
    centre = math.fsum(w * m for w, m in zip(weights, means, strict=True)) / total
    spare = math.fsum((1 - w / total) ** 2 / (size - 1) for w, size in zip(weights, sizes, strict=True))
    above = math.fsum(w * (m - centre) ** 2 for w, m in zip(weights, means, strict=True)) / (k - 1)
    F = above / (1 + 2 * (k - 2) / (k * k - 1) * spare)
    df = (k * k - 1) / (3 * spare)
    return F, float(k - 1), df, float(fdtrc(k - 1, df, F))


def _kruskal(groups: dict[Any, Any]) -> tuple[float, float]:
    from scipy.stats import kruskal

    found = kruskal(*groups.values())
    return float(found.statistic), float(found.pvalue)


def _tukey_reach(confidence: float, k: int, df: int) -> float:
    from scipy.stats import studentized_range

    return float(studentized_range.ppf(confidence, k, df))


def _tukey(a: Any, b: Any, mean_within: float, k: int, df: int, reach: float) -> tuple[float, float, float, float]:
    """Difference, interval and adjusted p; Kramer's standard error when the groups differ in size."""
    from scipy.stats import studentized_range

    gap = _mean(a) - _mean(b)
    se = math.sqrt(mean_within / 2 * (1 / len(a) + 1 / len(b)))
    return gap, gap - reach * se, gap + reach * se, float(studentized_range.sf(abs(gap) / se, k, df))


@dataclass(frozen=True)
class TwoWay:
    """Rows by effect ("a", "b", "a:b", "residual"): df, sum of squares, F, p. The type of the sums is named."""

    rows: dict[str, tuple[float | None, ...]]
    type: int
    n: int
    missing: int


def two_way(data: Any, *, value: str, a: str, b: str, interaction: bool = True, type: int = 2) -> TwoWay:
    """Two factors at once. `type` 1 is in order (a, then b), 2 each after the other, 3 each after all else (sum
    coding).
    """
    from scipy.special import fdtrc

    one_of(type, (1, 2, 3), field="type")
    found = complete(data, [value, a, b])
    y = [number(cell, field=value, row=row) for row, cell in zip(found.kept, found.columns[value], strict=True)]
    blocks = _blocks(found.columns[a], found.columns[b], a, b, interaction, sums=type == 3)
    y = [one - y[0] for one in y]
    full = _fit(blocks, list(blocks), y)
    rows: dict[str, tuple[float | None, ...]] = {}
    for name, without, against in _comparisons(list(blocks), type):
        large = _fit(blocks, against, y)
        small = _fit(blocks, without, y)
        ss, df = small.rss - large.rss, large.k - small.k
        F = ss / df / full.sigma2 if full.sigma2 else None
        rows[name] = (df, ss, F, float(fdtrc(df, full.df, F)) if F is not None else None)
    rows["residual"] = (full.df, full.rss, None, None)
    return TwoWay(rows, type, full.n, found.missing)


def _blocks(left: Any, right: Any, a: str, b: str, interaction: bool, *, sums: bool) -> dict[str, list[Any]]:
    parts = {a: _coded(a, left, sums), b: _coded(b, right, sums)}
    for name, part in parts.items():
        if not part:
            raise MethodError("one_level", field=name)
    if interaction:
        parts[f"{a}:{b}"] = [
            (f"{u}:{v}", [x * y for x, y in zip(p, q, strict=True)]) for u, p in parts[a] for v, q in parts[b]
        ]
    return parts


def _coded(name: str, cells: Any, sums: bool) -> list[Any]:
    """0/1 columns, or for type 3 sum coding: the first level is -1 everywhere."""
    columns = indicators(name, cells)
    if not sums:
        return columns
    first = [float(not any(column[row] for _, column in columns)) for row in range(len(cells))]
    return [(level, [x - f for x, f in zip(column, first, strict=True)]) for level, column in columns]


def _comparisons(names: list[str], type: int) -> list[tuple[str, list[str], list[str]]]:
    """(effect, the model without it, the model with it)."""
    a, b, *crossed = names
    if type == 3:
        return [(name, [other for other in names if other != name], names) for name in names]
    mains = [(a, [] if type == 1 else [b], [a] if type == 1 else [a, b]), (b, [a], [a, b])]
    return mains + [(name, [a, b], names) for name in crossed]


def _fit(blocks: dict[str, list[Any]], chosen: list[str], y: Any) -> Fit:
    import numpy as np

    parts = [(INTERCEPT, [1.0] * len(y)), *(column for name in chosen for column in blocks[name])]
    return fit(np.array([column for _, column in parts]).T, np.array(y), [name for name, _ in parts], intercept=True)
