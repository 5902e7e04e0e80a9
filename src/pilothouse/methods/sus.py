"""System Usability Scale: how usable people find a system, from ten statements.

Question: how usable is this, compared with other systems?
Not for: finding out what is wrong, or comparing single statements.
Sample: 12 to 14 people give the mean within about 10 points; give the interval with it.

    >>> result = analyse([[4, 2, 4, 1, 4, 2, 5, 2, 4, 2], [3] * 10])
    >>> result.scores, result.grades, result.mean
    ((80.0, 50.0), ('A-', 'F'), 65.0)

Ten answers from 1 to 5, odd statements positive, even ones negative. One or two missing answers count as 3; with more
the person is left out. The percentile is read between the lower bounds of the grades, so it is approximate.

Source: Brooke, "SUS: a quick and dirty usability scale", 1996; Sauro and Lewis, Quantifying the User Experience, 2016
(curved grading scale; 68 is the middle); Lewis and Sauro, 2009 (learnability: statements 4 and 10).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence, whole
from pilothouse.methods.shared.intervals import Interval, clipped, mean_interval
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

GRADES = ("F", "D", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+")
LOWEST = (0, 51.7, 62.7, 65.0, 71.1, 72.6, 74.1, 77.2, 78.9, 80.8, 84.1)
PERCENTILES = (0, 15, 35, 41, 60, 65, 70, 80, 85, 90, 96)
ITEMS, FILLABLE, LEARNABILITY = 10, 2, (4, 10)


@dataclass(frozen=True)
class Result:
    """Scores from 0 to 100 by person (None for those left out), and the mean with grade, percentile and interval.

    `learnability` (statements 4 and 10) and `usability` (the others) are on the same scale. `filled` answers were
    missing and counted as 3; `dropped` people missed more than two; `straight_lined` gave one answer to everything,
    which contradicts itself (unless it is 3).
    """

    scores: tuple[float | None, ...]
    grades: tuple[str | None, ...]
    mean: float
    sd: float | None
    ci: Interval | None
    grade: str
    percentile: float
    learnability: float
    usability: float
    n: int
    dropped: int
    filled: int
    straight_lined: tuple[int, ...]


def analyse(responses: Iterable[Sequence[Any]], *, conf: float = 0.95) -> Result:
    """Score lists of ten answers from 1 to 5, one list per person."""
    people = [_answers(one, row) for row, one in enumerate(sequence(responses, field="responses"))]
    kept = [one if one.count(None) <= FILLABLE else None for one in people]
    points = [None if one is None else _points(one) for one in kept]
    scores = [None if one is None else 2.5 * sum(one) for one in points]
    known = [score for score in scores if score is not None]
    if not known:
        raise MethodError("no_answers", field="responses", dropped=len(people))
    interval = mean_interval(known, confidence(conf))
    learned = [one[item - 1] for one in points if one is not None for item in LEARNABILITY]
    return Result(
        scores=tuple(scores),
        grades=tuple(None if score is None else grade(score) for score in scores),
        mean=fmean(known),
        sd=stdev(known) if len(known) > 1 else None,
        ci=interval and clipped(*interval, 0.0, 100.0),
        grade=grade(fmean(known)),
        percentile=percentile(fmean(known)),
        learnability=25 * fmean(learned),
        usability=25
        * fmean(p for one in points if one is not None for i, p in enumerate(one, 1) if i not in LEARNABILITY),
        n=len(known),
        dropped=len(people) - len(known),
        filled=sum(one.count(None) for one in kept if one is not None),
        straight_lined=tuple(row for row, one in enumerate(people) if len(set(one)) == 1 and one[0] not in (None, 3)),
    )


def grade(score: float) -> str:
    """Grade of a score or mean, rounded to one decimal first."""
    value = number(score, field="score", least=0, most=100)
    return GRADES[bisect_right(LOWEST, round(value, 1)) - 1]


def percentile(score: float) -> float:
    """Approximate share of systems that score lower, in per cent."""
    value = number(score, field="score", least=0, most=100)
    at = min(bisect_right(LOWEST, value), len(LOWEST)) - 1
    left, low = LOWEST[at], PERCENTILES[at]
    right, high = ((*LOWEST, 100)[at + 1], (*PERCENTILES, 100)[at + 1])
    return low + (high - low) * (value - left) / (right - left)


def _answers(one: Any, row: int) -> list[int | None]:
    cells = sequence(one, field="responses", least_count=0)
    if len(cells) != ITEMS:
        raise MethodError("different_length", field="responses", row=row, n=len(cells), expected=ITEMS)
    return [None if is_missing(cell) else whole(cell, field="responses", row=row, least=1, most=5) for cell in cells]


def _points(answers: Sequence[int | None]) -> list[int]:
    """0 to 4 for each statement, more being better."""
    full = [3 if answer is None else answer for answer in answers]
    return [answer - 1 if item % 2 else 5 - answer for item, answer in enumerate(full, start=1)]
