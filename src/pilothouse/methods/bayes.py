"""Bayesian reading of an experiment: how likely is B better, and what would be lost by choosing wrongly?

Question: what is the chance that B beats A, and how much do we lose on average if it does not?
Not for: stopping the moment the chance passes 95 % (that is a false-alarm machine; decide by expected loss, once).
Sample: as a frequentist test; with a flat prior the chance is its one-sided p turned round.

    >>> result = analyse({"successes": 49, "n": 100}, {"successes": 51, "n": 100})
    >>> round(result.chance_to_win, 4), [round(loss, 4) for loss in result.risk], round(result.p_b_gt_a, 4)
    (0.6092, [0.0814, 0.0406], 0.6108)
    >>> girls = posterior(successes=437, n=980)
    >>> round(girls.mean, 3), round(girls.sd, 3), [round(end, 3) for end in girls.ci95]
    (0.446, 0.016, [0.415, 0.477])

Source: A. Gelman et al., Bayesian Data Analysis, 3rd ed., 2013, section 2.4; E. Miller, "Formulas for Bayesian A/B
testing", 2015 (closed form of P(B > A)); C. Stucchio, "Bayesian A/B testing at VWO", 2015 (expected loss).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.ab_welch import Arm, side
from pilothouse.methods.fitting.arms import Side, check_baseline, check_spread, read
from pilothouse.methods.shared.checks import number, numbers, one_of, whole
from pilothouse.methods.shared.intervals import z_value
from pilothouse.methods.shared.method import MethodError

SUM_UP_TO = 100_000


@dataclass(frozen=True)
class Result:
    """Posterior of the effect of B over A (normal). `risk` is the expected loss of staying with A, and of taking B.

    `p_b_gt_a` is exact for shares with a uniform prior on each, None for means.
    """

    est: float
    se: float
    ci: tuple[float, float]
    chance_to_win: float
    risk: tuple[float, float]
    p_b_gt_a: float | None
    diff: str


@dataclass(frozen=True)
class Posterior:
    """Beta(alpha, beta) of one share."""

    alpha: float
    beta: float
    mean: float
    sd: float
    ci95: tuple[float, float]


@dataclass(frozen=True)
class Beats:
    """`loss_a` is the expected loss in share of staying with A, `loss_b` of taking B."""

    p_b_gt_a: float
    loss_a: float
    loss_b: float


def analyse(
    a: Arm,
    b: Arm,
    *,
    prior: Any = "flat",
    diff: str = "relative",
    confidence: float = 0.95,
) -> Result:
    """Arms as {"successes", "n"}, or with n, mean and variance; control first.

    `prior` of the effect: "flat", or {"mean", "variance"} in the units of `diff`. A pair is the Beta prior of each
    arm's share: it goes into `p_b_gt_a`, and the effect's own prior stays flat.
    """
    one_of(diff, ("relative", "absolute"), field="diff")
    left, right = _side(a, "a"), _side(b, "b")
    check_spread(left, right)
    shares = _prior(prior) if isinstance(prior, Sequence) and not isinstance(prior, str) else [1.0, 1.0]
    est, se = _with_prior(*_effect(left, right, diff), prior)
    half = z_value(number(confidence, field="confidence", above=0, most=0.999999)) * se
    exact = beats(a, b, prior=shares).p_b_gt_a if _is_share(a) and _is_share(b) else None
    return Result(est, se, (est - half, est + half), _normal_cdf(est / se), _risk(est, se), exact, diff)


def _is_share(arm: Any) -> bool:
    return isinstance(arm, Mapping) and "successes" in arm


def _side(arm: Any, field: str) -> Side:
    """A share with its binomial variance, or a mean."""
    if not _is_share(arm):
        return side(read(arm, field=field))
    won, n = _counts(arm, field)
    return Side(won / n, won / n * (1 - won / n) / n, n)


def _counts(arm: Any, field: str) -> tuple[int, int]:
    n = whole(arm.get("n"), field=field, row="n", least=1)
    return whole(arm.get("successes"), field=field, row="successes", least=0, most=n), n


def _effect(a: Side, b: Side, diff: str) -> tuple[float, float]:
    if diff == "absolute":
        return b.mean - a.mean, math.sqrt(a.variance + b.variance)
    check_baseline(a.mean, a.variance)
    variance = b.variance / a.mean**2 + a.variance * b.mean**2 / a.mean**4
    return (b.mean - a.mean) / abs(a.mean), math.sqrt(variance)


def _with_prior(est: float, se: float, prior: Any) -> tuple[float, float]:
    """Precisions add; the mean is their weighted mean."""
    if isinstance(prior, str | Sequence):
        return est, se
    if not isinstance(prior, Mapping):
        raise MethodError("not_a_prior", field="prior")
    if prior.get("proper") is False:
        return est, se
    centre = number(prior.get("mean", 0), field="prior", row="mean")
    weight = 1 / number(prior.get("variance"), field="prior", row="variance", above=0)
    precision = weight + 1 / se**2
    return (weight * centre + est / se**2) / precision, 1 / math.sqrt(precision)


def _normal_cdf(z: float) -> float:
    return 0.5 * math.erfc(-z / math.sqrt(2))


def _risk(est: float, se: float) -> tuple[float, float]:
    """E[max(effect, 0)] and E[max(-effect, 0)]."""
    z = est / se
    density = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    return est * _normal_cdf(z) + se * density, -est * _normal_cdf(-z) + se * density


def posterior(successes: int, n: int, *, prior: Sequence[float] = (1, 1)) -> Posterior:
    """A share after n trials, from a Beta prior (uniform unless given)."""
    from scipy.special import betaincinv

    won, n = _counts({"successes": successes, "n": n}, "successes")
    alpha, beta = (one + count for one, count in zip(_prior(prior), (won, n - won), strict=True))
    total = alpha + beta
    ends = tuple(float(betaincinv(alpha, beta, level)) for level in (0.025, 0.975))
    return Posterior(alpha, beta, alpha / total, math.sqrt(alpha * beta / (total + 1)) / total, (ends[0], ends[1]))


def _prior(prior: Sequence[float]) -> list[float]:
    found = numbers(prior, field="prior", above=0, least_count=2)
    if len(found) != 2:
        raise MethodError("different_length", field="prior", n=len(found), expected=2)
    return found


def beats(a: Arm, b: Arm, *, prior: Sequence[float] = (1, 1)) -> Beats:
    """Two shares with independent Beta posteriors: the chance that B's is the larger, and both expected losses."""
    start = _prior(prior)
    shapes = []
    for arm, field in ((a, "a"), (b, "b")):
        won, n = _counts(arm, field)
        shapes.append((start[0] + won, start[1] + n - won))
    return Beats(larger(*shapes[0], *shapes[1]), _loss(*shapes[0], *shapes[1]), _loss(*shapes[1], *shapes[0]))


