"""How many people find each price too cheap, cheap, expensive or too expensive, and where two such curves cross."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from pilothouse.methods.shared.intervals import Interval

EVEN = 1e-9


@dataclass(frozen=True)
class Person:
    """One valid answer; `too_cheap` and the chances to buy may not have been asked."""

    cheap: float
    expensive: float
    too_expensive: float
    too_cheap: float | None = None
    pi_cheap: float | None = None
    pi_expensive: float | None = None
    weight: float = 1.0


@dataclass(frozen=True)
class Curves:
    """People (or their weights) at every price named: those who find it so, or who do not find it so."""

    prices: tuple[float, ...]
    total: float
    too_cheap: tuple[float, ...] | None
    cheap: tuple[float, ...]
    not_cheap: tuple[float, ...]
    expensive: tuple[float, ...]
    not_expensive: tuple[float, ...]
    too_expensive: tuple[float, ...]


def curves(people: Sequence[Person]) -> Curves:
    """Cheap means an answer above the price, expensive one at or below it."""
    named = {
        name: [getattr(person, name) for person in people]
        for name in ("too_cheap", "cheap", "expensive", "too_expensive")
    }
    weights = [person.weight for person in people]
    asked = None not in named["too_cheap"]
    prices = sorted({price for answers in named.values() for price in answers if price is not None})
    below = {name: _up_to(answers, weights, prices) for name, answers in named.items() if asked or name != "too_cheap"}
    total = sum(weights)
    above = {name: tuple(total - value for value in values) for name, values in below.items()}
    return Curves(
        prices=tuple(prices),
        total=total,
        too_cheap=above.get("too_cheap"),
        cheap=above["cheap"],
        not_cheap=below["cheap"],
        expensive=below["expensive"],
        not_expensive=above["expensive"],
        too_expensive=below["too_expensive"],
    )


def _up_to(answers: Sequence[float], weights: Sequence[float], prices: Sequence[float]) -> tuple[float, ...]:
    """Weight of the answers at or below each price."""
    order = sorted(range(len(answers)), key=answers.__getitem__)
    ranked, sums = [answers[i] for i in order], [0.0, *accumulate(weights[i] for i in order)]
    return tuple(sums[bisect_right(ranked, price)] for price in prices)


def crossing(
    lines: Curves, rising: Sequence[float] | None, falling: Sequence[float] | None, *, interpolate: bool = False
) -> Interval | None:
    """The first price where rising >= falling, and the price up to which the two then run together."""
    if rising is None or falling is None:
        return None
    slack = EVEN * lines.total
    gaps = [up - down for up, down in zip(rising, falling, strict=True)]
    first = next((i for i, gap in enumerate(gaps) if gap >= -slack), None)
    if first is None:
        return None
    last = first
    while abs(gaps[last]) <= slack and last + 1 < len(gaps):
        last += 1
    if interpolate and first and gaps[first] > slack:
        share = -gaps[first - 1] / (gaps[first] - gaps[first - 1])
        price = lines.prices[first - 1] + share * (lines.prices[first] - lines.prices[first - 1])
        return price, price
    return lines.prices[first], lines.prices[last]
