"""AHP: weights out of judgements in pairs, with a check whether the judgements fit together.

Question: how much does each criterion (or option) weigh, judged two at a time?
Not for: more than nine items at once (split them into a hierarchy), or items nobody can compare.
Sample: one careful judge is enough; several are joined by the geometric mean of their judgements.

    >>> result = analyse(["3", "5", "2"], items=("cost", "speed", "looks"))
    >>> {name: round(weight, 3) for name, weight in result.weights.items()}, round(result.cr, 4), result.acceptable
    ({'cost': 0.648, 'speed': 0.23, 'looks': 0.122}, 0.0036, True)

A judgement of 3 says that the first weighs three times the second; 1/3 says the opposite.

Source: Saaty, The Analytic Hierarchy Process, 1980; Saaty and Tran, Mathematical and Computer Modelling 46, 2007, and
Alonso and Lamata, IJUFKS 14, 2006 (random indices); Aczel and Saaty, 1983 (groups); Harker, 1987 (gaps).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.asking.ahp_matrix import Matrix, gapped, geometric_mean, square
from pilothouse.methods.shared.checks import one_of, sequence
from pilothouse.methods.shared.items import hashable, ranked
from pilothouse.methods.shared.method import MethodError

RandomIndex = Literal["saaty1980", "saaty_tran2007", "alonso_lamata2006"]
RANDOM_INDEX: dict[str, tuple[float, ...]] = {  # from three items on
    "saaty1980": (0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    "saaty_tran2007": (0.52, 0.89, 1.11, 1.25, 1.35, 1.4, 1.45, 1.49, 1.52, 1.54, 1.56, 1.58, 1.59),
    "alonso_lamata2006": (
        *(0.5245, 0.8815, 1.1086, 1.2479, 1.3417, 1.4056, 1.4499),
        *(1.4854, 1.5141, 1.5365, 1.5551, 1.5713, 1.5838),
    ),
}
MOST = 15
LIMITS = {3: 0.05, 4: 0.08}
LIMIT = 0.1
SPLIT = 9


@dataclass(frozen=True)
class Worst:
    """The judgement that fits least: what was said of `item` against `against`, and what the weights imply."""

    item: Any
    against: Any
    judgement: float
    implied: float


@dataclass(frozen=True)
class Result:
    """Weights that sum to 1, and the consistency ratio: acceptable up to `limit` (0.05 for three items, 0.08 for four).

    The two further sets of weights are quick approximations for comparison. `missing` judgements were filled in by
    Harker's rule. `flags`: inconsistent, split_hierarchy (more than nine items), beyond_nine (a judgement over 9).
    """

    items: tuple[Any, ...]
    weights: dict[Any, float]
    order: tuple[Any, ...]
    lambda_max: float
    ci: float
    cr: float
    random_index: str
    limit: float
    acceptable: bool
    worst: Worst | None
    geometric_mean_weights: dict[Any, float]
    normalised_column_mean_weights: dict[Any, float]
    matrix: Matrix
    missing: int
    flags: tuple[str, ...]


def analyse(
    judgements: Any, *, items: Sequence[Any] | None = None, random_index: RandomIndex = "saaty_tran2007"
) -> Result:
    """Weigh items from a square matrix or its upper triangle row by row; cells are numbers or texts such as "1/3".

    An empty cell is a judgement not made. Codes: not_reciprocal, not_positive, not_a_number, not_connected, and for
    the shape not_a_triangle, different_length, too_many_items.
    """
    matrix = square(judgements, MOST)
    names = tuple(hashable(sequence(items, field="items"), "items")) if items is not None else tuple(range(len(matrix)))
    if len(names) != len(matrix) or len(set(names)) != len(names):
        raise MethodError("different_length", field="items", n=len(names), expected=len(matrix))
    filled, missing = gapped(matrix)
    weights, lambda_max = principal(filled)
    full = tuple(
        tuple(weights[i] / weights[j] if cell is None else cell for j, cell in enumerate(row))
        for i, row in enumerate(matrix)
    )
    n = len(matrix)
    cr, limit = consistency_ratio(lambda_max, n, random_index), LIMITS.get(n, LIMIT)
    by_name = dict(zip(names, weights, strict=True))
    return Result(
        items=names,
        weights=by_name,
        order=ranked(by_name),
        lambda_max=lambda_max,
        ci=consistency_index(lambda_max, n),
        cr=cr,
        random_index=random_index,
        limit=limit,
        acceptable=cr <= limit,
        worst=_worst(names, full, weights),
        geometric_mean_weights=dict(zip(names, _geometric(full), strict=True)),
        normalised_column_mean_weights=dict(zip(names, _column_means(full), strict=True)),
        matrix=full,
        missing=missing,
        flags=_flags(full, cr > limit),
    )


def aggregate(people: Sequence[Any]) -> Matrix:
    """One matrix for a group: the geometric mean of everybody's judgement of each pair, which keeps reciprocity."""
    return geometric_mean([square(one, MOST, row) for row, one in enumerate(sequence(people, field="people"))])


