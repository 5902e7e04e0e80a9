"""What an experiment's arm hands over: n, means and centred second moments, from whatever engine aggregated them.

An arm is `Moments`, or a mapping: {"n", "mean", "variance"} for a mean, {"n", "m_mean", "d_mean", "m_variance",
"d_variance", "cov"} for a ratio m / d, {"n", "mean", "variance", "pre_mean", "pre_variance", "cov"} for a metric with a
covariate. Platforms that export sums of squares ({"n", "sum", "sum_squares"}, ...) are converted in exact arithmetic,
and refused ("sums_lose_digits") when their digits cannot carry a variance.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from pilothouse.methods.shared.checks import number, whole
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.vectors import vector

DIGITS_LEFT = 1e9


@dataclass(frozen=True)
class Moments:
    """One arm: `mean` by variable and the sample covariance matrix `cov` (divided by n - 1)."""

    n: int
    mean: tuple[float, ...]
    cov: tuple[tuple[float, ...], ...]

    @property
    def variance(self) -> float:
        return self.cov[0][0]

    @property
    def possible(self) -> bool:
        """No negative variance and no correlation beyond one."""
        size = range(len(self.mean))
        if any(self.cov[i][i] < 0 for i in size):
            return False
        return all(
            self.cov[i][j] ** 2 <= self.cov[i][i] * self.cov[j][j] * (1 + 1e-9) for i, j in combinations(size, 2)
        )

    def __add__(self, other: Moments) -> Moments:
        """Both arms as one sample."""
        n = self.n + other.n
        gap = [b - a for a, b in zip(self.mean, other.mean, strict=True)]
        spare = self.n * other.n / n
        cov = tuple(
            tuple(
                ((self.n - 1) * self.cov[i][j] + (other.n - 1) * other.cov[i][j] + spare * gap[i] * gap[j]) / (n - 1)
                for j in range(len(gap))
            )
            for i in range(len(gap))
        )
        return Moments(n, tuple(a + g * other.n / n for a, g in zip(self.mean, gap, strict=True)), cov)


def from_values(*columns: Sequence[Any]) -> Moments:
    """Moments of raw columns, one entry a unit."""
    import numpy as np

    vectors = [vector(column, field="values", least=2) for column in columns]
    if any(one.missing for one in vectors) or len({one.n for one in vectors}) > 1:
        raise MethodError("gaps_in_values", field="values")
    table = np.array([one.values for one in vectors])
    means = table.mean(axis=1)
    rest = table - means[:, None]
    cov = rest @ rest.T / (table.shape[1] - 1)
    return Moments(table.shape[1], tuple(means.tolist()), tuple(map(tuple, cov.tolist())))


def read(given: Any, *, field: str, variables: Sequence[str] = ("",), cross: str = "cross") -> Moments:
    """An arm in any of its shapes. `variables` are the prefixes of the keys, `cross` the key of a sum of products."""
    if isinstance(given, Moments):
        moments = given
    elif not isinstance(given, Mapping):
        raise MethodError("not_an_arm", field=field)
    elif "values" in given:
        columns = [given["values"]] if len(variables) == 1 else list(given["values"])
        moments = from_values(*columns)
    elif f"{variables[0]}sum" in given:
        moments = _from_sums(given, field, variables, cross)
    else:
        moments = _from_moments(given, field, variables)
    if len(moments.mean) != len(variables):
        raise MethodError("different_length", field=field, n=len(moments.mean), expected=len(variables))
    if moments.n < 2:
        raise MethodError("too_few", field=field, n=moments.n, least=2)
    return moments


def _cell(given: Mapping[str, Any], field: str, *keys: str) -> float:
    """The first of the keys that is there."""
    for key in keys:
        if key in given:
            return number(given[key], field=field, row=key)
    raise MethodError("missing_key", field=field, row=keys[0])


def _from_moments(given: Mapping[str, Any], field: str, variables: Sequence[str]) -> Moments:
    n = whole(given.get("n"), field=field, row="n", least=2)
    means = tuple(_cell(given, field, f"{prefix}mean") for prefix in variables)
    spread = []
    for prefix in variables:
        m2 = f"{prefix}m2" in given
        variance = _cell(given, field, f"{prefix}m2", f"{prefix}variance") / (n - 1 if m2 else 1)
        if variance < 0:
            raise MethodError("negative_variance", field=field, row=f"{prefix}variance", value=variance)
        spread.append(variance)
    shared = _cell(given, field, "cov") if len(variables) == 2 else 0.0
    return Moments(n, means, _matrix(spread, shared))


def _matrix(spread: Sequence[float], shared: float) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(v if i == j else shared for j in range(len(spread))) for i, v in enumerate(spread))


def _from_sums(given: Mapping[str, Any], field: str, variables: Sequence[str], cross: str) -> Moments:
    """Sums as a platform exports them, in fractions: nothing is rounded before the difference is taken."""
    n = whole(given.get("n"), field=field, row="n", least=2)
    sums = [Fraction(_cell(given, field, f"{prefix}sum")) for prefix in variables]
    spread = []
    for prefix, total in zip(variables, sums, strict=True):
        squares = Fraction(_cell(given, field, f"{prefix}sum_squares", f"{prefix}sum_sq"))
        rest = squares - total * total / n
        if abs(rest) * Fraction(DIGITS_LEFT) < squares:
            raise MethodError("sums_lose_digits", field=field, row=f"{prefix}sum_squares")
        spread.append(float(rest / (n - 1)))
    shared = 0.0
    if len(variables) == 2:
        shared = float((Fraction(_cell(given, field, cross)) - sums[0] * sums[1] / n) / (n - 1))
    return Moments(n, tuple(float(total / n) for total in sums), _matrix(spread, shared))


# Comparing two arms ---------------------------------------------------------------------------------------------

DIFFS = ("absolute", "relative", "log")


@dataclass(frozen=True)
class Side:
    """An arm's estimate and the variance of that estimate."""

    mean: float
    variance: float
    n: int


