"""Factors with a weight and a rating: what IFE, EFE, the competitive profile and the GE matrix add up."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, sums_to_one
from pilothouse.methods.shared.items import keyed
from pilothouse.methods.shared.method import MethodError

WEIGHT_SLACK = 1e-6


@dataclass(frozen=True)
class Factor:
    name: str
    weight: float
    rating: float
    weighted: float
    side: str | None = None


def factors(given: Any, *, field: str, least: float, most: float) -> tuple[Factor, ...]:
    """Rows of (name, weight, rating[, side]), or {name: {weight, rating}}; weights must sum to 1."""
    rows = keyed(given, ("name", "weight", "rating", "side"), field)
    found = tuple(_factor(key, row, least, most) for key, row in rows.items())
    if len({factor.name for factor in found}) < len(found):
        raise MethodError("duplicate", field=field)
    sums_to_one([factor.weight for factor in found], field=field, slack=WEIGHT_SLACK)
    return found


def _factor(key: Any, row: Mapping[str, Any], least: float, most: float) -> Factor:
    weight = number(row.get("weight"), field="weight", row=key, least=0, most=1)
    rating = number(row.get("rating"), field="rating", row=key, least=least, most=most)
    name = str(row.get("name", key))
    return Factor(name, weight, rating, weight * rating, row.get("side"))


def total(found: tuple[Factor, ...]) -> float:
    return math.fsum(factor.weighted for factor in found)
