"""MIRR: one honest return when money in between costs one rate and earns another.

Question: what does the project earn if income is reinvested at a rate you can name?
Not for: flows that are all of one sign; there is nothing to earn a return on.
Sample: at least one payment out and one in; equal periods, the first flow is now.

    >>> round(analyse([-120000, 39000, 30000, 21000, 37000, 46000], finance=0.10, reinvest=0.12).mirr, 6)
    0.126094

Source: Steven A. Y. Lin, "The modified internal rate of return and investment criterion", Engineering Economist
21(4), 1976; the figure is that of Microsoft's documentation of MIRR.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number, numbers
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`future_value` of all income at the end, `present_value` of all outlays now (positive)."""

    mirr: float
    future_value: float
    present_value: float
    n: int


def analyse(flows: Sequence[float], *, finance: float, reinvest: float) -> Result:
    """(future value of income / present value of outlays) to the power 1/n, minus 1, over n periods.

    Raises MethodError "same_sign", "not_a_number", "too_small" or "too_few".
    """
    paid = numbers(flows, field="flows", least_count=2)
    finance, reinvest = number(finance, field="finance", above=-1), number(reinvest, field="reinvest", above=-1)
    periods = len(paid) - 1
    try:
        income = math.fsum(flow * (1 + reinvest) ** (periods - at) for at, flow in enumerate(paid) if flow > 0)
        outlay = -math.fsum(flow * (1 + finance) ** -at for at, flow in enumerate(paid) if flow < 0)
    except OverflowError:
        raise MethodError("too_large", field="flows") from None
    if not income or not outlay:
        raise MethodError("same_sign", field="flows")
    return Result((income / outlay) ** (1 / periods) - 1, income, outlay, len(paid))
