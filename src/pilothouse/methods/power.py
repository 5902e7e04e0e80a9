"""Power and sample size: how many users does the experiment need, or what can it see with those there are?

Question: how long must we run to notice the smallest change that would matter?
Not for: after the fact with the effect observed (that only restates p).
Sample: this is the method that says so.

    >>> round(analyse(delta=1, sd=1, power=0.9).n, 2), round(analyse(n=50, p1=0.5, p2=0.75).power, 4)
    (22.02, 0.7402)
    >>> round(analyse(n=10000, p1=0.10, power=0.8).p2, 4)
    0.1122

Source: J. Cohen, Statistical Power Analysis, 1988 (noncentral t, F and chi-square; h = arcsine difference); J.
Fleiss, Statistical Methods for Rates and Proportions, 1981 (two shares with the pooled variance under no
difference).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.intervals import z_value
from pilothouse.methods.shared.method import MethodError

MOST = 1e12
SIDES = {"two_sided": 2, "two.sided": 2, "one_sided": 1, "one.sided": 1, "greater": 1, "less": 1}


@dataclass(frozen=True)
class Result:
    """`n` is the size of each arm, as the exact number (round up); the one quantity left open has been solved for.

    `formula` names the approximation: "noncentral_t" or "two_proportions".
    """

    n: float
    power: float
    alpha: float
    delta: float | None
    sd: float | None
    p1: float | None
    p2: float | None
    formula: str
    solved: str


def analyse(
    *,
    n: float | None = None,
    delta: float | None = None,
    sd: float = 1.0,
    p1: float | None = None,
    p2: float | None = None,
    power: float | None = None,
    alpha: float = 0.05,
    alternative: str = "two_sided",
) -> Result:
    """Give all but one: of n, delta (with sd) and power for means; of n, p1, p2 and power for shares (p1 is needed)."""
    sides = SIDES[one_of(alternative, tuple(SIDES), field="alternative")]
    alpha = number(alpha, field="alpha", above=0, most=0.5)
    _check(n, power, sd)
    if p1 is not None or p2 is not None:
        return _shares(n, p1, p2, power, alpha, sides)
    return _means(n, delta, sd, power, alpha, sides)


def _check(n: float | None, power: float | None, sd: float) -> None:
    number(sd, field="sd", above=0)
    if n is not None:
        number(n, field="n", least=2, most=MOST)
    if power is not None:
        number(power, field="power", above=0, most=0.999999999)


def _one_open(**given: float | None) -> str:
    """The quantity to solve for."""
    left = [name for name, value in given.items() if value is None]
    if len(left) != 1:
        raise MethodError("leave_one_open", field=",".join(given), open=tuple(left))
    return left[0]


def _means(n: Any, delta: Any, sd: float, power: Any, alpha: float, sides: int) -> Result:
    solved = _one_open(n=n, delta=delta, power=power)
    if delta is not None and number(delta, field="delta") == 0:
        raise MethodError("no_effect", field="delta")
    if solved == "power":
        power = power_t(n, delta / sd, alpha, sides)
    elif solved == "n":
        n = _solve(lambda size: power_t(size, delta / sd, alpha, sides) - power, 2.0, MOST)
    else:
        delta = sd * _solve(lambda d: power_t(n, d, alpha, sides) - power, 1e-9, 1e3)
    return Result(n, power, alpha, delta, sd, None, None, "noncentral_t", solved)


def _shares(n: Any, p1: Any, p2: Any, power: Any, alpha: float, sides: int) -> Result:
    solved = _one_open(n=n, p2=p2, power=power)
    p1 = number(p1, field="p1", least=0, most=1)
    if p2 is not None and number(p2, field="p2", least=0, most=1) == p1:
        raise MethodError("no_effect", field="p2")
    if solved == "power":
        power = power_proportions(n, p1, p2, alpha, sides)
    elif solved == "n":
        n = _solve(lambda size: power_proportions(size, p1, p2, alpha, sides) - power, 1e-3, MOST)
    else:
        p2 = _solve(lambda p: power_proportions(n, p1, p, alpha, sides) - power, p1 + 1e-9, 1.0)
    return Result(n, power, alpha, p2 - p1, None, p1, p2, "two_proportions", solved)


def power_t(n: float, d: float, alpha: float = 0.05, sides: int = 2) -> float:
    """Two arms of n, standardised difference d, both tails when two-sided."""
    from scipy.special import nctdtr, stdtrit

    df, shift = 2 * (n - 1), abs(d) * math.sqrt(n / 2)
    edge = float(stdtrit(df, 1 - alpha / sides))
    if shift > 37:
        return 1.0
    upper = 1 - float(nctdtr(df, shift, edge))
    return upper + (float(nctdtr(df, shift, -edge)) if sides == 2 and shift < 6 else 0.0)


def power_proportions(n: float, p1: float, p2: float, alpha: float = 0.05, sides: int = 2) -> float:
    """Two arms of n; the variance is pooled under no difference and separate under the difference."""
    middle = (p1 + p2) / 2
    none = math.sqrt(2 * middle * (1 - middle))
    some = math.sqrt(p1 * (1 - p1) + p2 * (1 - p2))
    reach = math.sqrt(n) * abs(p2 - p1) - z_value(1 - 2 * alpha / sides) * none
    return 0.5 * math.erfc(-reach / some / math.sqrt(2)) if some else float(reach > 0)


def _solve(gap: Callable[[float], float], low: float, high: float) -> float:
    """The root of a rising function; out of reach is refused."""
    from scipy.optimize import brentq

    if gap(low) >= 0:
        return low
    top = max(2 * low, 8.0) if high > 1e6 else high
    while gap(top) < 0:
        if top >= high:
            raise MethodError("out_of_reach", field="power", largest=high)
        top = min(4 * top, high)
    return float(brentq(gap, low, top, xtol=1e-12, rtol=1e-12))


def n_t(d: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Users an arm for a standardised difference d of means (Cohen's d)."""
    return analyse(delta=d, power=power, alpha=alpha).n


