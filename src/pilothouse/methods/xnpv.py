"""XNPV: what dated payments are worth on the day of the first.

Question: is the project worth more than it costs when payments fall on real dates?
Not for: rates quoted per month (the rate here is per year of 365 days).
Sample: none; dates may come in any order after the first.

    >>> days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    >>> round(analyse(days, [-10000, 2750, 4250, 3250, 2750], rate=0.09).xnpv, 2)
    2086.65

Source: actual/365 from the first date, as documented for Microsoft Excel's XNPV.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number, numbers, same_length, sequence
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`years` since the first payment, in years of 365 days."""

    xnpv: float
    rate: float
    years: tuple[float, ...]
    present_values: tuple[float, ...]
    n: int


def analyse(dates: Sequence[str | dt.date], amounts: Sequence[float], rate: float) -> Result:
    """Discount dated amounts to the first date.

    Raises MethodError "not_a_date", "before_first", "different_length", "not_a_number", naming field and row.
    """
    years, paid = dated(dates, amounts)
    rate = number(rate, field="rate", above=-1)
    try:
        values = tuple(
            amount * (1 + rate) ** -time if amount else 0.0 for amount, time in zip(paid, years, strict=True)
        )
    except OverflowError:
        raise MethodError("too_large", field="amounts", rate=rate) from None
    return Result(math.fsum(values), rate, tuple(years), values, len(paid))


def dated(dates: Sequence[str | dt.date], amounts: Sequence[float]) -> tuple[list[float], list[float]]:
    """Years since the first date, and the amounts."""
    paid = numbers(amounts, field="amounts")
    days = [day(value, field="dates", row=row) for row, value in enumerate(sequence(dates, field="dates"))]
    same_length(len(paid), dates=days)
    for row, date in enumerate(days):
        if date < days[0]:
            raise MethodError("before_first", field="dates", row=row, value=date.isoformat())
    return [(date - days[0]).days / 365 for date in days], paid
