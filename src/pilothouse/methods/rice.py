"""RICE: what brings most to most people for the effort it costs.

Question: in which order should comparable requirements be built?
Not for: things that must be done anyway (law, security), or requirements that depend on each other.
Sample: none; reach should be counted over the same period for every row.

    >>> result = analyse({"A": {"reach": 2000, "impact": 2, "confidence": 0.8, "effort": 3},
    ...                   "B": {"reach": 5000, "impact": 0.5, "confidence": 1.0, "effort": 1}})
    >>> result.order, round(result.scores["A"], 1), result.scores["B"]
    (('B', 'A'), 1066.7, 2500.0)

Source: Sean McBride, "RICE: simple prioritization for product managers", Intercom, 2016 (reach x impact x confidence / effort).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods._method import MethodError

FIELDS = ("reach", "impact", "confidence", "effort")


@dataclass(frozen=True)
class Result:
    """Scores by item; `order` is best first, ties in the order given; `missing` items have an empty cell and no score."""

    scores: dict[str, float]
    order: tuple[str, ...]
    missing: tuple[str, ...]
    n: int


def analyse(items: Mapping[str, Mapping[str, Any]]) -> Result:
    """Score items of {reach: people per period, impact, confidence: 0 to 1, effort: person-months > 0}.

    Raises MethodError "not_a_number", "negative", "confidence_over_one" or "effort_not_positive", naming field and row.
    """
    if not items:
        raise MethodError("no_items", field="items")
    complete = {key: row for key, row in items.items() if all(row.get(field) is not None for field in FIELDS)}
    scores = {key: score(key, row) for key, row in complete.items()}
    order = sorted(scores, key=lambda key: -scores[key])
    return Result(scores, tuple(order), tuple(key for key in items if key not in scores), len(items))


def score(key: str, row: Mapping[str, Any]) -> float:
    reach, impact, confidence, effort = (number(key, row, field) for field in FIELDS)
    if confidence > 1:
        raise MethodError("confidence_over_one", field="confidence", row=key, value=confidence)
    if effort == 0:
        raise MethodError("effort_not_positive", field="effort", row=key, value=effort)
    return reach * impact * confidence / effort


def number(key: str, row: Mapping[str, Any], field: str) -> float:
    try:
        value = float(row[field])
    except (TypeError, ValueError):
        raise MethodError("not_a_number", field=field, row=key, value=row[field]) from None
    if not math.isfinite(value):
        raise MethodError("not_a_number", field=field, row=key, value=row[field])
    if value < 0:
        raise MethodError("negative", field=field, row=key, value=value)
    return value
