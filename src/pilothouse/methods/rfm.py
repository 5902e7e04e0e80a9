"""RFM: customers by how recently, how often and for how much they bought.

Question: who are our best customers, who is slipping away, and who is new?
Not for: subscriptions (everybody buys every month), or frequencies that are nearly all 1: quintiles then collapse.
Sample: some hundred customers; the date of analysis is part of the result.

    >>> orders = [("a", "2024-01-05", 10), ("a", "2024-03-01", 20), ("b", "2023-06-01", 200), ("c", "2024-02-20", 15),
    ...           ("d", "2023-12-01", 40), ("d", "2024-03-05", 60), ("d", "2024-03-08", 90), ("e", "2023-08-01", 5)]
    >>> result = analyse(orders, analysis_date="2024-03-10")
    >>> result.customers["d"].score, result.customers["d"].segment, result.customers["e"].segment
    (544, 'Potential Loyalist', 'About To Sleep')

Source: Arthur Hughes, Strategic Database Marketing, 1994 (quintiles); cuts are type-7 quantiles plus one and the
segments those of the R package rfm, first match wins.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, whole
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import columns, labels, pick

Span = tuple[int, int]
SEGMENTS: dict[str, tuple[Span, Span, Span]] = {
    "Champions": ((5, 5), (5, 5), (5, 5)),
    "Potential Loyalist": ((3, 5), (3, 5), (2, 5)),
    "Loyal Customers": ((2, 4), (2, 4), (2, 4)),
    "Promising": ((3, 4), (1, 3), (3, 5)),
    "New Customers": ((4, 5), (1, 3), (1, 5)),
    "Can't Lose Them": ((1, 2), (3, 4), (4, 5)),
    "At Risk": ((1, 2), (2, 5), (4, 5)),
    "Need Attention": ((1, 3), (3, 5), (3, 5)),
    "About To Sleep": ((2, 3), (1, 3), (1, 4)),
    "Lost": ((1, 1), (1, 5), (1, 5)),
}
OTHERS = "Others"
ORDER_COLUMNS = ("customer", "order_date", "revenue")


@dataclass(frozen=True)
class Customer:
    """Days since the last order, number of orders, sum of revenue; the three scores and 100 R + 10 F + M."""

    rec: float
    n: float
    amt: float
    R: int
    F: int
    M: int
    score: int
    segment: str


@dataclass(frozen=True)
class Result:
    """`thresholds`: lower edges of the bins, lowest first. `collapsed`: measures with so many ties that bins are empty.

    `after` orders lie after the analysis date; they and `missing` rows are left out. `refunds` are negative revenues.
    """

    customers: dict[Any, Customer]
    thresholds: dict[str, tuple[float, ...]]
    score_counts: dict[str, dict[int, int]]
    segments: dict[str, int]
    revenue_by_segment: dict[str, float]
    collapsed: tuple[str, ...]
    analysis_date: dt.date | None
    bins: int
    n: int
    orders: int
    after: int
    missing: int
    refunds: int


def analyse(
    orders: Any,
    *,
    analysis_date: str | dt.date,
    bins: int = 5,
    segments: Mapping[str, tuple[Span, Span, Span]] = SEGMENTS,
) -> Result:
    """Orders with the columns customer, order_date and revenue (or bare rows in that order).

    Raises MethodError "too_few", "no_such_column", "not_a_date" or "not_a_number", naming field and row.
    """
    today = day(analysis_date, field="analysis_date")
    found = columns(orders, field="orders")
    named = pick(found, ORDER_COLUMNS if set(ORDER_COLUMNS) <= set(found) else tuple(found)[:3])
    if len(named) < len(ORDER_COLUMNS):
        raise MethodError("no_such_column", field="orders", row=ORDER_COLUMNS[len(named)], columns=tuple(found))
    rows = list(zip(*named.values(), strict=True))
    labels([row[0] for row in rows], field="customer")
    filled = [(at, row) for at, row in enumerate(rows) if not any(map(is_missing, row))]
    read = [
        (row[0], day(row[1], field="order_date", row=at), number(row[2], field="revenue", row=at)) for at, row in filled
    ]
    known = [order for order in read if order[1] <= today]
    return _result(
        _measures(known, today), bins, segments, today,
        orders=len(known), after=len(read) - len(known), missing=len(rows) - len(filled), refunds=sum(o[2] < 0 for o
        in known),
    )  # fmt: skip


def from_customers(
    customers: Mapping[Any, Sequence[float]],
    *,
    bins: int = 5,
    segments: Mapping[str, tuple[Span, Span, Span]] = SEGMENTS,
) -> Result:
    """The same from {customer: (days since the last order, number of orders, revenue)}."""
    measures = {
        key: tuple(
            number(value, field=field, row=str(key)) for field, value in zip(("rec", "n", "amt"), row, strict=True)
        )
        for key, row in customers.items()
    }
    return _result(
        measures,
        bins,
        segments,
        None,
        orders=int(sum(row[1] for row in measures.values())),
        after=0,
        missing=0,
        refunds=0,
    )


def _measures(orders: list[tuple[Any, dt.date, float]], today: dt.date) -> dict[Any, tuple[float, ...]]:
    last: dict[Any, dt.date] = {}
    count: Counter[Any] = Counter()
    spent: dict[Any, float] = {}
    for customer, date, revenue in orders:
        last[customer] = max(date, last.get(customer, date))
        count[customer] += 1
        spent[customer] = spent.get(customer, 0.0) + revenue
    return {key: ((today - last[key]).days, count[key], spent[key]) for key in last}


def _result(measures: Mapping[Any, tuple[float, ...]], bins: int, segments: Any, today: Any, **counts: int) -> Result:
    if not measures:
        raise MethodError("too_few", field="orders", n=0, least=1)
    bins = whole(bins, field="bins", least=2, most=9)
    edges = [thresholds([row[at] for row in measures.values()], bins) for at in range(3)]
    customers = {key: _customer(row, edges, bins, segments) for key, row in measures.items()}
    revenue: dict[str, float] = {}
    for one in customers.values():
        revenue[one.segment] = revenue.get(one.segment, 0.0) + one.amt
    scores = {name: Counter(getattr(one, name) for one in customers.values()) for name in "RFM"}
    return Result(
        customers=customers,
        thresholds=dict(zip(("recency_lower", "frequency_lower", "monetary_lower"), edges, strict=True)),
        score_counts={name: {score: found[score] for score in range(1, bins + 1)} for name, found in scores.items()},
        segments=dict(sorted(Counter(one.segment for one in customers.values()).items())),
        revenue_by_segment=revenue,
        collapsed=tuple(name for name, found in scores.items() if len(found) < bins),
        analysis_date=today,
        bins=bins,
        n=len(customers),
        **counts,
    )


def thresholds(values: Sequence[float], bins: int) -> tuple[float, ...]:
    """The least value, then one above each inner quantile."""
    import numpy as np

    return (float(min(values)), *(np.quantile(values, np.arange(1, bins) / bins) + 1).tolist())


def _customer(row: Sequence[float], edges: Sequence[Sequence[float]], bins: int, segments: Any) -> Customer:
    rec, n, amt = row
    late, F, M = (max(1, sum(value >= edge for edge in lower)) for value, lower in zip(row, edges, strict=True))
    R = bins + 1 - late
    segment = next((name for name, spans in segments.items() if _within((R, F, M), spans)), OTHERS)
    return Customer(rec, n, amt, R, F, M, 100 * R + 10 * F + M, segment)


def _within(scores: Sequence[int], spans: Sequence[Span]) -> bool:
    return all(low <= score <= high for score, (low, high) in zip(scores, spans, strict=True))
