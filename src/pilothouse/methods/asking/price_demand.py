"""Newton, Miller and Smith: how many would buy at each price, out of purchase intent at two prices per person.

A person's chance is zero up to "too cheap", calibrated intent at "cheap" and "expensive", zero from "too expensive"
on, and linear in price between. The sum of such lines is linear between the prices named, so the best price is exact:
for buyers at a named price, for revenue there or at the vertex of a parabola between two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pilothouse.methods.asking.price_curves import Person


@dataclass(frozen=True)
class Demand:
    """Share of people who would buy (`trial`) at each price, and the prices with most buyers and most revenue.

    Revenue is price x trial, per person asked. `n` people answered both intents.
    """

    price_max_trial: float
    max_trial: float
    price_max_revenue: float
    max_revenue: float
    prices: tuple[float, ...]
    trial: tuple[float, ...]
    n: int

    def at(self, price: float) -> float:
        """Trial at any price."""
        for (left, low), (right, high) in pairwise(zip(self.prices, self.trial, strict=True)):
            if left <= price <= right:
                return low + (high - low) * (price - left) / (right - left)
        return 0.0


def demand(people: Sequence[Person]) -> Demand | None:
    """None where nobody answered both intents and all four prices."""
    asked = [p for p in people if None not in (p.too_cheap, p.pi_cheap, p.pi_expensive)]
    total = sum(person.weight for person in asked)
    if not total:
        return None
    prices, trial = _sum_of_lines(asked, total)
    best = max(range(len(prices)), key=trial.__getitem__)
    revenue, at = max(
        (_best_revenue(*left, *right) for left, right in pairwise(zip(prices, trial, strict=True))),
        default=(0.0, prices[0]),
    )
    return Demand(prices[best], trial[best], at, revenue, tuple(prices), tuple(trial), len(asked))


def _sum_of_lines(people: Sequence[Person], total: float) -> tuple[list[float], list[float]]:
    """Sweep the prices upwards, adding up where slopes change. A jump (two equal prices) counts at its upper value."""
    bends: dict[float, float] = defaultdict(float)
    jumps: dict[float, float] = defaultdict(float)
    for person in people:
        knots = [
            (person.too_cheap or 0.0, 0.0),
            (person.cheap, person.pi_cheap or 0.0),
            (person.expensive, person.pi_expensive or 0.0),
            (person.too_expensive, 0.0),
        ]
        share = person.weight / total
        for (left, low), (right, high) in pairwise(knots):
            if left == right:
                jumps[left] += share * (high - low)
                bends[left] += 0.0
                continue
            slope = share * (high - low) / (right - left)
            bends[left] += slope
            bends[right] -= slope
    prices, trial, value, slope = sorted(bends), [], 0.0, 0.0
    for left, right in zip([prices[0], *prices], prices, strict=False):
        value += slope * (right - left)
        before, value = value, value + jumps.get(right, 0.0)
        trial.append(max(before, value, 0.0))
        slope += bends[right]
    return prices, trial


def _best_revenue(left: float, low: float, right: float, high: float) -> tuple[float, float]:
    """The largest price x trial on one line, and where; the lower price on a tie."""
    slope = (high - low) / (right - left)
    candidates = [left, right]
    if slope < 0:
        vertex = (left - low / slope) / 2
        candidates += [vertex] if left < vertex < right else []
    revenue, at = max((price * (low + slope * (price - left)), -price) for price in candidates)
    return revenue, -at
