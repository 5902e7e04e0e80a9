"""CLV: what customers who may leave without a word are still worth.

Question: who will buy again, how often, and what is each customer worth over the coming time?
Not for: contracts and subscriptions, where leaving is seen (use the retention model), or a first season with no
repeats.
Sample: some hundred customers watched for several times their usual gap between purchases.

    >>> fit = BgNbd(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> round(expected_purchases(fit, frequency=2, recency=30.43, T=38.86, t=39), 3)
    1.226
    >>> round(p_alive(fit, frequency=2, recency=30.43, T=38.86), 4)
    0.7266

Source: Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24(2), 2005 (BG/NBD); value
per purchase: Fader and Hardie, "The gamma-gamma model of monetary value", 2013.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.bgnbd import (
    BgNbd,
    GammaGamma,
    alive,
    average_value,
    fit_bgnbd,
    fit_gammagamma,
    purchases,
    repeat,
)
from pilothouse.methods.shared.checks import is_missing, number, whole
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import columns, complete, labels

LEAST_VALUES = 3
COUNTS = ("frequency", "recency", "T")
VALUE = "avg_value"
RELATED = 0.3  # beyond this correlation of value with frequency the gamma-gamma model does not hold


@dataclass(frozen=True)
class Customer:
    """`p_alive` is 1 for who never came back: the model lets nobody leave before the first repeat."""

    p_alive: float
    expected_purchases: float
    expected_avg_value: float | None
    clv: float | None


@dataclass(frozen=True)
class Result:
    """`customers` by the column `customer`, else by row. `value_correlation` of value with frequency should be near 0.

    `fitted_repeats` against `actual_repeats`: the model's and the counted repeat purchases in the time observed.
    """

    bgnbd: BgNbd
    gammagamma: GammaGamma | None
    customers: dict[Any, Customer]
    value_correlation: float | None
    value_related: bool
    actual_repeats: float
    fitted_repeats: float
    horizon: int
    n: int
    repeat_customers: int
    missing: int


def analyse(customers: Any, *, horizon: int = 52, discount: float = 0.0, margin: float = 1.0) -> Result:
    """Customers with frequency (repeat purchases, at most one per unit of time), recency (time of the last, 0 without
    repeats), T (time observed) and avg_value of a repeat purchase; all times since the first purchase, in one unit.

    Looks `horizon` units ahead, discounting at `discount` per unit; rows with a gap are left out.
    Raises MethodError "out_of_order" (recency beyond T), "recency_without_repeat", "no_repeats", "no_fit",
    "no_such_column", "too_small" or "not_a_number".
    """
    import numpy as np

    units = whole(horizon, field="horizon", least=1, most=5000)
    rate, share = number(discount, field="discount", least=0), number(margin, field="margin", least=0)
    table, value, keys, missing = _read(customers)
    x, tx, T = table.T
    if not x.any():
        raise MethodError("no_repeats", field="frequency")
    bgnbd = fit_bgnbd(x, tx, T)
    known = (x > 0) & (value > 0)
    worth = fit_gammagamma(x[known], value[known]) if known.sum() >= LEAST_VALUES else None
    ahead, present = _ahead(bgnbd, x, tx, T, units, rate)
    here = alive(bgnbd, x, tx, T)
    spent = None if worth is None else average_value(worth, np.where(known, x, 0), np.where(known, value, 0))
    related = _correlation(x[known], value[known])
    return Result(
        bgnbd=bgnbd,
        gammagamma=worth,
        customers={
            key: _customer(here[at], ahead[at], share * present[at], None if spent is None else spent[at])
            for at, key in enumerate(keys)
        },
        value_correlation=related,
        value_related=related is not None and abs(related) > RELATED,
        actual_repeats=float(x.sum()),
        fitted_repeats=float(repeat(bgnbd, T).sum()),
        horizon=units,
        n=len(x),
        repeat_customers=int((x > 0).sum()),
        missing=missing,
    )


def _ahead(fit: BgNbd, x: Any, tx: Any, T: Any, units: int, rate: float) -> tuple[Any, Any]:
    """Purchases up to the horizon, and the same with each unit's purchases discounted."""
    if rate == 0:
        until = purchases(fit, x, tx, T, float(units))
        return until, until
    before, present = 0.0, 0.0
    for t in range(1, units + 1):
        until = purchases(fit, x, tx, T, float(t))
        present = present + (until - before) / (1 + rate) ** t
        before = until
    return before, present


def _customer(here: float, ahead: float, present: float, spent: float | None) -> Customer:
    """Without a mean value for everybody (q at or below 1) those without repeats have none."""
    if spent is None or math.isnan(spent):
        return Customer(float(here), float(ahead), None, None)
    return Customer(float(here), float(ahead), float(spent), float(present * spent))


