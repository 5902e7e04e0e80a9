"""Distance between two groups on several dimensions, from numbers you bring.

Question: how far apart are the ways of working of two teams, by what their own people say?
Not for: judging a person by a passport. No country scores come with the product, and none should stand in for asking:
differences within a country are larger than those between countries.
Sample: `of_answers` wants at least 5 people a group, so that nobody can be picked out.

    >>> round(analyse(home=[40, 91, 62, 46], other=[80, 20, 66, 30], variance=[440, 550, 380, 580]).CD, 4)
    3.3213

Source: Bruce Kogut and Harbir Singh, Journal of International Business Studies 19(3), 1988: the mean over dimensions
of the squared difference divided by the variance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from pilothouse.methods.shared.checks import numbers, same_length
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import matrix

FEWEST = 5


@dataclass(frozen=True)
class Result:
    """`CD` is the mean of `parts`; `largest` the index of the dimension that divides most."""

    CD: float
    parts: tuple[float, ...]
    largest: int
    n: int


def analyse(*, home: Sequence[float], other: Sequence[float], variance: Sequence[float]) -> Result:
    """One value per dimension for each group, and the variance of each dimension over all groups compared.

    Raises MethodError "different_length", "too_few", "too_small" (a variance not above 0) or "not_a_number".
    """
    here, there = numbers(home, field="home"), numbers(other, field="other")
    spread = numbers(variance, field="variance", above=0)
    same_length(len(here), other=there, variance=spread)
    parts = tuple((a - b) ** 2 / v for a, b, v in zip(here, there, spread, strict=True))
    return Result(math.fsum(parts) / len(parts), parts, parts.index(max(parts)), len(parts))


def of_answers(home: Any, other: Any) -> Result:
    """From people's own answers: rows of people by questions, compared by their means and pooled variance.

    Raises MethodError as `analyse` does, and "constant" for a question everybody answered alike.
    """
    groups = [matrix(rows, field=field, least=FEWEST) for rows, field in ((home, "home"), (other, "other"))]
    same_length(groups[0].shape[1], other=groups[1][0])
    means = [[fmean(column) for column in group.T.tolist()] for group in groups]
    within = sum(((group - group.mean(axis=0)) ** 2).sum(axis=0) for group in groups)
    pooled = within / (sum(map(len, groups)) - 2)
    for question, value in enumerate(pooled.tolist()):
        if value <= 0:
            raise MethodError("constant", field="home", row=question)
    return analyse(home=means[0], other=means[1], variance=pooled.tolist())
