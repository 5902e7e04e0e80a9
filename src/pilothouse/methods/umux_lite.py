"""UMUX-Lite: usability from two statements.

Question: does it do what people need, and is it easy to use?
Not for: finding out what is wrong; and never mix raw and SUS-adjusted scores in one mean.
Sample: as for SUS; give the interval with the mean.

    >>> result = analyse([[7, 7], [4, 4], [6, 5]])
    >>> result.umux_lite, result.sus_equivalent[0]
    ((100.0, 50.0, 75.0), 87.9)

Two answers from 1 to 7 (or 1 to 5). The SUS equivalent runs from 22.9 to 87.9 only.

Source: Lewis, Utesch and Maher, "UMUX-LITE: when there's no time for the SUS", CHI 2013 (0.65 x + 22.9).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from pilothouse.methods.shared.checks import is_missing, one_of, sequence, whole
from pilothouse.methods.shared.intervals import Interval, clipped, mean_interval
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

SLOPE, START = 0.65, 22.9


@dataclass(frozen=True)
class Result:
    """Raw scores from 0 to 100 and SUS equivalents by person (None where an answer is missing), and their means."""

    umux_lite: tuple[float | None, ...]
    sus_equivalent: tuple[float | None, ...]
    mean: float
    sd: float | None
    ci: Interval | None
    mean_sus_equivalent: float
    ci_sus_equivalent: Interval | None
    n: int
    missing: int


def analyse(items: Iterable[Sequence[Any]], *, points: int = 7, conf: float = 0.95) -> Result:
    """Score pairs of answers (capabilities, ease) on a scale of 7 or 5 points."""
    one_of(points, (5, 7), field="points")
    scores = [_score(pair, row, points) for row, pair in enumerate(sequence(items, field="items"))]
    known = [score for score in scores if score is not None]
    if not known:
        raise MethodError("no_answers", field="items", missing=len(scores))
    interval = mean_interval(known, confidence(conf))
    bounded = interval and clipped(*interval, 0.0, 100.0)
    return Result(
        umux_lite=tuple(scores),
        sus_equivalent=tuple(None if score is None else sus_equivalent(score) for score in scores),
        mean=fmean(known),
        sd=stdev(known) if len(known) > 1 else None,
        ci=bounded,
        mean_sus_equivalent=sus_equivalent(fmean(known)),
        ci_sus_equivalent=bounded and (sus_equivalent(bounded[0]), sus_equivalent(bounded[1])),
        n=len(known),
        missing=len(scores) - len(known),
    )


def sus_equivalent(score: float) -> float:
    """What the System Usability Scale would have said."""
    return SLOPE * score + START


def _score(pair: Any, row: int, points: int) -> float | None:
    cells = sequence(pair, field="items", least_count=0)
    if len(cells) != 2:
        raise MethodError("different_length", field="items", row=row, n=len(cells), expected=2)
    if any(is_missing(cell) for cell in cells):
        return None
    answers = [whole(cell, field="items", row=row, least=1, most=points) for cell in cells]
    return (sum(answers) - 2) * 100 / (2 * (points - 1))
