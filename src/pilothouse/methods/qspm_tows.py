"""QSPM and TOWS: which strategy draws most on what we know about ourselves and the world.

Question: which strategy is most attractive across all factors, and does every strategy rest on some?
Not for: strategies that do not exclude each other, or scores given without asking "does this factor matter here at
all?".
Sample: the factors and weights of the IFE and EFE, whose weights sum to 1 each.

    >>> result = analyse(weights=[0.15, 0.1, 0.25, 0.2, 0.3], AS={"S1": [4, None, 3, 2, 3], "S2": [2, None, 4, 3, 1]})
    >>> {name: round(total, 2) for name, total in result.totals.items()}, result.skipped
    ({'S1': 2.65, 'S2': 2.2}, (1,))
    >>> check = tows({"go abroad": ["brand", "demand"], "cut cost": ["debt"]},
    ...              factors={"brand": "S", "debt": "W", "demand": "O", "tariff": "T"})
    >>> check.quadrants["go abroad"], check.incomplete, check.unused
    (('SO',), ('cut cost',), ('tariff',))

Source: Fred David, "The strategic planning matrix", Long Range Planning 19(5), 1986; Heinz Weihrich, "The TOWS
matrix", 1982.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pilothouse.methods.shared.checks import is_missing, mapping, number, numbers, one_of, same_length, sequence
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """Sum of weight times attractiveness; `skipped` factors (by index) have a dash for every strategy."""

    totals: dict[str, float]
    order: tuple[str, ...]
    skipped: tuple[int, ...]
    weight_total: float
    n: int


def analyse(*, weights: Sequence[float], AS: Mapping[str, Sequence[float | None]]) -> Result:
    """Attractiveness scores 1 to 4 by strategy, one per weight; None is the dash: the factor does not bear on the
    choice.

    Raises MethodError "partial_dash" (a dash for one strategy only), "different_length", "too_few", "too_small",
    "too_large" or "not_a_number", naming the strategy and the factor's index.
    """
    weighed = numbers(weights, field="weights", least=0)
    scored = {str(name): sequence(row, field=str(name)) for name, row in mapping(AS, field="AS").items()}
    same_length(len(weighed), **scored)
    dashes = [at for at in range(len(weighed)) if any(is_missing(row[at]) for row in scored.values())]
    for at in dashes:
        for name, row in scored.items():
            if not is_missing(row[at]):
                raise MethodError("partial_dash", field=name, row=at)
    totals = {name: _total(name, row, weighed) for name, row in scored.items()}
    order = tuple(sorted(totals, key=lambda name: -totals[name]))
    return Result(totals, order, tuple(dashes), math.fsum(weighed), len(weighed))


def _total(name: str, row: Sequence[float | None], weights: Sequence[float]) -> float:
    return math.fsum(
        weight * number(score, field=name, row=at, least=1, most=4)
        for at, (weight, score) in enumerate(zip(weights, row, strict=True))
        if not is_missing(score)
    )


@dataclass(frozen=True)
class Tows:
    """`quadrants` each strategy lies in (SO, ST, WO, WT); `incomplete` ones lack an inner or an outer factor."""

    quadrants: dict[str, tuple[str, ...]]
    incomplete: tuple[str, ...]
    unused: tuple[str, ...]
    empty: tuple[str, ...]


def tows(strategies: Mapping[str, Sequence[str]], *, factors: Mapping[str, str]) -> Tows:
    """Strategies with the factors they cite, and the cell of each factor: S, W, O or T.

    Raises MethodError "not_one_of", "no_such_factor" or "too_few".
    """
    cells = {
        str(name): one_of(cell, ("S", "W", "O", "T"), field="factors", row=str(name))
        for name, cell in mapping(factors, field="factors").items()
    }
    cited = {
        str(name): [str(one) for one in sequence(row, field=str(name), least_count=0)]
        for name, row in strategies.items()
    }
    for name, names in cited.items():
        for one in names:
            if one not in cells:
                raise MethodError("no_such_factor", field=name, row=one)
    quadrants = {name: _quadrants({cells[one] for one in names}) for name, names in cited.items()}
    used = {one for names in cited.values() for one in names}
    filled = {quadrant for found in quadrants.values() for quadrant in found}
    return Tows(
        quadrants=quadrants,
        incomplete=tuple(name for name, found in quadrants.items() if not found),
        unused=tuple(name for name in cells if name not in used),
        empty=tuple(quadrant for quadrant in ("SO", "ST", "WO", "WT") if quadrant not in filled),
    )


def _quadrants(cells: set[str]) -> tuple[str, ...]:
    return tuple(inner + outer for inner in "SW" for outer in "OT" if {inner, outer} <= cells)
