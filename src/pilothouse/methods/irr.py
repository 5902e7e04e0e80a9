"""IRR: the return per period a row of payments earns on the money still in it.

Question: what does this project earn, to hold against what money costs?
Not for: choosing between projects that exclude each other (use NPV), or flows that change sign more than once, where
several rates may answer and none is "the" return; MIRR then says what you mean.
Sample: at least one payment out and one in; equal periods, the first flow is now.

    >>> round(analyse([-70000, 12000, 15000, 18000, 21000, 26000]).irr, 4)
    0.0866
    >>> pump = analyse([-1600, 10000, -10000])
    >>> [round(rate, 6) for rate in pump.all_irr], pump.status
    ([0.25, 4.0], 'several')

Source: Kenneth Boulding, "The theory of a single investment", 1935; several rates: Lorie and Savage, "Three problems in
rationing capital", Journal of Business 28(4), 1955. Roots are isolated one by one, not guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pilothouse.methods.fitting.roots import rates, sign_changes
from pilothouse.methods.shared.checks import numbers
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`all_irr` ascending. `irr` is the one nearest zero: with status "several" it must not be quoted alone."""

    irr: float | None
    all_irr: tuple[float, ...]
    status: Literal["unique", "several", "none"]
    sign_changes: int
    n: int


def analyse(flows: Sequence[float]) -> Result:
    """Every rate above -1 at which the flows are worth nothing now; flows of one sign have none.

    Raises MethodError "not_a_number", "too_few" or "all_zero".
    """
    paid = numbers(flows, field="flows", least_count=2)
    return found(paid, list(range(len(paid))))


def found(amounts: Sequence[float], times: Sequence[float]) -> Result:
    if not any(amounts):
        raise MethodError("all_zero", field="flows")
    everything = rates(amounts, times)
    status: Literal["unique", "several", "none"] = (
        "none" if not everything else "unique" if len(everything) == 1 else "several"
    )
    nearest = min(everything, key=abs, default=None)
    return Result(nearest, everything, status, sign_changes(amounts), len(amounts))
