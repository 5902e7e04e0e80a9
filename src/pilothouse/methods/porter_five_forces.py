"""Five forces: how hard a market makes it to earn money.

Question: which of the five forces presses most, and how attractive is the market?
Not for: a verdict by numbers alone: Porter gives no score, the mean and its reverse are a convention of ours.
Sample: several drivers for each force, each with evidence.

    >>> result = analyse({"rivalry": [4, 5, 3], "entrants": [2, 3], "substitutes": [4],
    ...                   "buyers": [3, 4, 4], "suppliers": [2, 2]})
    >>> round(result.overall, 2), round(result.attractiveness, 2), result.strongest
    (3.23, 2.77, ('rivalry', 'substitutes'))

Source: Michael Porter, "How competitive forces shape strategy", Harvard Business Review 57(2), 1979, and 86(1), 2008.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilothouse.methods.shared.checks import is_missing, mapping, number, one_of, sequence
from pilothouse.methods.shared.method import MethodError

FORCES = ("rivalry", "entrants", "substitutes", "buyers", "suppliers")


@dataclass(frozen=True)
class Result:
    """Means from 1 (weak) to 5 (strong); `overall` and `attractiveness` = 6 - overall only with all five forces
    rated."""

    force_means: dict[str, float]
    overall: float | None
    attractiveness: float | None
    strongest: tuple[str, ...]
    unrated: tuple[str, ...]
    missing: int
    n: int


def analyse(forces: Mapping[str, Sequence[float | None]], *, weights: Mapping[str, float] | None = None) -> Result:
    """Ratings 1 to 5 of the drivers of each force (None: not rated yet); weights by force are relative.

    Raises MethodError "not_one_of", "too_few", "too_small", "too_large", "not_a_number" or "all_zero".
    """
    rows = {
        one_of(name, FORCES, field="forces"): sequence(row, field=str(name), least_count=0)
        for name, row in mapping(forces, field="forces").items()
    }
    rated = {name: [number(r, field=name, row=at, least=1, most=5) for at, r in enumerate(row) if not is_missing(r)]
             for name, row in rows.items()}  # fmt: skip
    means = {name: math.fsum(row) / len(row) for name, row in rated.items() if row}
    if not means:
        raise MethodError("too_few", field="forces", n=0, least=1)
    unrated = tuple(name for name in FORCES if name not in means)
    overall = None if unrated else _weighted(means, weights or {})
    top = max(means.values())
    return Result(
        force_means=means,
        overall=overall,
        attractiveness=None if overall is None else 6 - overall,
        strongest=tuple(name for name, mean in means.items() if mean > top - 1e-9),
        unrated=unrated,
        missing=sum(is_missing(rating) for row in rows.values() for rating in row),
        n=sum(map(len, rated.values())),
    )


def _weighted(means: Mapping[str, float], weights: Mapping[str, float]) -> float:
    for name in weights:
        one_of(name, FORCES, field="weights")
    used = {name: number(weights.get(name, 1.0), field="weights", row=name, least=0) for name in means}
    if not sum(used.values()):
        raise MethodError("all_zero", field="weights")
    return math.fsum(means[name] * used[name] for name in means) / math.fsum(used.values())
