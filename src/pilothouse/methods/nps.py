"""Net Promoter Score: promoters less detractors, with its interval.

Question: do more people recommend us than warn against us, and has that changed?
Not for: saying why, or small samples: below about 100 answers the interval is wider than most changes.
Sample: 100 answers and more per wave; the question must be answered from 0 to 10.

    >>> result = analyse([0, 7, 7, 9, 9, 9])
    >>> round(result.nps, 1), result.promoters, round(result.se, 1)
    (33.3, 3, 30.4)

9 and 10 are promoters, 7 and 8 passives, 0 to 6 detractors. The default interval is the adjusted Wald one, which holds
where everybody answers alike.

Source: Reichheld, Harvard Business Review 81(12), 2003; Rocks, "Interval estimation for the Net Promoter Score",
American Statistician 70(4), 2016; Sauro and Lewis (add 3 answers, three quarters at each end).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, whole
from pilothouse.methods.shared.intervals import Interval, clipped, two_sided_p, z_value
from pilothouse.methods.shared.items import answered, confidence
from pilothouse.methods.shared.method import MethodError

SMALL = 30
ADDED, ADDED_EACH = 3, 0.75


@dataclass(frozen=True)
class Result:
    """The score in points from -100 to 100, its intervals, and what it is made of. `variance` is per answer.

    `ci` is the adjusted Wald interval. `few_answers`: under 30.
    """

    nps: float
    ci: Interval
    promoters: int
    passives: int
    detractors: int
    n: int
    missing: int
    variance: float
    se: float
    wald: Interval
    adjusted_wald_center: float
    adjusted_wald_se: float
    adjusted_wald: Interval
    conf: float
    few_answers: bool


def analyse(
    ratings: Iterable[Any] | None = None,
    *,
    detractors: int | None = None,
    passives: int | None = None,
    promoters: int | None = None,
    conf: float = 0.95,
) -> Result:
    """Score whole ratings from 0 to 10, or counts of people that are known already."""
    counts: Any = (detractors, passives, promoters)
    if (ratings is None) == (counts == (None, None, None)):
        raise MethodError("give_one_of", field="ratings", choices=("ratings", "promoters"))
    if ratings is None:
        return from_counts(*counts, conf=conf)
    given, missing = answered(ratings, "ratings")
    scores = [whole(value, field="ratings", row=row, least=0, most=10) for row, value in given.items()]
    detractors, promoters = sum(score <= 6 for score in scores), sum(score >= 9 for score in scores)
    return from_counts(detractors, len(scores) - detractors - promoters, promoters, conf=conf, missing=missing)


def from_counts(detractors: int, passives: int, promoters: int, *, conf: float = 0.95, missing: int = 0) -> Result:
    """Score counts of people."""
    counts = {"detractors": detractors, "passives": passives, "promoters": promoters}
    d, p, u = (whole(value, field=field, least=0) for field, value in counts.items())
    n = d + p + u
    if not n:
        raise MethodError("no_answers", field="promoters")
    z = z_value(confidence(conf))
    share, variance = (u - d) / n, _variance(u, d, n)
    se = math.sqrt(variance / n)
    size, more, less = n + ADDED, u + ADDED_EACH, d + ADDED_EACH
    center, adjusted_se = (more - less) / size, math.sqrt(_variance(more, less, size) / size)
    adjusted = _points(center, z * adjusted_se)
    return Result(
        nps=100 * share,
        ci=adjusted,
        promoters=u,
        passives=p,
        detractors=d,
        n=n,
        missing=missing,
        variance=variance,
        se=100 * se,
        wald=_points(share, z * se),
        adjusted_wald_center=100 * center,
        adjusted_wald_se=100 * adjusted_se,
        adjusted_wald=adjusted,
        conf=conf,
        few_answers=n < SMALL,
    )


def _variance(promoters: float, detractors: float, n: float) -> float:
    """Of one answer counted as 1, 0 or -1."""
    return max(0.0, (promoters + detractors) / n - ((promoters - detractors) / n) ** 2)


def _points(center: float, half: float) -> Interval:
    return clipped(100 * (center - half), 100 * (center + half), -100.0, 100.0)


@dataclass(frozen=True)
class Change:
    """Second wave less first, in points. Intervals and p rest on the adjusted standard errors."""

    difference: float
    se: float
    ci: Interval
    z: float
    p: float
    significant: bool


def compare(before: Result, after: Result, *, conf: float = 0.95) -> Change:
    """Whether the score of other people, asked later, differs."""
    level = confidence(conf)
    se = math.hypot(before.adjusted_wald_se, after.adjusted_wald_se)
    center = after.adjusted_wald_center - before.adjusted_wald_center
    half = z_value(level) * se
    p = two_sided_p(center / se)
    return Change(
        after.nps - before.nps, se, clipped(center - half, center + half, -200.0, 200.0), center / se, p, p < 1 - level
    )


def answers_for_margin(points: float, *, variance: float = 0.7, conf: float = 0.95) -> int:
    """Answers needed for an interval of plus or minus so many points."""
    half, spread = number(points, field="points", above=0) / 100, number(variance, field="variance", above=0, most=1)
    return math.ceil(z_value(confidence(conf)) ** 2 * spread / half**2)
