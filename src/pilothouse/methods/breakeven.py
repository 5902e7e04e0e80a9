"""Break-even: how much must be sold before it pays.

Question: how many units, or how much revenue, cover the fixed costs (and a target profit)?
Not for: prices or unit costs that change with volume within the range.
Sample: none; price, variable cost and fixed costs of the same period and currency.

    >>> result = analyse(price=100, variable=20, fixed=18000)
    >>> result.units, result.revenue, result.contribution_ratio
    (225, 22500.0, 0.8)

Source: cost-volume-profit analysis; figures of OpenStax, Principles of Accounting 2, chapter 3 (Hicks Manufacturing).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`units` rounded up to whole ones, `exact_units` and `revenue` not; `margin_of_safety` is a share of the plan."""

    units: int
    exact_units: float
    revenue: float
    contribution: float
    contribution_ratio: float
    margin_of_safety: float | None
    operating_leverage: float | None


def analyse(
    *,
    price: float,
    variable: float,
    fixed: float,
    target: float = 0.0,
    tax: float = 0.0,
    planned_units: float | None = None,
) -> Result:
    """Units and revenue at which profit after tax is `target` (0: break-even).

    Raises MethodError "no_contribution" (a unit costs at least its price), "not_a_number", "too_small", "too_large".
    """
    price, variable = number(price, field="price", above=0), number(variable, field="variable", least=0)
    fixed, target = number(fixed, field="fixed", least=0), number(target, field="target", least=0)
    tax = number(tax, field="tax", least=0, most=0.99)
    contribution = price - variable
    if contribution <= 0:
        raise MethodError("no_contribution", field="variable", contribution=contribution)
    exact = (fixed + target / (1 - tax)) / contribution
    safety, leverage = against_plan(planned_units, exact, contribution, fixed)
    return Result(whole_units(exact), exact, exact * price, contribution, contribution / price, safety, leverage)


def whole_units(exact: float) -> int:
    """Rounded up, but not for the last digit of a float."""
    return round(exact) if math.isclose(exact, round(exact), rel_tol=1e-12) else math.ceil(exact)


def against_plan(
    planned: float | None, exact: float, contribution: float, fixed: float
) -> tuple[float | None, float | None]:
    """How far sales may fall, and by how many percent profit moves for one percent of sales."""
    if planned is None:
        return None, None
    planned = number(planned, field="planned_units", above=0)
    profit = planned * contribution - fixed
    return (planned - exact) / planned, planned * contribution / profit if profit else None
