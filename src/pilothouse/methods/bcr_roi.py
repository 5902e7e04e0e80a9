"""BCR and ROI: what comes back for each unit of money spent.

Question: do the benefits outweigh the costs, and by how much for each unit spent?
Not for: ranking projects of different size or length on ROI alone. Book savings as benefits, not as negative cost.
Sample: none; equal periods, the first of each list is now.

    >>> result = analyse(costs=[100, 0, 0], benefits=[0, 60, 60], rate=0.1)
    >>> round(result.bcr, 4), round(result.npv, 2), round(result.roi_undiscounted, 2)
    (1.0413, 4.13, 0.2)

Source: standard definitions, PV(benefits) / PV(costs) and (benefits - costs) / costs; e.g. HM Treasury, The Green Book.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.methods.npv import present_values
from pilothouse.methods.shared.checks import number, numbers, same_length
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`roi_*` are fractions: 0.2 is 20 %. `roi_yearly` is the undiscounted return per period, compounding."""

    pv_costs: float
    pv_benefits: float
    bcr: float
    npv: float
    roi_undiscounted: float
    roi_discounted: float
    roi_yearly: float | None
    n: int


def analyse(costs: Sequence[float], benefits: Sequence[float], *, rate: float = 0.0) -> Result:
    """Discount costs and benefits, both given as positive amounts per period.

    Raises MethodError "too_small" (a negative amount), "no_costs", "different_length" or "not_a_number".
    """
    spent, gained = numbers(costs, field="costs", least=0), numbers(benefits, field="benefits", least=0)
    same_length(len(spent), benefits=gained)
    rate = number(rate, field="rate", above=-1)
    pv_costs, pv_benefits = (math.fsum(present_values(flows, rate)) for flows in (spent, gained))
    if not pv_costs:
        raise MethodError("no_costs", field="costs")
    plain = math.fsum(gained) / math.fsum(spent)
    yearly = plain ** (1 / (len(spent) - 1)) - 1 if len(spent) > 1 else None
    ratio = pv_benefits / pv_costs
    return Result(pv_costs, pv_benefits, ratio, pv_benefits - pv_costs, plain - 1, ratio - 1, yearly, len(spent))
