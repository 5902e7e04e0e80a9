"""Brier score and calibration: do things said to be 70 % likely happen 7 times in 10?

Question: how good are our predictions, and are we too sure or not sure enough?
Not for: comparing forecasters on different questions (use the skill score), or fewer than some 30 closed predictions.
Sample: 30 closed predictions for a score, 100 for a curve.

    >>> result = analyse([0.9, 0.9, 0.9, 0.6, 0.6, 0.2, 0.2, 0.2, 0.2, 0.7], [1, 1, 0, 1, 0, 0, 0, 1, 0, None])
    >>> round(result.brier, 4), round(result.skill, 3), result.open, result.n
    (0.2344, 0.05, 1, 9)
    >>> [(round(bin.mean, 2), round(bin.share, 2)) for bin in result.bins]
    [(0.2, 0.25), (0.6, 0.5), (0.9, 0.67)]

Source: Glenn Brier, Monthly Weather Review 78(1), 1950; decomposition: Allan Murphy, 1973; test: David
Spiegelhalter, 1986.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any, Literal

from pilothouse.methods.shared.checks import is_missing, number, same_length, sequence, whole
from pilothouse.methods.shared.intervals import two_sided_p, wilson
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Bin:
    """Predictions in [low, high): their mean, the share that came true, and its 95 % Wilson interval."""

    low: float
    high: float
    n: int
    mean: float
    share: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class Result:
    """brier = reliability - resolution + uncertainty + within (what binning hides). `skill` is against the base rate.

    `log_score` in nats, infinite when something said to be impossible happened. `z`, `p`: Spiegelhalter's test.
    `tendency` compares mean prediction with base rate by that test at 5 %.
    """

    brier: float
    skill: float | None
    base_rate: float
    mean_prediction: float
    reliability: float
    resolution: float
    uncertainty: float
    within: float
    log_score: float
    z: float | None
    p: float | None
    tendency: Literal["calibrated", "too_high", "too_low", "too_extreme", "too_timid", "unknown"]
    bins: tuple[Bin, ...]
    n: int
    open: int


def analyse(probabilities: Sequence[float], outcomes: Sequence[Any], *, bins: int = 10) -> Result:
    """Predicted probabilities and what happened: 1, 0, or None while the prediction is open.

    Raises MethodError "different_length", "too_few", "not_one_of" (an outcome), "not_a_number", "too_small",
    "too_large".
    """
    said, happened, waiting = pairs(probabilities, outcomes)
    found = calibration(said, happened, bins=bins)
    base = fmean(happened)
    score = fmean((p - o) ** 2 for p, o in zip(said, happened, strict=True))
    reliability = math.fsum(bin.n * (bin.mean - bin.share) ** 2 for bin in found) / len(said)
    resolution = math.fsum(bin.n * (bin.share - base) ** 2 for bin in found) / len(said)
    uncertainty = base * (1 - base)
    z = spiegelhalter(said, happened)
    return Result(
        brier=score,
        skill=1 - score / uncertainty if uncertainty else None,
        base_rate=base,
        mean_prediction=fmean(said),
        reliability=reliability,
        resolution=resolution,
        uncertainty=uncertainty,
        within=score - (reliability - resolution + uncertainty),
        log_score=fmean(_surprise(p if o else 1 - p) for p, o in zip(said, happened, strict=True)),
        z=z,
        p=None if z is None else two_sided_p(z),
        tendency=_tendency(said, happened, z),
        bins=found,
        n=len(said),
        open=waiting,
    )


def pairs(probabilities: Any, outcomes: Any) -> tuple[list[float], list[int], int]:
    """Closed predictions, their outcomes, and how many are open."""
    given = sequence(probabilities, field="probabilities")
    known = sequence(outcomes, field="outcomes")
    same_length(len(given), outcomes=known)
    said = [number(p, field="probabilities", row=row, least=0, most=1) for row, p in enumerate(given)]
    closed = [row for row, outcome in enumerate(known) if not is_missing(outcome)]
    if not closed:
        raise MethodError("too_few", field="outcomes", n=0, least=1)
    for row in closed:
        if known[row] not in (0, 1):
            raise MethodError("not_one_of", field="outcomes", row=row, value=known[row], choices=(0, 1))
    return [said[row] for row in closed], [int(known[row]) for row in closed], len(known) - len(closed)


def calibration(said: Sequence[float], happened: Sequence[int], *, bins: int = 10) -> tuple[Bin, ...]:
    """The calibration curve: equal-width bins, empty ones left out."""
    width = 1 / whole(bins, field="bins", least=1, most=100)
    members: dict[int, list[int]] = {}
    for row, p in enumerate(said):
        members.setdefault(min(int(p / width + 1e-9), bins - 1), []).append(row)
    return tuple(_bin(at * width, (at + 1) * width, rows, said, happened) for at, rows in sorted(members.items()))


def _bin(low: float, high: float, rows: list[int], said: Sequence[float], happened: Sequence[int]) -> Bin:
    true = sum(happened[row] for row in rows)
    n = len(rows)
    return Bin(low, high, n, fmean(said[row] for row in rows), true / n, wilson(true, n))


def spiegelhalter(said: Sequence[float], happened: Sequence[int]) -> float | None:
    """Standard normal if every probability is right; None when none of them leaves room for chance (or all are 0.5)."""
    variance = math.fsum((1 - 2 * p) ** 2 * p * (1 - p) for p in said)
    apart = math.fsum((o - p) * (1 - 2 * p) for p, o in zip(said, happened, strict=True))
    return apart / math.sqrt(variance) if variance > 1e-12 else None


def _surprise(p: float) -> float:
    return -math.log(p) if p > 0 else math.inf


def _tendency(said: Sequence[float], happened: Sequence[int], z: float | None) -> Any:
    """First whether the mean is off, then whether predictions lie too far from or too near to one half."""
    variance = math.fsum(p * (1 - p) for p in said)
    if variance <= 1e-12:
        return "unknown"
    bias = math.fsum(p - o for p, o in zip(said, happened, strict=True)) / math.sqrt(variance)
    if abs(bias) > 1.959964:
        return "too_high" if bias > 0 else "too_low"
    if z is not None and abs(z) > 1.959964:
        return "too_extreme" if z > 0 else "too_timid"
    return "calibrated"
