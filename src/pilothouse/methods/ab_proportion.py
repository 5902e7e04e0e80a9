"""Shares compared: did the conversion rate change?

Question: how many more of a hundred users convert with B than with A?
Not for: clicks per view (ab_ratio), or a share of events rather than users.
Sample: as planned with `power`; with fewer than 5 successes or failures in an arm read the interval, not p.

    >>> result = analyse(x=[15, 25], n=[50, 50])
    >>> round(result.chi2, 4), round(result.p, 4), round(result.effect, 2), [round(end, 3) for end in result.ci]
    (4.1667, 0.0412, 0.2, [0.008, 0.372])

Source: K. Pearson, 1900; E. B. Wilson, JASA 22, 1927; R. Newcombe, Statistics in Medicine 17, 1998, method 10 (interval
of the difference); F. Yates, 1934 (continuity correction, off unless asked for).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.contingency import pearson, yates
from pilothouse.methods.shared.checks import number, same_length, sequence, whole
from pilothouse.methods.shared.intervals import chi2_p, wilson, z_value
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`rates` with Wilson `intervals` by arm. chi2 and p are None when nobody, or everybody, succeeded everywhere.

    With two arms: `effect` is second minus first with Newcombe's `ci`, `z` its pooled test, `lift` the relative change
    with `lift_ci` from the logarithm (None while an arm has no success), and `ci_diff` the plain Wald interval of first
    minus second, which is what R's prop.test prints.
    """

    chi2: float | None
    df: int
    p: float | None
    rates: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    effect: float | None
    ci: tuple[float, float] | None
    z: float | None
    lift: float | None
    lift_ci: tuple[float, float] | None
    ci_diff: tuple[float, float] | None
    continuity: bool
    confidence: float
    flags: tuple[str, ...]


def analyse(x: Sequence[Any], n: Sequence[Any], *, continuity: bool = False, confidence: float = 0.95) -> Result:
    """Successes x of n users, by arm, control first. Continuity correction concerns two arms only."""
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    trials = [
        whole(size, field="n", row=row, least=1) for row, size in enumerate(sequence(n, field="n", least_count=2))
    ]
    wins = [whole(count, field="x", row=row, least=0) for row, count in enumerate(sequence(x, field="x"))]
    same_length(len(trials), x=wins)
    for row, (won, size) in enumerate(zip(wins, trials, strict=True)):
        if won > size:
            raise MethodError("too_large", field="x", row=row, value=won, most=size)
    two = len(trials) == 2
    chi2 = _chi2(wins, trials, continuity and two)
    rates = tuple(won / size for won, size in zip(wins, trials, strict=True))
    intervals = tuple(wilson(won, size, confidence) for won, size in zip(wins, trials, strict=True))
    return Result(
        chi2=chi2,
        df=len(trials) - 1,
        p=None if chi2 is None else chi2_p(chi2, len(trials) - 1),
        rates=rates,
        intervals=intervals,
        effect=rates[1] - rates[0] if two else None,
        ci=newcombe(rates, intervals) if two else None,
        z=math.copysign(math.sqrt(chi2), rates[1] - rates[0]) if two and chi2 is not None else None,
        **_lift(wins, trials, two, confidence),
        ci_diff=_wald(rates, trials, continuity, confidence) if two else None,
        continuity=continuity and two,
        confidence=confidence,
        flags=_flags(wins, trials),
    )


def _flags(wins: list[int], trials: list[int]) -> tuple[str, ...]:
    """Small expected counts make chi-square rough."""
    share = sum(wins) / sum(trials)
    least = min(min(size * share, size * (1 - share)) for size in trials)
    return ("no_variation",) if share in (0, 1) else ("small_expected_counts",) * (least < 5)


def _chi2(wins: list[int], trials: list[int], corrected: bool) -> float | None:
    table = tuple((float(won), float(size - won)) for won, size in zip(wins, trials, strict=True))
    if not all(sum(column) for column in zip(*table, strict=True)):
        return None
    return yates(table) if corrected else pearson(table).chi2


def newcombe(rates: Sequence[float], intervals: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Interval of second minus first from the two Wilson intervals."""
    (p1, p2), ((l1, u1), (l2, u2)) = rates, intervals
    gap = p2 - p1
    return gap - math.hypot(p2 - l2, u1 - p1), gap + math.hypot(u2 - p2, p1 - l1)


def _wald(rates: Sequence[float], trials: list[int], continuity: bool, confidence: float) -> tuple[float, float]:
    gap = rates[0] - rates[1]
    inverse = sum(1 / size for size in trials)
    shift = min(0.5, abs(gap) / inverse) if continuity else 0.0
    half = z_value(confidence) * math.sqrt(sum(p * (1 - p) / size for p, size in zip(rates, trials, strict=True)))
    half += shift * inverse
    return max(gap - half, -1.0), min(gap + half, 1.0)


def _lift(wins: list[int], trials: list[int], two: bool, confidence: float) -> dict[str, Any]:
    """Katz: the logarithm of a ratio of two shares is nearly normal."""
    if not two or not min(wins):
        return {"lift": None, "lift_ci": None}
    ratio = wins[1] / trials[1] / (wins[0] / trials[0])
    spread = sum(1 / won - 1 / size for won, size in zip(wins, trials, strict=True))
    reach = math.exp(z_value(confidence) * math.sqrt(spread))
    return {"lift": ratio - 1, "lift_ci": (ratio / reach - 1, ratio * reach - 1)}
