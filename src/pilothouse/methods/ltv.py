"""LTV and CAC: what a customer brings over a lifetime, against what winning one costs.

Question: does a customer bring back more than it costs to win one, and how soon?
Not for: businesses with cohorts on record (fit retention or CLV instead), or mixing monthly churn with yearly margin.
Sample: none for the formulas; churn should come from at least some hundred customers.

    >>> round(analyse(margin=1, retention=0.9, discount=0.12).margin_multiple, 2)
    4.09
    >>> simple = analyse(arpa=50, gross_margin=0.8, churn=0.04, cac=400)
    >>> simple.ltv, simple.ltv_cac, simple.cac_payback
    (1000.0, 2.5, 10.0)

Source: Sunil Gupta and Donald Lehmann, "Customers as assets", Journal of Interactive Marketing 17(1), 2003
(margin x r / (1 + i - r)); the simple form is margin / churn, the same with i = 0 and the first payment counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`form` names the formula: "gupta_lehmann" discounts and counts from the next period, "simple" does neither."""

    form: Literal["gupta_lehmann", "simple"]
    margin: float
    retention: float
    margin_multiple: float
    ltv: float
    expected_lifetime: float | None
    cac: float | None
    ltv_cac: float | None
    cac_payback: float | None


def analyse(
    *,
    margin: float | None = None,
    arpa: float | None = None,
    gross_margin: float = 1.0,
    retention: float | None = None,
    churn: float | None = None,
    discount: float | None = None,
    cac: float | None = None,
) -> Result:
    """Margin (or revenue `arpa` times `gross_margin`) and retention (or churn), all per period of one length.

    Raises MethodError "give_one_of", "never_churns", "too_small", "too_large" or "not_a_number".
    """
    per_period = _margin(margin, arpa, gross_margin)
    lost = _churn(retention, churn)
    if discount is None:
        form, multiple = "simple", _over(1.0, lost)
    else:
        form, multiple = "gupta_lehmann", _over(1 - lost, number(discount, field="discount", least=0) + lost)
    cost = None if cac is None else number(cac, field="cac", least=0)
    value = per_period * multiple
    return Result(
        form=form,  # type: ignore[arg-type]
        margin=per_period,
        retention=1 - lost,
        margin_multiple=multiple,
        ltv=value,
        expected_lifetime=1 / lost if lost else None,
        cac=cost,
        ltv_cac=value / cost if cost else None,
        cac_payback=cost / per_period if cost is not None and per_period else None,
    )


def _margin(margin: float | None, arpa: float | None, gross_margin: float) -> float:
    if (margin is None) == (arpa is None):
        raise MethodError("give_one_of", field="margin", choices=("margin", "arpa"))
    if margin is not None:
        return number(margin, field="margin", least=0)
    return number(arpa, field="arpa", least=0) * number(gross_margin, field="gross_margin", least=0, most=1)


def _churn(retention: float | None, churn: float | None) -> float:
    if (retention is None) == (churn is None):
        raise MethodError("give_one_of", field="retention", choices=("retention", "churn"))
    if retention is not None:
        return 1 - number(retention, field="retention", least=0, most=1)
    return number(churn, field="churn", least=0, most=1)


def _over(part: float, whole: float) -> float:
    if whole <= 0:
        raise MethodError("never_churns", field="churn")
    return part / whole