def _correlation(x: Any, value: Any) -> float | None:
    import numpy as np

    if len(x) < LEAST_VALUES or np.ptp(x) == 0 or np.ptp(value) == 0:
        return None
    return float(np.corrcoef(x, value)[0, 1])


def _read(customers: Any) -> tuple[Any, Any, list[Any], int]:
    import numpy as np

    found = columns(customers, field="customers")
    names = [*COUNTS, *((VALUE,) if VALUE in found else ())]
    kept = complete(customers, names, field="customers")
    cells = {
        name: [number(v, field=name, row=row, least=0) for row, v in zip(kept.kept, kept.columns[name], strict=True)]
        for name in names
    }
    for row, x, tx, T in zip(kept.kept, *(cells[name] for name in COUNTS), strict=True):
        if tx > T * (1 + 1e-9) or T <= 0:
            raise MethodError("out_of_order", field="recency", row=row, recency=tx, T=T)
        if (x == 0) != (tx == 0):
            raise MethodError("recency_without_repeat", field="recency", row=row, frequency=x, recency=tx)
    keys = (
        labels([found["customer"][row] for row in kept.kept], field="customer")
        if "customer" in found
        else list(kept.kept)
    )
    if len(set(keys)) < len(keys):
        raise MethodError("duplicate", field="customer")
    value = np.array(cells[VALUE]) if VALUE in cells else np.zeros(len(keys))
    return np.array([cells[name] for name in COUNTS]).T, value, keys, kept.missing


# With parameters known ----------------------------------------------------------------------------------------------


def expected_purchases(fit: BgNbd, *, frequency: float, recency: float, T: float, t: float) -> float:
    """Purchases in the next t units of a customer with that history."""
    return float(purchases(fit, *_history(frequency, recency, T), number(t, field="t", least=0))[0])


def p_alive(fit: BgNbd, *, frequency: float, recency: float, T: float) -> float:
    """The probability that a customer with that history has not left."""
    return float(alive(fit, *_history(frequency, recency, T))[0])


def expected_repeat_purchases(fit: BgNbd, t: float) -> float:
    """Repeat purchases of a new customer up to time t."""
    import numpy as np

    return float(repeat(fit, np.array([number(t, field="t", least=0)]))[0])


def expected_avg_value(fit: GammaGamma, *, frequency: float, avg_value: float) -> float:
    """What a purchase of this customer is worth: own mean and everybody's, weighed by how much is known of the own."""
    import numpy as np

    x, m = number(frequency, field="frequency", least=0), number(avg_value, field="avg_value", least=0)
    return float(average_value(fit, np.array([x]), np.array([m]))[0])


def _history(frequency: float, recency: float, T: float) -> tuple[Any, Any, Any]:
    import numpy as np

    x, tx = number(frequency, field="frequency", least=0), number(recency, field="recency", least=0)
    end = number(T, field="T", above=0)
    if tx > end:
        raise MethodError("out_of_order", field="recency", recency=tx, T=end)
    return np.array([x]), np.array([tx]), np.array([end])


def summarise(
    orders: Any, *, end: str | dt.date, unit_days: float = 7.0, start: str | dt.date | None = None
) -> list[Mapping[str, Any]]:
    """From rows of customer, order_date, revenue up to `end` to the table `analyse` wants; one purchase a day counts.

    Raises MethodError "no_such_column", "not_a_date", "not_a_number" or "too_few".
    """
    last, first = day(end, field="end"), None if start is None else day(start, field="start")
    unit = number(unit_days, field="unit_days", above=0)
    found = complete(orders, ("customer", "order_date", "revenue"), field="orders").columns
    spent: dict[Any, dict[dt.date, float]] = {}
    for row, (customer, date, revenue) in enumerate(zip(*found.values(), strict=True)):
        on = day(date, field="order_date", row=row)
        if on <= last and (first is None or on >= first) and not is_missing(customer):
            days = spent.setdefault(customer, {})
            days[on] = days.get(on, 0.0) + number(revenue, field="revenue", row=row)
    return [_summary(customer, days, last, unit) for customer, days in spent.items() if min(days) < last]


def _summary(customer: Any, days: Mapping[dt.date, float], last: dt.date, unit: float) -> dict[str, Any]:
    born, *again = sorted(days)
    value = math.fsum(days[on] for on in again) / len(again) if again else 0.0
    return {
        "customer": customer,
        "frequency": len(again),
        "recency": (again[-1] - born).days / unit if again else 0.0,
        "T": (last - born).days / unit,
        "avg_value": max(value, 0.0),
    }
