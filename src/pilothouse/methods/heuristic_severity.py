"""Severity of usability problems, as several evaluators see it.

Question: which problems found in a heuristic evaluation should be mended first?
Not for: a single evaluator's opinion, or problems seen in a usability test (count users there).
Sample: at least 3 evaluators, rating the merged list of problems independently.

    >>> result = analyse({"P1": [4, 3, 4], "P2": [1, 2, 0], "P3": [3, 3, 2], "P4": [0, 0, 1]})
    >>> result.order, round(result.problems["P1"].mean, 2), result.problems["P2"].spread
    (('P1', 'P3', 'P2', 'P4'), 3.67, 2)
    >>> round(result.alpha, 3)
    0.773

Source: Jakob Nielsen, "Severity ratings for usability problems", 1995: 0 no problem, 1 cosmetic, 2 minor, 3 major, 4
catastrophe; agreement: Klaus Krippendorff's ordinal alpha.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Literal

from pilothouse.methods.shared.agreement import ordinal_alpha
from pilothouse.methods.shared.checks import is_missing, mapping, same_length, sequence, whole
from pilothouse.methods.shared.method import MethodError

Level = Literal["none", "cosmetic", "minor", "major", "catastrophe"]
LEVELS: tuple[Level, ...] = ("none", "cosmetic", "minor", "major", "catastrophe")
WANTED = 3


@dataclass(frozen=True)
class Problem:
    """`spread` is highest minus lowest rating; `order_key` ranks; `level` is the mean rounded half up.

    `few`: fewer than 3 evaluators rated it.
    """

    mean: float
    median: float
    spread: int
    order_key: float
    level: Level
    n: int
    missing: int
    few: bool


@dataclass(frozen=True)
class Result:
    """`order` by mean, then by the highest rating, then as given; problems nobody rated are `unrated`.

    `alpha` is None where agreement is undefined: one evaluator, or no variation at all.
    """

    problems: dict[str, Problem]
    order: tuple[str, ...]
    unrated: tuple[str, ...]
    alpha: float | None
    evaluators: int


def analyse(ratings: Mapping[str, Sequence[int | None]]) -> Result:
    """Ratings {problem: [one per evaluator, None where not rated]}, 0 to 4.

    Raises MethodError "too_few", "different_length", "not_whole", "too_small", "too_large" or "not_a_number".
    """
    rows = {str(name): _row(str(name), row) for name, row in mapping(ratings, field="ratings").items()}
    evaluators = len(next(iter(rows.values())))
    same_length(evaluators, **rows)
    given = {name: [rating for rating in row if rating is not None] for name, row in rows.items()}
    rated = {name: row for name, row in given.items() if row}
    if not rated:
        raise MethodError("too_few", field="ratings", n=0, least=1)
    problems = {name: _problem(row, evaluators) for name, row in rated.items()}
    order = sorted(problems, key=lambda name: (-problems[name].order_key, -max(rated[name])))
    alpha = ordinal_alpha(list(given.values())) if evaluators > 1 else None
    return Result(problems, tuple(order), tuple(name for name in rows if name not in rated), alpha, evaluators)


def _row(name: str, row: Sequence[int | None]) -> list[int | None]:
    cells = sequence(row, field=name)
    return [None if is_missing(r) else whole(r, field=name, row=at, least=0, most=4) for at, r in enumerate(cells)]


def _problem(row: Sequence[int], evaluators: int) -> Problem:
    mean = fmean(row)
    level = LEVELS[int(mean + 0.5)]
    few = len(row) < WANTED
    return Problem(mean, median(row), max(row) - min(row), mean, level, len(row), evaluators - len(row), few)
