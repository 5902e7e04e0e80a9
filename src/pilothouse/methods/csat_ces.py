"""CSAT and CES: how many are satisfied, or found it easy.

Question: what share of people chose the top answers, and what is the mean?
Not for: comparing scales of different width or direction, or the few who bothered to complain.
Sample: 30 answers and more for a useful interval.

    >>> result = analyse([5, 4, 3, 5, 2, 4, 5, 1, 4, 5])
    >>> result.csat_pct, result.mean, [round(end, 1) for end in result.wilson]
    (70.0, 3.8, [39.7, 89.2])

CSAT counts the top two of five. CES 2.0 ("made it easy", 1 to 7) counts 5 to 7: `ces(ratings)`.

Source: Wilson, JASA 22, 1927, and Agresti and Coull, American Statistician 52(2), 1998 (intervals); Dixon, Toman and
DeLisi, The Effortless Experience, 2013 (CES 2.0). State which top boxes are counted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from pilothouse.methods.shared.checks import whole
from pilothouse.methods.shared.intervals import Interval, agresti_coull, mean_interval, wilson
from pilothouse.methods.shared.items import answered, confidence

SMALL = 30


@dataclass(frozen=True)
class Result:
    """Share of top answers in per cent with two intervals; mean with Student's; how often each answer was given.

    `sd` and `t` are None for a single answer. `few_answers`: under 30.
    """

    csat_pct: float
    wilson: Interval
    agresti_coull: Interval
    mean: float
    sd: float | None
    t: Interval | None
    distribution: dict[int, int]
    top: int
    n: int
    missing: int
    scale_min: int
    scale_max: int
    top_k: int
    few_answers: bool


def analyse(
    ratings: Iterable[Any], *, scale_max: int = 5, top_k: int = 2, scale_min: int = 1, conf: float = 0.95
) -> Result:
    """Count the `top_k` highest answers of whole ratings from `scale_min` to `scale_max`."""
    low = whole(scale_min, field="scale_min")
    high = whole(scale_max, field="scale_max", least=low + 1)
    boxes = whole(top_k, field="top_k", least=1, most=high - low)
    given, missing = answered(ratings, "ratings")
    scores = [whole(value, field="ratings", row=row, least=low, most=high) for row, value in given.items()]
    top, n, level = sum(score > high - boxes for score in scores), len(scores), confidence(conf)
    return Result(
        csat_pct=100 * top / n,
        wilson=_percent(wilson(top, n, level)),
        agresti_coull=_percent(agresti_coull(top, n, level)),
        mean=fmean(scores),
        sd=stdev(scores) if n > 1 else None,
        t=mean_interval(scores, level),
        distribution={answer: scores.count(answer) for answer in range(low, high + 1)},
        top=top,
        n=n,
        missing=missing,
        scale_min=low,
        scale_max=high,
        top_k=boxes,
        few_answers=n < SMALL,
    )


def ces(ratings: Iterable[Any], *, conf: float = 0.95) -> Result:
    """Customer Effort Score 2.0: 1 to 7, where 5 to 7 agree that it was easy."""
    return analyse(ratings, scale_max=7, top_k=3, conf=conf)


def _percent(interval: Interval) -> Interval:
    return 100 * interval[0], 100 * interval[1]
