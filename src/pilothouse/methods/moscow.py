"""MoSCoW: whether what must be in leaves room for what may slip.

Question: is this increment safe, or is so much a must that a late surprise has nothing to give way?
Not for: ranking inside one class, or work that nobody has estimated.
Sample: none; every item needs an estimate in one unit (days, points) to count in the shares.

    >>> result = analyse([("M", 30), ("M", 30), ("S", 20), ("C", 20), ("W", 50)])
    >>> result.share, result.must_over_60, result.risk
    ({'M': 0.6, 'S': 0.2, 'C': 0.2}, False, 'none')

Won't means "not this time" and stays outside the shares. Exactly 60 % passes.

Source: DSDM Agile Project Framework Handbook, 2014, chapter 10 (Must up to 60 % of the effort, Could about 20 %).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import SLACK, is_missing, number, one_of
from pilothouse.methods.shared.items import keyed
from pilothouse.methods.shared.method import MethodError

CLASSES = ("M", "S", "C", "W")
FIELDS = ("priority", "effort", "needs")
MUST_LIMIT, COULD_FLOOR = 0.6, 0.2


@dataclass(frozen=True)
class Inconsistency:
    """An item that cannot be had without one of a weaker class."""

    item: Any
    priority: str
    needs: Any
    needs_priority: str


@dataclass(frozen=True)
class Result:
    """Effort and number of items by class; shares of Must, Should and Could (None without any estimate).

    `risk` is none, warning (Must over the limit) or accepted (over it in favourable circumstances).
    """

    effort: dict[str, float]
    count: dict[str, int]
    total_excl_wont: float
    share: dict[str, float] | None
    must_over_60: bool | None
    could_at_least_20: bool | None
    risk: str
    inconsistent: tuple[Inconsistency, ...]
    unestimated: tuple[Any, ...]
    unclassified: tuple[Any, ...]
    n: int


def analyse(
    items: Mapping[Any, Any] | Sequence[Any],
    *,
    must_limit: float = MUST_LIMIT,
    could_floor: float = COULD_FLOOR,
    favourable: bool = False,
    capacity: float | None = None,
) -> Result:
    """Weigh items of {priority: M, S, C or W, effort, needs: keys of other items} or (priority, effort, needs).

    `favourable` says that estimates are accurate, the approach is understood, the team performs and the environment
    is calm: then more than 60 % of Must is a risk taken knowingly. With a `capacity` (effort that there is time for)
    the shares are of that instead of what the items take.
    """
    rows = keyed(items, FIELDS)
    limits = [number(value, field=name, least=0, most=1) for name, value in _limits(must_limit, could_floor)]
    classes = {key: _class(row["priority"], key) for key, row in rows.items() if not is_missing(row.get("priority"))}
    estimated = {
        key: row["effort"] for key, row in rows.items() if key in classes and not is_missing(row.get("effort"))
    }
    effort = dict.fromkeys(CLASSES, 0.0)
    for key, value in estimated.items():
        effort[classes[key]] += number(value, field="effort", row=key, least=0)
    total = math.fsum(effort[code] for code in "MSC")
    whole = total if capacity is None else number(capacity, field="capacity", above=0)
    share = {code: effort[code] / whole for code in "MSC"} if total else None
    over = share["M"] > limits[0] + SLACK if share else None
    return Result(
        effort=effort,
        count={code: sum(given == code for given in classes.values()) for code in CLASSES},
        total_excl_wont=total,
        share=share,
        must_over_60=over,
        could_at_least_20=share["C"] >= limits[1] - SLACK if share else None,
        risk=("accepted" if favourable else "warning") if over else "none",
        inconsistent=tuple(_inconsistencies(rows, classes)),
        unestimated=tuple(key for key in classes if key not in estimated),
        unclassified=tuple(key for key in rows if key not in classes),
        n=len(rows),
    )


def _limits(must_limit: float, could_floor: float) -> tuple[tuple[str, float], ...]:
    return ("must_limit", must_limit), ("could_floor", could_floor)


def _class(value: Any, key: Any) -> str:
    return one_of(str(value)[:1].upper(), CLASSES, field="priority", row=key)


def _inconsistencies(rows: Mapping[Any, Mapping[str, Any]], classes: Mapping[Any, str]) -> list[Inconsistency]:
    found = []
    for key, row in rows.items():
        for need in row.get("needs") or ():
            if need not in rows:
                raise MethodError("unknown_item", field="needs", row=key, value=need)
            if key in classes and need in classes and CLASSES.index(classes[need]) > CLASSES.index(classes[key]):
                found.append(Inconsistency(key, classes[key], need, classes[need]))
    return found
