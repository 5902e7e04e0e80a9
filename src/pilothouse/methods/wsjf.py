"""WSJF: the order of jobs in which waiting costs least.

Question: with one team taking one job after another, which job should go first?
Not for: jobs that depend on each other or run side by side; sums of SAFe scores from different boards.
Sample: none; jobs must be sized in the same unit, and cost of delay stated per the same time.

    >>> result = analyse({"A": {"duration": 1, "cod": 10}, "B": {"duration": 3, "cod": 3}, "C": (10, 1)})
    >>> result.order, result.delay_cost_best, result.delay_cost_worst
    (('A', 'B', 'C'), 36.0, 189.0)

Two forms: cost of delay divided by duration (CD3) from {duration, cod}, or the relative scores of SAFe from
{value, time_criticality, risk_reduction, size}, whose cost of delay is the sum of the first three.

Source: Smith, Naval Research Logistics Quarterly 3, 1956 (optimal for independent jobs on one server); Reinertsen,
The Principles of Product Development Flow, 2009; SAFe, "Weighted Shortest Job First" (modified Fibonacci scores).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, sequence
from pilothouse.methods.shared.items import gaps, keyed
from pilothouse.methods.shared.method import MethodError

CD3 = ("duration", "cod")
SAFE = ("value", "time_criticality", "risk_reduction", "size")
FIBONACCI = (1, 2, 3, 5, 8, 13, 20)


@dataclass(frozen=True)
class Result:
    """Cost of delay over size by job and the order it gives; what waiting costs in that order and in the worst one.

    With `form` "safe" costs are relative scores, not money. `optimal` is False where needs forced a job back.
    `no_one` are SAFe columns without a 1, `off_scale` cells outside the modified Fibonacci scores.
    """

    wsjf: dict[Any, float]
    cod: dict[Any, float]
    size: dict[Any, float]
    order: tuple[Any, ...]
    delay_cost_best: float
    delay_cost_worst: float
    form: str
    optimal: bool
    no_one: tuple[str, ...]
    off_scale: tuple[tuple[Any, str], ...]
    missing: tuple[Any, ...]
    n: int


def analyse(items: Mapping[Any, Any] | Sequence[Any]) -> Result:
    """Order jobs of one form; rows are mappings or in the order of CD3 or SAFE; `needs` names jobs to go before."""
    form, fields = _form(items)
    rows = keyed(items, fields)
    complete = {key: row for key, row in rows.items() if not gaps(row, fields)}
    size = {key: number(row[_size(form)], field=_size(form), row=key, above=0) for key, row in complete.items()}
    parts = CD3[1:] if form == "cd3" else SAFE[:3]
    cod = {
        key: math.fsum(number(row[part], field=part, row=key, least=0) for part in parts)
        for key, row in complete.items()
    }
    ratio = {key: cod[key] / size[key] for key in complete}
    free = sorted(ratio, key=lambda key: -ratio[key])
    order = _after_needs(free, complete)
    return Result(
        wsjf=ratio,
        cod=cod,
        size=size,
        order=tuple(order),
        delay_cost_best=delay_cost(order, cod, size),
        delay_cost_worst=delay_cost(free[::-1], cod, size),
        form=form,
        optimal=order == free,
        no_one=_no_one(complete) if form == "safe" else (),
        off_scale=_off_scale(complete) if form == "safe" else (),
        missing=tuple(key for key in rows if key not in complete),
        n=len(rows),
    )


def delay_cost(order: Iterable[Any], cod: Mapping[Any, float], duration: Mapping[Any, float]) -> float:
    """What waiting costs in this order: cost of delay times finishing time, summed."""
    clock, total = 0.0, 0.0
    for key in order:
        clock += duration[key]
        total += cod[key] * clock
    return total


def _form(items: Any) -> tuple[str, tuple[str, ...]]:
    """SAFe where a row has its size or four cells, else CD3."""
    rows = list(items.values()) if isinstance(items, Mapping) else sequence(items, field="items", least_count=0)
    safe = any("size" in row if isinstance(row, Mapping) else hasattr(row, "__len__") and len(row) > 2 for row in rows)
    return ("safe", SAFE) if safe else ("cd3", CD3)


def _size(form: str) -> str:
    return "duration" if form == "cd3" else "size"


def _after_needs(free: list[Any], rows: Mapping[Any, Mapping[str, Any]]) -> list[Any]:
    """The best job whose needs are done, again and again: a good order, but no longer proven best."""
    needs = {key: [need for need in row.get("needs") or () if not is_missing(need)] for key, row in rows.items()}
    for key, named in needs.items():
        for need in named:
            if need not in rows:
                raise MethodError("unknown_item", field="needs", row=key, value=need)
    waiting, order = list(free), []
    done: set[Any] = set()
    while waiting:
        ready = next((key for key in waiting if done.issuperset(needs[key])), None)
        if ready is None:
            raise MethodError("circular_needs", field="needs", row=waiting[0])
        waiting.remove(ready)
        order.append(ready)
        done.add(ready)
    return order


def _no_one(rows: Mapping[Any, Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(field for field in SAFE if all(float(row[field]) != 1 for row in rows.values()))


def _off_scale(rows: Mapping[Any, Mapping[str, Any]]) -> tuple[tuple[Any, str], ...]:
    return tuple((key, field) for key, row in rows.items() for field in SAFE if float(row[field]) not in FIBONACCI)
