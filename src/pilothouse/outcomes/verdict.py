"""Did it move? A proposal from the readings before and after a release, by a stated rule; a person has the last word.

Let the change be the mean of the readings since the release minus the mean of those before it, counted as positive in
the direction that was predicted; where no reading came before, the prediction's own baseline stands for them.

    moved        the whole 95 % interval of the change lies above 0, and the change is at least half of the expected
    not_moved    the whole interval lies below half of what was expected
    cannot_tell  anything else: no reading since, no known uncertainty, or an interval too wide to say

The interval comes from the readings' own intervals (or from n, for shares in per cent) and from how much the readings
of one side differ, whichever is wider. Before and after is not an experiment: a season or a campaign moves numbers too.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean, variance

from pilothouse.methods.shared.intervals import t_value, z_value

MOVED, NOT_MOVED, CANNOT_TELL = "moved", "not_moved", "cannot_tell"
HALF = 0.5
MOST_READINGS = 12
VERSION = "1"


@dataclass(frozen=True)
class Point:
    """A reading as the rule takes it; `error` is its standard error, None where nobody knows it."""

    on: date
    value: float
    error: float | None


@dataclass(frozen=True)
class Side:
    mean: float
    n: int
    error: float | None
    freedom: float


@dataclass(frozen=True)
class Proposal:
    """A verdict and the figures it rests on. `reason` says why nothing can be told: no_release_date, no_reading_since,
    uncertainty_unknown or too_wide; else it is empty. `change` is after minus before with its 95 % interval from `low`
    to `high`, `needed` is what was predicted, all in the unit of the metric."""

    verdict: str
    reason: str = ""
    before: float | None = None
    after: float | None = None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    needed: float | None = None
    n_before: int = 0
    n_after: int = 0


def standard_error(value: float, low: float | None, high: float | None, n: int | None, unit: str) -> float | None:
    """The standard error of a reading: from its interval, taken as one of 95 %; else from n, where the value is a share
    in per cent. None where neither says it."""
    if low is not None and high is not None:
        return abs(high - low) / 2 / z_value()
    if n and unit.strip() in ("%", "％") and 0 <= value <= 100:
        # Agresti and Coull's two successes and two failures keep 0 and 100 % from looking certain.
        share = (value / 100 * n + 2) / (n + 4)
        return 100 * math.sqrt(share * (1 - share) / (n + 4))
    return None


def propose(points: Sequence[Point], released_on: date | None, baseline: float, expected: float) -> Proposal:
    """The verdict that the readings suggest, by the rule at the head of this module. `baseline` and `expected` are the
    values that were predicted."""
    if released_on is None:
        return Proposal(CANNOT_TELL, "no_release_date")
    ordered = sorted(points, key=lambda point: point.on)
    earlier = [point for point in ordered if point.on < released_on][-MOST_READINGS:]
    later = [point for point in ordered if point.on >= released_on][:MOST_READINGS]
    if not later:
        return Proposal(CANNOT_TELL, "no_reading_since", n_before=len(earlier))
    before = side(earlier) if earlier else Side(baseline, 0, 0.0, math.inf)
    return judge(before, side(later), baseline, expected)


def side(points: Sequence[Point]) -> Side:
    """The mean of the readings on one side of the release. Its error is the larger of what the readings say of their
    own errors and what their spread says."""
    values = [point.value for point in points]
    own = own_error(points)
    if len(values) < 2:
        return Side(values[0], 1, own, math.inf)
    spread = math.sqrt(variance(values) / len(values))
    if own is not None and own >= spread:
        return Side(fmean(values), len(values), own, math.inf)
    return Side(fmean(values), len(values), spread, len(values) - 1)


def own_error(points: Sequence[Point]) -> float | None:
    """The standard error of the mean from those of the readings; None where one of them is not known."""
    errors = [point.error for point in points if point.error is not None]
    return math.sqrt(math.fsum(error**2 for error in errors)) / len(points) if len(errors) == len(points) else None


def judge(before: Side, after: Side, baseline: float, expected: float) -> Proposal:
    way = 1 if expected > baseline else -1
    change, needed = way * (after.mean - before.mean), abs(expected - baseline)
    seen = Proposal(
        CANNOT_TELL, "uncertainty_unknown", before.mean, after.mean, way * change, needed=way * needed,
        n_before=before.n, n_after=after.n,
    )  # fmt: skip
    if before.error is None or after.error is None:
        return seen
    half = half_width(before, after)
    low, high = change - half, change + half
    sure = replace(seen, reason="", low=min(way * low, way * high), high=max(way * low, way * high))
    if low > 0 and change >= HALF * needed:
        return replace(sure, verdict=MOVED)
    if high < HALF * needed:
        return replace(sure, verdict=NOT_MOVED)
    return replace(sure, reason="too_wide")


def half_width(before: Side, after: Side) -> float:
    """Half of the 95 % interval of the difference of two means, by t with Welch's degrees of freedom."""
    parts = [(found.error or 0.0) ** 2 for found in (before, after)]
    total = math.fsum(parts)
    if total == 0:
        return 0.0
    freedoms = zip(parts, (before.freedom, after.freedom), strict=True)
    below = math.fsum(part**2 / freedom for part, freedom in freedoms if math.isfinite(freedom))
    quantile = t_value(total**2 / below) if below else z_value()
    return quantile * math.sqrt(total)
