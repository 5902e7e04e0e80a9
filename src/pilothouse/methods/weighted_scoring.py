"""Weighted scoring: one number out of several criteria that do not weigh the same.

Question: which option is best when all criteria are looked at together?
Not for: options that fail something they may not fail (set a veto first), or scores on scales that differ.
Sample: none; three to seven criteria, each scored on the same scale.

    >>> criteria = [{"name": "revenue", "weight": 5}, {"name": "risk", "weight": 2, "dir": "min"}]
    >>> result = analyse({"X": [4, 2], "Y": [3, 4]}, criteria=criteria)
    >>> result.order, round(result.scores["X"], 3), round(result.scores["Y"], 3)
    (('X', 'Y'), 4.0, 2.714)

A criterion to keep small (dir "min") is turned round on the scale. A missing cell leaves its weight to the others and
lowers the coverage.

Source: Fishburn, "Additive utilities with incomplete product sets", Operations Research 15, 1967.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import correlation
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, one_of
from pilothouse.methods.shared.items import keyed, ranked, span
from pilothouse.methods.shared.method import MethodError

ALIKE, ENOUGH = 0.9, 4


@dataclass(frozen=True)
class Criterion:
    name: str
    weight: float
    least: bool


@dataclass(frozen=True)
class Result:
    """Scores by option on the common scale, None where no cell is filled; `contributions` add up to the score.

    `coverage` is the share of the weight that was scored. `alike` are criteria that say the same (correlation of 0.9
    and more over at least four options): what they share counts twice.
    """

    scores: dict[Any, float | None]
    order: tuple[Any, ...]
    contributions: dict[Any, dict[str, float]]
    coverage: dict[Any, float]
    weights: dict[str, float]
    alike: tuple[tuple[str, str, float], ...]
    missing: int
    n: int


def analyse(
    scores: Mapping[Any, Any] | Sequence[Any],
    *,
    criteria: Sequence[Mapping[str, Any]],
    scale: tuple[float, float] = (1, 5),
) -> Result:
    """Score options of {criterion: score} or [score, ...]; criteria are {name, weight, dir: max or min}."""
    known = _criteria(criteria)
    low, high = span(scale, "scale")
    rows = keyed(scores, [one.name for one in known], "scores")
    cells = {key: _turned(row, key, known, low, high) for key, row in rows.items()}
    total = math.fsum(one.weight for one in known)
    contributions = {key: _contributions(row, known) for key, row in cells.items()}
    sums = {key: math.fsum(parts.values()) if parts else None for key, parts in contributions.items()}
    return Result(
        scores=sums,
        order=ranked({key: value for key, value in sums.items() if value is not None}),
        contributions=contributions,
        coverage={key: math.fsum(one.weight for one in known if one.name in row) / total for key, row in cells.items()},
        weights={one.name: one.weight / total for one in known},
        alike=tuple(_alike(cells, known)),
        missing=sum(len(known) - len(row) for row in cells.values()),
        n=len(rows),
    )


def _criteria(criteria: Any) -> list[Criterion]:
    rows = keyed(criteria, ("name", "weight", "dir"), "criteria")
    found = [_criterion(row, key) for key, row in rows.items()]
    if len({one.name for one in found}) < len(found):
        raise MethodError("duplicate", field="criteria")
    if not any(one.weight for one in found):
        raise MethodError("no_weight", field="criteria")
    return found


def _criterion(row: Mapping[str, Any], key: Any) -> Criterion:
    name = str(row.get("name", key))
    least = one_of(row.get("dir") or "max", ("max", "min"), field="dir", row=name) == "min"
    return Criterion(name, number(row.get("weight"), field="weight", row=name, least=0), least)


def _turned(row: Mapping[str, Any], key: Any, criteria: list[Criterion], low: float, high: float) -> dict[str, float]:
    """The filled cells, more being better in each."""
    for name in row:
        one_of(name, [one.name for one in criteria], field="scores", row=key)
    filled = {one: row[one.name] for one in criteria if not is_missing(row.get(one.name))}
    values = {one: number(value, field=one.name, row=key, least=low, most=high) for one, value in filled.items()}
    return {one.name: low + high - value if one.least else value for one, value in values.items()}


def _contributions(row: Mapping[str, float], criteria: list[Criterion]) -> dict[str, float]:
    scored = {one.name: one.weight for one in criteria if one.name in row}
    total = math.fsum(scored.values())
    return {name: weight / total * row[name] for name, weight in scored.items()} if total else {}


def _alike(cells: Mapping[Any, Mapping[str, float]], criteria: list[Criterion]) -> list[tuple[str, str, float]]:
    found = []
    for a, b in combinations([one.name for one in criteria], 2):
        pairs = [(row[a], row[b]) for row in cells.values() if a in row and b in row]
        left, right = zip(*pairs, strict=True) if pairs else ((), ())
        if len(pairs) >= ENOUGH and len(set(left)) > 1 and len(set(right)) > 1:
            r = correlation(left, right)
            found.extend([(a, b, r)] if r >= ALIKE else [])
    return found
