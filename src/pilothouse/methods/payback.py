"""Payback: how long until the money is back.

Question: how long is the money at risk, plainly and at the cost of capital?
Not for: deciding alone: it ignores everything that comes after the money is back.
Sample: none; equal periods, the first flow is now, income is taken to come evenly within a period.

    >>> analyse([-105, 25, 25, 25, 25, 25, 25]).payback
    4.2
    >>> round(analyse([-100, 60, 60, 60], rate=0.10).discounted_payback, 3)
    1.917

Source: textbook definition with interpolation inside the period; figures at accountingexplained.com, "Payback period".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pilothouse.methods.npv import present_values
from pilothouse.methods.shared.checks import number, numbers


@dataclass(frozen=True)
class Result:
    """Periods, None when the money never comes back. `falls_back`: later outlays take the total below zero again."""

    payback: float | None
    discounted_payback: float | None
    cumulative: tuple[float, ...]
    discounted_cumulative: tuple[float, ...] | None
    falls_back: bool
    n: int


def analyse(flows: Sequence[float], *, rate: float | None = None) -> Result:
    """When the running total first reaches zero, after having been below it; with `rate` also discounted.

    Raises MethodError "not_a_number", "too_few" or "too_small".
    """
    paid = numbers(flows, field="flows", least_count=2)
    total = tuple(accumulate(paid))
    discounted = None if rate is None else present_values(paid, number(rate, field="rate", above=-1))
    return Result(
        crossing(paid),
        None if discounted is None else crossing(discounted),
        total,
        None if discounted is None else tuple(accumulate(discounted)),
        _falls_back(total),
        len(paid),
    )


def crossing(flows: Sequence[float]) -> float | None:
    """The moment the running total comes up to zero; 0.0 when there is nothing to get back."""
    total = 0.0
    slack = 1e-12 * max(map(abs, flows))
    below = False
    for period, flow in enumerate(flows):
        if below and total + flow >= -slack:
            return period - 1 + min(1.0, -total / flow)
        total += flow
        below = below or total < -slack
    return None if below else 0.0


def _falls_back(total: Sequence[float]) -> bool:
    below = [value < 0 for value in total]
    ups = [at for at in range(1, len(below)) if below[at - 1] and not below[at]]
    return bool(ups) and any(below[ups[0] :])
