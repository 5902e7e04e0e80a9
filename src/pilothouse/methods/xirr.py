"""XIRR: the yearly return of payments on real dates.

Question: what did, or will, this money earn per year, given when it moved?
Not for: payments that change direction more than once without reading `status`: several rates may answer.
Sample: at least one payment out and one in.

    >>> days = ["2008-01-01", "2008-03-01", "2008-10-30", "2009-02-15", "2009-04-01"]
    >>> round(analyse(days, [-10000, 2750, 4250, 3250, 2750]).xirr, 6)
    0.373363

Source: actual/365 from the first date, as documented for Microsoft Excel's XIRR; all roots, as for IRR.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pilothouse.methods import irr, xnpv


@dataclass(frozen=True)
class Result:
    """`all_xirr` ascending. `xirr` is the one nearest zero: with status "several" it must not be quoted alone."""

    xirr: float | None
    all_xirr: tuple[float, ...]
    status: Literal["unique", "several", "none"]
    sign_changes: int
    n: int


def analyse(dates: Sequence[str | dt.date], amounts: Sequence[float]) -> Result:
    """Every yearly rate above -1 at which the payments are worth nothing on the first date.

    Raises MethodError "not_a_date", "before_first", "different_length", "not_a_number", "all_zero" or "too_few".
    """
    years, paid = xnpv.dated(dates, amounts)
    in_order = sorted(zip(years, paid, strict=True), key=lambda payment: payment[0])
    found = irr.found([amount for _, amount in in_order], [time for time, _ in in_order])
    return Result(found.irr, found.all_irr, found.status, found.sign_changes, found.n)