def consistency_index(lambda_max: float, n: int) -> float:
    """Saaty's CI; nothing can be inconsistent with one or two items."""
    return (lambda_max - n) / (n - 1) if n > 2 else 0.0


def consistency_ratio(lambda_max: float, n: int, random_index: str = "saaty_tran2007") -> float:
    """CI over that of random judgements."""
    table = RANDOM_INDEX[one_of(random_index, tuple(RANDOM_INDEX), field="random_index")]
    if n > MOST:
        raise MethodError("too_many_items", field="judgements", n=n, most=MOST)
    return max(0.0, consistency_index(lambda_max, n)) / table[n - 3] if n > 2 else 0.0


def principal(matrix: Sequence[Sequence[float]]) -> tuple[list[float], float]:
    """The principal right eigenvector, summing to 1, and its eigenvalue."""
    import numpy as np

    values, vectors = np.linalg.eig(np.array(matrix, dtype=float))
    at = int(np.argmax(values.real))
    vector = np.abs(vectors[:, at].real)
    return (vector / vector.sum()).tolist(), float(values[at].real)


def synthesise(
    criteria: Mapping[Any, float],
    alternatives: Mapping[Any, Mapping[Any, float]],
    *,
    mode: Literal["distributive", "ideal"] = "distributive",
) -> dict[Any, float]:
    """Overall weights of alternatives from their weights under each criterion.

    In distributive mode a copy of an alternative can turn the order of the others round; ideal mode avoids that.
    """
    one_of(mode, ("distributive", "ideal"), field="mode")
    totals: dict[Any, float] = {}
    for criterion, weight in criteria.items():
        if not alternatives.get(criterion):
            raise MethodError("no_items", field="alternatives", row=criterion)
        local = alternatives[criterion]
        unit = max(local.values()) if mode == "ideal" else math.fsum(local.values())
        for name, value in local.items():
            totals[name] = totals.get(name, 0.0) + weight * value / unit
    whole = math.fsum(totals.values())
    return {name: value / whole for name, value in totals.items()}


def _geometric(matrix: Matrix) -> list[float]:
    roots = [math.exp(math.fsum(map(math.log, row)) / len(row)) for row in matrix]
    return [root / math.fsum(roots) for root in roots]


def _column_means(matrix: Matrix) -> list[float]:
    sums = [math.fsum(column) for column in zip(*matrix, strict=True)]
    return [math.fsum(cell / total for cell, total in zip(row, sums, strict=True)) / len(row) for row in matrix]


def _worst(names: tuple[Any, ...], matrix: Matrix, weights: Sequence[float]) -> Worst | None:
    pairs = [(i, j) for i in range(len(names)) for j in range(i + 1, len(names))]
    gaps = {(i, j): abs(math.log(matrix[i][j] * weights[j] / weights[i])) for i, j in pairs}
    i, j = max(gaps, key=gaps.__getitem__, default=(0, 0))
    if len(names) < 3 or gaps[i, j] < 1e-9:
        return None
    return Worst(names[i], names[j], matrix[i][j], weights[i] / weights[j])


def _flags(matrix: Matrix, inconsistent: bool) -> tuple[str, ...]:
    found = {
        "inconsistent": inconsistent,
        "split_hierarchy": len(matrix) > SPLIT,
        "beyond_nine": any(cell > 9 + 1e-9 for row in matrix for cell in row),
    }
    return tuple(flag for flag, holds in found.items() if holds)
