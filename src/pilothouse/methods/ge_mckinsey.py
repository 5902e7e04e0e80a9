"""GE-McKinsey matrix: how attractive a market is, and how strong we are in it.

Question: where should we invest, where choose carefully, and where harvest?
Not for: criteria a business must meet at all (name them as `vetoes`), or weights made up after seeing the answer.
Sample: 5 to 10 criteria on each side; the weights of a side sum to 1.

    >>> result = analyse(attractiveness=[["size", 0.5, 4], ["growth", 0.3, 5], ["margin", 0.2, 3]],
    ...                  strength=[["share", 0.6, 3], ["brand", 0.4, 4]])
    >>> round(result.attractiveness, 2), round(result.strength, 2), result.cell, result.move
    (4.1, 3.4, 'high_medium', 'invest')

Source: McKinsey for General Electric, about 1970; ratings 1 to 5 with bands at 2.33 and 3.67, as in Kotler,
Marketing Management.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import span
from pilothouse.methods.shared.weighted import Factor, factors, total

Band = Literal["low", "medium", "high"]
BANDS = ("low", "medium", "high")


@dataclass(frozen=True)
class Result:
    """`cell` is attractiveness_strength. `move`: "invest" above the diagonal, "select" on it, "harvest" below.

    `vetoed` lists must-criteria that are not met; the move is then "stop", whatever the scores.
    """

    attractiveness: float
    strength: float
    attractiveness_band: Band
    strength_band: Band
    cell: str
    move: Literal["invest", "select", "harvest", "stop"]
    vetoed: tuple[str, ...]
    attractiveness_factors: tuple[Factor, ...]
    strength_factors: tuple[Factor, ...]


def analyse(
    attractiveness: Any,
    strength: Any,
    *,
    bands: tuple[float, float] = (2.33, 3.67),
    vetoes: Mapping[str, bool] | None = None,
) -> Result:
    """Each side as rows of (criterion, weight, rating 1 to 5); on the cut counts as the higher band.

    Raises MethodError "not_summing_to_one", "no_items", "too_small", "too_large", "duplicate" or "out_of_order".
    """
    low, high = span(bands, field="bands", least=1, most=5)
    sides = (
        factors(attractiveness, field="attractiveness", least=1, most=5),
        factors(strength, field="strength", least=1, most=5),
    )
    scores = [total(side) for side in sides]
    levels = [int(score >= low - 1e-9) + int(score >= high - 1e-9) for score in scores]
    broken = tuple(str(name) for name, met in (vetoes or {}).items() if not met)
    return Result(
        attractiveness=scores[0],
        strength=scores[1],
        attractiveness_band=BANDS[levels[0]],  # type: ignore[arg-type]
        strength_band=BANDS[levels[1]],  # type: ignore[arg-type]
        cell=f"{BANDS[levels[0]]}_{BANDS[levels[1]]}",
        move="stop" if broken else "invest" if sum(levels) > 2 else "select" if sum(levels) == 2 else "harvest",
        vetoed=broken,
        attractiveness_factors=sides[0],
        strength_factors=sides[1],
    )


def portfolio(businesses: Mapping[str, Mapping[str, Sequence[Any]]], **options: Any) -> dict[str, Result]:
    """Several businesses of {attractiveness, strength}, each judged alike."""
    return {
        str(name): analyse(sides.get("attractiveness", ()), sides.get("strength", ()), **options)
        for name, sides in businesses.items()
    }