def larger(a1: float, b1: float, a2: float, b2: float) -> float:
    """P(Beta(a2, b2) > Beta(a1, b1)): a finite sum when a parameter is whole, by the smallest of them."""
    options = {0: a2, 1: b2, 2: a1, 3: b1}
    whole_ones = [key for key, value in options.items() if value == int(value) and value <= SUM_UP_TO]
    if not whole_ones:
        return _larger_by_quadrature(a1, b1, a2, b2)
    turn = min(whole_ones, key=lambda key: options[key])
    if turn == 0:
        return _sum_over(a1, b1, a2, b2)
    if turn == 1:
        return 1 - _sum_over(b1, a1, b2, a2)
    if turn == 2:
        return 1 - _sum_over(a2, b2, a1, b1)
    return _sum_over(b2, a2, b1, a1)


def _sum_over(a1: float, b1: float, a2: float, b2: float) -> float:
    """Miller's sum over the whole number a2, in logarithms so that large counts do not overflow."""
    import numpy as np
    from scipy.special import betaln

    i = np.arange(int(a2))
    terms = betaln(a1 + i, b1 + b2) - np.log(b2 + i) - betaln(1 + i, b2) - betaln(a1, b1)
    return min(1.0, math.fsum(np.exp(terms)))


def _larger_by_quadrature(a1: float, b1: float, a2: float, b2: float) -> float:
    """Mean of A's distribution function under B, at B's own quantiles."""
    import numpy as np
    from scipy.special import betainc, betaincinv

    nodes, weights = np.polynomial.legendre.leggauss(400)
    levels = (nodes + 1) / 2
    return min(1.0, float(weights @ betainc(a1, b1, betaincinv(a2, b2, levels)) / 2))


def _loss(a1: float, b1: float, a2: float, b2: float) -> float:
    """E[max(p2 - p1, 0)] through P(p2 > p1) with one more success counted on either side."""
    gain = a2 / (a2 + b2) * larger(a1, b1, a2 + 1, b2)
    return max(0.0, gain - a1 / (a1 + b1) * larger(a1 + 1, b1, a2, b2))
