"""NPV: what a row of future payments is worth today.

Question: is the project worth more than the money put in, at the return that money could earn elsewhere?
Not for: payments on irregular dates (use XNPV), or ranking projects of very different size without their outlay.
Sample: none; equal periods, and a rate per such period.

Spreadsheets' NPV() discounts the very first value by one period. Say which you mean: `flows` alone begin now, `t0`
is paid now and `flows` follow, `flows_end_of_period` all come at the end of periods 1, 2, ...

    >>> round(analyse([-40000, 8000, 9200, 10000, 12000, 14500], rate=0.08).npv, 2)
    1922.06
    >>> round(analyse(flows_end_of_period=[-10000, 3000, 4200, 6800], rate=0.1).npv, 2)
    1188.44

Source: Irving Fisher, The Theory of Interest, 1930; the figures are those of Microsoft's documentation of NPV.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number, numbers
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`flows` from now on and what each is worth today; `profitability_index` is value per unit of money put in."""

    npv: float
    rate: float
    flows: tuple[float, ...]
    present_values: tuple[float, ...]
    cumulative: tuple[float, ...]
    profitability_index: float | None
    n: int


def analyse(
    flows: Sequence[float] | None = None,
    rate: float | None = None,
    *,
    t0: float | None = None,
    flows_end_of_period: Sequence[float] | None = None,
) -> Result:
    """Discount equal-period flows at `rate` per period (0.1 is 10 %); the rate must be above -1.

    Raises MethodError "not_a_number", "too_small", "too_few" or "give_one_of", naming field and row.
    """
    paid = timed(flows, t0, flows_end_of_period)
    rate = number(rate, field="rate", above=-1)
    values = present_values(paid, rate)
    cumulative = tuple(math.fsum(values[: period + 1]) for period in range(len(values)))
    outlay = -math.fsum(value for value in values if value < 0)
    index = math.fsum(value for value in values if value > 0) / outlay if outlay else None
    return Result(math.fsum(values), rate, tuple(paid), values, cumulative, index, len(paid))


def timed(
    flows: Sequence[float] | None, t0: float | None, flows_end_of_period: Sequence[float] | None = None
) -> list[float]:
    """All flows, the first of them now."""
    if (flows is None) == (flows_end_of_period is None):
        raise MethodError("give_one_of", field="flows", choices=("flows", "flows_end_of_period"))
    if flows_end_of_period is not None:
        now = 0.0 if t0 is None else number(t0, field="t0")
        return [now, *numbers(flows_end_of_period, field="flows_end_of_period")]
    first = [] if t0 is None else [number(t0, field="t0")]
    return first + numbers(flows or (), field="flows")


def present_values(flows: Sequence[float], rate: float) -> tuple[float, ...]:
    """Each flow times (1 + rate) to the minus period, the first period being 0."""
    try:
        return tuple(flow * (1 + rate) ** -period if flow else 0.0 for period, flow in enumerate(flows))
    except OverflowError:
        raise MethodError("too_large", field="flows", rate=rate) from None
