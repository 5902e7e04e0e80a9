"""ABC: the few that make most of the value, and the many that make the rest.

Question: which customers (products, suppliers) deserve the most care?
Not for: dropping the C's by value alone: some are new, some are needed by an A.
Sample: none; values over the same period.

    >>> result = analyse({"a": 60, "b": 25, "c": 10, "d": 5})
    >>> [(item.id, item.cls) for item in result.ranked], round(result.gini, 3)
    ([('a', 'A'), ('b', 'A'), ('c', 'B'), ('d', 'C')], 0.45)

Source: Vilfredo Pareto, 1896; H. Ford Dickie, "ABC inventory analysis shoots for dollars, not pennies", 1951. An
item belongs to the class in which the running share stood before it; cuts at 80 % and 95 %, or `counts` by judgement.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import is_missing, number, same_length, sequence, span, whole
from pilothouse.methods.shared.items import keyed
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import labels

Cls = Literal["A", "B", "C"]


@dataclass(frozen=True)
class Item:
    id: Any
    value: float
    share: float
    cum: float
    cls: Cls


@dataclass(frozen=True)
class Result:
    """`ranked` by value, ties by id; shares are of the sum of positive values. `negative` items are always C.

    `top_20`: the share of the value in the first fifth of the items. `gini` 0 (all alike) to near 1 (one has it all).
    """

    total: float
    ranked: tuple[Item, ...]
    share_A: float
    share_B: float
    share_C: float
    counts: dict[str, int]
    top_20: float
    gini: float
    missing: tuple[Any, ...]
    negative: int
    n: int


def analyse(
    items: Mapping[str, Any] | Sequence[Mapping[str, Any]],
    *,
    cuts: tuple[float, float] = (0.8, 0.95),
    counts: tuple[int, int] | None = None,
) -> Result:
    """Values by id, or items of {id, value} or {id, volume, unit_cost}. `counts` (A, B) classes by judgement instead.

    Raises MethodError "no_items", "not_a_number", "all_zero" (no positive value), "out_of_order" or "duplicate".
    """
    values = _values(items)
    known = {key: value for key, value in values.items() if value is not None}
    total = math.fsum(value for value in known.values() if value > 0)
    if not total:
        raise MethodError("all_zero", field="items")
    low, high = span(cuts, field="cuts", least=0, most=1)
    ranked = _ranked(known, total, low, high, None if counts is None else _judged(counts))
    shares = {cls: math.fsum(item.share for item in ranked if item.cls == cls and item.value > 0) for cls in "ABC"}
    fifth = math.ceil(len(ranked) / 5 - 1e-9)
    return Result(
        total=total,
        ranked=ranked,
        share_A=shares["A"],
        share_B=shares["B"],
        share_C=shares["C"],
        counts={cls: sum(item.cls == cls for item in ranked) for cls in "ABC"},
        top_20=math.fsum(max(0.0, item.share) for item in ranked[:fifth]),
        gini=gini([max(0.0, item.value) for item in ranked]),
        missing=tuple(key for key, value in values.items() if value is None),
        negative=sum(item.value < 0 for item in ranked),
        n=len(ranked),
    )


def _judged(counts: Any) -> list[int]:
    found = [whole(n, field="counts", row=at, least=0) for at, n in enumerate(sequence(counts, field="counts"))]
    same_length(2, counts=found)
    return found


def _values(items: Any) -> dict[Any, float | None]:
    if isinstance(items, Mapping) and not any(isinstance(value, Mapping) for value in items.values()):
        items = {key: {"value": value} for key, value in items.items()}
    values: dict[Any, float | None] = {}
    for key, row in keyed(items, ("id", "value")).items():
        (name,) = labels([row.get("id", key)], field="id")
        if name in values:
            raise MethodError("duplicate", field="id", row=name)
        values[name] = _value(name, row)
    return values


def _value(name: Any, row: Mapping[str, Any]) -> float | None:
    if "value" in row:
        return None if is_missing(row["value"]) else number(row["value"], field="value", row=name)
    if is_missing(row.get("volume")) or is_missing(row.get("unit_cost")):
        return None
    return number(row["volume"], field="volume", row=name) * number(row["unit_cost"], field="unit_cost", row=name)


def _ranked(
    values: Mapping[Any, float], total: float, low: float, high: float, counts: list[int] | None
) -> tuple[Item, ...]:
    order = sorted(values, key=lambda key: (-values[key], str(key)))
    ranked, before = [], 0.0
    for at, key in enumerate(order):
        value = values[key]
        if value < 0:
            cls: Cls = "C"
        elif counts is not None:
            cls = "A" if at < counts[0] else "B" if at < sum(counts) else "C"
        else:
            cls = "A" if before < low - 1e-12 else "B" if before < high - 1e-12 else "C"
        after = before + max(0.0, value) / total
        ranked.append(Item(key, value, value / total, min(after, 1.0), cls))
        before = after
    return tuple(ranked)


def gini(values: Sequence[float]) -> float:
    """Half the mean absolute difference over the mean, of values not below zero."""
    rising = sorted(values)
    n, total = len(rising), math.fsum(rising)
    return math.fsum((2 * at - n - 1) * value for at, value in enumerate(rising, start=1)) / (n * total)