def n_proportions(p1: float, p2: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Users an arm for two shares."""
    return analyse(p1=p1, p2=p2, power=power, alpha=alpha).n


def n_h(p1: float, p2: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Users an arm for two shares by Cohen's arcsine formula, which differs a little from `n_proportions`."""
    p1, p2 = number(p1, field="p1", least=0, most=1), number(p2, field="p2", least=0, most=1)
    h = abs(2 * math.asin(math.sqrt(p2)) - 2 * math.asin(math.sqrt(p1)))
    if h == 0:
        raise MethodError("no_effect", field="p2")
    return 2 * ((z_value(1 - alpha) + z_value(2 * power - 1)) / h) ** 2 if power > 0.5 else _small_h(h, alpha, power)


def _small_h(h: float, alpha: float, power: float) -> float:
    from scipy.special import ndtri

    return max(2.0, 2 * ((z_value(1 - alpha) + float(ndtri(power))) / h) ** 2)


def n_anova(k: int, f: float, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """Users a group for k groups and Cohen's f."""
    from scipy.special import fdtri, ncfdtr

    k, f = int(number(k, field="k", least=2)), number(f, field="f", above=0)

    def reached(n: float) -> float:
        df = k * (n - 1)
        return 1 - float(ncfdtr(k - 1, df, k * n * f * f, fdtri(k - 1, df, 1 - alpha)))

    return _solve(lambda n: reached(n) - power, 2.0, MOST)


def n_chi2(w: float, df: int = 1, *, alpha: float = 0.05, power: float = 0.8) -> float:
    """All users together for a chi-square test with Cohen's w."""
    from scipy.special import chdtri, chndtr

    w = number(w, field="w", above=0)
    return _solve(lambda n: 1 - float(chndtr(chdtri(df, alpha), df, n * w * w)) - power, 1.0, MOST)
