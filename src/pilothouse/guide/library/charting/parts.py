"""What the charts of methods share: numbers that can be drawn, and how they are told."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from pilothouse.charts import Spec
from pilothouse.jinja import decimal

LONGEST = 60  # characters of a name
Result = Mapping[str, Any]
Maker = Callable[[Result], Spec | None]


def is_drawn(value: Any) -> TypeGuard[float]:
    """A number that has a place on a scale."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def pair(value: Any) -> tuple[float, float] | None:
    """Both ends of an interval, or two coordinates."""
    if isinstance(value, Sequence) and len(value) >= 2 and all(is_drawn(one) for one in value[:2]):
        return float(value[0]), float(value[1])
    return None


def shown(value: float, share: bool = False) -> str:
    """Of large numbers no more than their places, of small ones three figures."""
    if share:
        return f"{decimal(value * 100, 1)}%"
    places = 0 if abs(value) >= 1000 or value == 0 else max(0, 2 - math.floor(math.log10(abs(value))))
    return decimal(value, min(places, 6))


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def named(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, Mapping) else {}
