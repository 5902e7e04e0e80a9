"""Correlation: do two columns move together?

Question: how closely, in which direction, and could it be chance?
Not for: cause, curved relations, or a picture not yet looked at (Anscombe's four sets share one r).
Sample: an interval for Pearson's r needs 4 pairs; below 30 read the interval, not the number.

    >>> lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    >>> result = analyse(lightness, [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8])
    >>> [(one.method, round(one.estimate, 4), round(one.p, 4), one.variant) for one in result.res]
    [('pearson', 0.5712, 0.1082, 't'), ('spearman', 0.6, 0.0968, 'exact'), ('kendall', 0.4444, 0.1194, 'exact')]

Source: R. A. Fisher, Metron 1, 1921 (z interval); C. Spearman, 1904, with the exact null distribution below 10
pairs and the Edgeworth series of D. J. Best and D. E. Roberts (Applied Statistics 24, algorithm AS 89, 1975) from
there; M. Kendall, Biometrika 30, 1938 (tau-b where there are ties).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.vectors import pair

METHODS = ("pearson", "spearman", "kendall")
EXACT_UP_TO, EDGEWORTH_UP_TO, KENDALL_EXACT_BELOW = 9, 1290, 50


@dataclass(frozen=True)
class Coefficient:
    """`variant` names how p was found: "t", "exact", "edgeworth" or "normal". `ci` is () where none is defined."""

    method: str
    estimate: float
    p: float
    ci: tuple[float, ...]
    variant: str


@dataclass(frozen=True)
class Result:
    """One coefficient a method, in the order asked for."""

    res: tuple[Coefficient, ...]
    n: int
    missing: int
    confidence: float


def analyse(
    x: Sequence[Any], y: Sequence[Any], *, methods: Sequence[str] = METHODS, confidence: float = 0.95
) -> Result:
    """Correlate two columns; rows with a gap in either are left out and counted."""
    left, right, missing = pair(x, y, least=3)
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    for column, field in ((left, "x"), (right, "y")):
        if column.min() == column.max():
            raise MethodError("no_spread", field=field)
    found = []
    for row, method in enumerate(methods):
        one_of(method, METHODS, field="methods", row=row)
        found.append(pearson(left, right, confidence) if method == "pearson" else _RANKED[method](left, right))
    return Result(tuple(found), len(left), missing, confidence)


def pearson(x: Any, y: Any, confidence: float = 0.95) -> Coefficient:
    import numpy as np
    from scipy.special import ndtri

    n = len(x)
    dx, dy = x - x.mean(), y - y.mean()
    dx, dy = dx / np.linalg.norm(dx), dy / np.linalg.norm(dy)
    r = max(-1.0, min(1.0, math.fsum(dx * dy)))
    ci: tuple[float, ...] = ()
    if n >= 4 and abs(r) < 1:
        half = float(ndtri((1 + confidence) / 2)) / math.sqrt(n - 3)
        ci = (math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half))
    return Coefficient("pearson", r, _t_p(r, n), ci, "t")


def _t_p(r: float, n: int) -> float:
    from scipy.special import stdtr

    return 0.0 if abs(r) == 1 else 2 * float(stdtr(n - 2, -abs(r) * math.sqrt((n - 2) / (1 - r * r))))


def spearman(x: Any, y: Any) -> Coefficient:
    import numpy as np
    from scipy.stats import rankdata

    ranks = rankdata(x), rankdata(y)
    n, r = len(x), pearson(*ranks).estimate
    tied = len(np.unique(x)) < n or len(np.unique(y)) < n
    if tied or n > EDGEWORTH_UP_TO:
        return Coefficient("spearman", r, _t_p(r, n), (), "t")
    distance = float(((ranks[0] - ranks[1]) ** 2).sum())
    exact = n <= EXACT_UP_TO
    p = _spearman_exact(n, distance) if exact else _spearman_edgeworth(n, distance)
    return Coefficient("spearman", r, p, (), "exact" if exact else "edgeworth")


def _spearman_exact(n: int, distance: float) -> float:
    """Counts orders by their squared rank distance, one rank at a time over the sets of places taken."""
    import numpy as np

    span = n * (n * n - 1) // 3 + 1
    counts = {0: np.eye(1, span, dtype=np.int64)[0]}
    for rank in range(n):
        following: dict[int, Any] = {}
        for taken, ways in counts.items():
            for place in (place for place in range(n) if not taken >> place & 1):
                step = (rank - place) ** 2
                grown = following.setdefault(taken | 1 << place, np.zeros(span, dtype=np.int64))
                grown[step:] += ways[: span - step]
        counts = following
    ways = next(iter(counts.values()))
    cut, middle = round(distance), (n**3 - n) / 6
    tail = ways[cut:].sum() if distance > middle else ways[: cut + 1].sum()
    return min(1.0, 2 * float(tail) / math.factorial(n))


def _spearman_edgeworth(n: int, distance: float) -> float:
    """Tail of the squared rank distance by its Edgeworth series, never below what the rarest order can have."""
    upper = distance > (n**3 - n) / 6
    cut = distance if upper else distance + 2
    b = 1 / n
    x = (6 * (cut - 1) * b / (n * n - 1) - 1) * math.sqrt(1 / b - 1)
    y = x * x
    inner = 0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y))
    middle = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * inner
    correction = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * middle) * math.exp(-y / 2)
    tail = correction + 0.5 * math.erfc(x / math.sqrt(2))
    rarest = math.exp(-math.lgamma(n + 1))
    return min(1.0, 2 * max(tail if upper else 1 - tail, rarest))


def kendall(x: Any, y: Any) -> Coefficient:
    import numpy as np
    from scipy.stats import kendalltau

    exact = len(x) < KENDALL_EXACT_BELOW and len(np.unique(x)) == len(x) == len(np.unique(y))
    found = kendalltau(x, y, method="exact" if exact else "asymptotic")
    return Coefficient("kendall", float(found.statistic), float(found.pvalue), (), "exact" if exact else "normal")


_RANKED = {"spearman": spearman, "kendall": kendall}