@dataclass(frozen=True)
class Compared:
    """Effect of b over a with its interval; `t` tests it against nothing."""

    est: float
    se: float
    ci: tuple[float, float]
    t: float
    df: float
    p: float


def welch_df(a: Side, b: Side) -> float:
    """Satterthwaite."""
    total = a.variance + b.variance
    return total**2 / (a.variance**2 / (a.n - 1) + b.variance**2 / (b.n - 1))


def check_baseline(baseline: float, variance: float) -> None:
    """A lift over nearly nothing says nothing."""
    if baseline == 0 or abs(baseline) < 2 * math.sqrt(max(variance, 0)):
        raise MethodError("baseline_near_zero", field="a", value=baseline)


def check_spread(a: Side, b: Side) -> None:
    if a.variance < 0 or b.variance < 0:
        raise MethodError("negative_variance", field="a" if a.variance < 0 else "b")
    if a.variance + b.variance == 0:
        raise MethodError("no_spread", field="a")


def lift(a: Side, b: Side, diff: str, confidence: float) -> Compared:
    """Difference b - a, or as a share of a: "relative" by the delta method, "log" with an interval from log(b / a)."""
    check_spread(a, b)
    df = welch_df(a, b)
    if diff == "absolute":
        return compared(b.mean - a.mean, a.variance + b.variance, df, confidence)
    check_baseline(a.mean, a.variance)
    if diff == "log":
        return _log_lift(a, b, df, confidence)
    variance = b.variance / a.mean**2 + a.variance * b.mean**2 / a.mean**4
    return compared((b.mean - a.mean) / abs(a.mean), variance, df, confidence)


def compared(est: float, variance: float, df: float, confidence: float) -> Compared:
    from scipy.special import stdtr, stdtrit

    se = math.sqrt(variance)
    half = float(stdtrit(df, (1 + confidence) / 2)) * se
    return Compared(est, se, (est - half, est + half), est / se, df, 2 * float(stdtr(df, -abs(est / se))))


def _log_lift(a: Side, b: Side, df: float, confidence: float) -> Compared:
    """The interval of a ratio cannot cross -100 %; p is that of the plain difference."""
    from scipy.special import stdtrit

    if a.mean <= 0 or b.mean <= 0:
        raise MethodError("not_positive", field="a" if a.mean <= 0 else "b", value=min(a.mean, b.mean))
    plain = compared(b.mean - a.mean, a.variance + b.variance, df, confidence)
    parts = [Side(1.0, side.variance / side.mean**2, side.n) for side in (a, b)]
    se, ratio = math.sqrt(parts[0].variance + parts[1].variance), b.mean / a.mean
    reach = math.exp(float(stdtrit(welch_df(*parts), (1 + confidence) / 2)) * se)
    return Compared(ratio - 1, ratio * se, (ratio / reach - 1, ratio * reach - 1), plain.t, df, plain.p)
