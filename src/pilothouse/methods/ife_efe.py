"""IFE, EFE and competitive profile: strengths and weaknesses, or chances and threats, weighed and added up.

Question: are we well placed inside, do we respond well to what is outside, and how do we compare?
Not for: ratings without evidence behind each factor, or fewer than about ten factors.
Sample: 10 to 20 factors; weights sum to 1. EFE rates the quality of our response, not the factor.

    >>> result = analyse([["O1", 0.3, 4], ["O2", 0.2, 2], ["T1", 0.4, 2], ["T2", 0.1, 1]], kind="EFE")
    >>> round(result.total, 2), result.vs_average
    (2.5, 'average')
    >>> {name: round(score, 2) for name, score in profile([0.6, 0.4], {"us": [4, 2], "them": [3, 4]}).items()}
    {'us': 3.2, 'them': 3.4}

Source: Fred David, Strategic Management: ratings 1 to 4, 2.5 is average; in an IFE weaknesses rate 1 or 2, strengths
3 or 4.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import mapping, numbers, one_of, same_length, sums_to_one
from pilothouse.methods.shared.weighted import WEIGHT_SLACK, Factor, factors, total

AVERAGE = 2.5
ADVISED = range(10, 21)


@dataclass(frozen=True)
class Result:
    """`conflicts`: factors of an IFE whose rating does not fit their side. `enough`: between 10 and 20 factors."""

    total: float
    weight_sum: float
    vs_average: Literal["below", "average", "above"]
    factors: tuple[Factor, ...]
    conflicts: tuple[str, ...]
    enough: bool
    kind: Literal["IFE", "EFE"]
    n: int


def analyse(factors: Any, *, kind: Literal["IFE", "EFE"] = "EFE") -> Result:
    """Rows of (name, weight, rating 1 to 4), in an IFE optionally with the side "strength" or "weakness".

    Raises MethodError "not_summing_to_one", "no_items", "too_small", "too_large", "duplicate", "not_one_of".
    """
    one_of(kind, ("IFE", "EFE"), field="kind")
    found = _factors(factors)
    score = total(found)
    return Result(
        total=score,
        weight_sum=math.fsum(factor.weight for factor in found),
        vs_average="average" if abs(score - AVERAGE) < 1e-9 else "below" if score < AVERAGE else "above",
        factors=found,
        conflicts=tuple(factor.name for factor in found if kind == "IFE" and _conflicts(factor)),
        enough=len(found) in ADVISED,
        kind=kind,
        n=len(found),
    )


def _factors(given: Any) -> tuple[Factor, ...]:
    return factors(given, field="factors", least=1, most=4)


def _conflicts(factor: Factor) -> bool:
    if factor.side is None:
        return False
    one_of(factor.side, ("strength", "weakness"), field="side", row=factor.name)
    return (factor.rating >= 3) != (factor.side == "strength")


def profile(weights: Sequence[float], ratings: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Competitive profile matrix: the weighted score of each competitor on the same success factors.

    Raises MethodError as `analyse` does, and "different_length".
    """
    weighed = numbers(weights, field="weights", least=0, most=1)
    sums_to_one(weighed, field="weights", slack=WEIGHT_SLACK)
    rated = {
        str(name): numbers(row, field=str(name), least=1, most=4)
        for name, row in mapping(ratings, field="ratings").items()
    }
    same_length(len(weighed), **rated)
    return {name: math.fsum(w * r for w, r in zip(weighed, row, strict=True)) for name, row in rated.items()}
