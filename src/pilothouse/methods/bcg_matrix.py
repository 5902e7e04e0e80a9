"""BCG matrix: relative market share against growth of the market.

Question: which products should earn, which should be fed, and which should go?
Not for: markets drawn so narrowly that everybody leads, or products that need each other to sell.
Sample: none; share and growth of one and the same market, growth of the market and not of the product.

    >>> result = analyse([{"own": 20, "largest_competitor": 40, "growth": 12},
    ...                   {"own": 30, "largest_competitor": 20, "growth": 3}])
    >>> [(item.rms, item.quadrant) for item in result.items]
    [(0.5, 'question_mark'), (1.5, 'cash_cow')]

Source: Bruce Henderson, "The product portfolio", BCG, 1970; cuts: Barry Hedley, Long Range Planning 10(1), 1977 (1.0
and 10 %; he asks 1.5 of a star). On the cut counts as high. Draw the share on a logarithmic axis, high on the left.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import is_missing, number
from pilothouse.methods.shared.items import keyed

Quadrant = Literal["star", "cash_cow", "question_mark", "dog"]
QUADRANTS: dict[tuple[bool, bool], Quadrant] = {
    (True, True): "star",
    (True, False): "cash_cow",
    (False, True): "question_mark",
    (False, False): "dog",
}
FIELDS = ("own", "largest_competitor", "growth")


@dataclass(frozen=True)
class Position:
    """`rms` is None without a competitor (or with one that has no share), and there is then no quadrant."""

    key: str | int
    rms: float | None
    growth: float
    quadrant: Quadrant | None
    revenue: float | None


@dataclass(frozen=True)
class Result:
    """`items` in the order given; `missing` have an empty cell. `share_of_revenue` by quadrant, where revenue is known.

    `contradictions`: items of one `market` that all claim to be ahead of their largest competitor.
    """

    items: tuple[Position, ...]
    missing: tuple[str | int, ...]
    counts: dict[str, int]
    share_of_revenue: dict[str, float]
    contradictions: tuple[tuple[str | int, ...], ...]
    share_cut: float
    growth_cut: float


def analyse(
    items: Sequence[Mapping[str, Any]] | Mapping[str, Mapping[str, Any]],
    *,
    share_cut: float = 1.0,
    growth_cut: float = 10.0,
) -> Result:
    """Items of {own, largest_competitor, growth}, optionally revenue and market; growth in the unit of its cut (per
    cent).

    Raises MethodError "no_items", "not_a_number" or "too_small", naming field and row.
    """
    share_cut = number(share_cut, field="share_cut", above=0)
    growth_cut = number(growth_cut, field="growth_cut")
    rows = keyed(items, FIELDS)
    missing = tuple(key for key, row in rows.items() if is_missing(row.get("own")) or is_missing(row.get("growth")))
    placed = tuple(_position(key, row, share_cut, growth_cut) for key, row in rows.items() if key not in missing)
    return Result(
        items=placed,
        missing=missing,
        counts=dict(Counter(item.quadrant for item in placed if item.quadrant)),
        share_of_revenue=_revenue(placed),
        contradictions=_contradictions(placed, rows),
        share_cut=share_cut,
        growth_cut=growth_cut,
    )


def _position(key: Any, row: Mapping[str, Any], share_cut: float, growth_cut: float) -> Position:
    own, growth = number(row["own"], field="own", row=key, least=0), number(row["growth"], field="growth", row=key)
    rival = row.get("largest_competitor")
    largest = 0.0 if is_missing(rival) else number(rival, field="largest_competitor", row=key, least=0)
    revenue = None if is_missing(row.get("revenue")) else number(row["revenue"], field="revenue", row=key, least=0)
    rms = own / largest if largest else None
    quadrant = None if rms is None else QUADRANTS[rms >= share_cut, growth >= growth_cut]
    return Position(key, rms, growth, quadrant, revenue)


def _revenue(placed: Sequence[Position]) -> dict[str, float]:
    sums: Counter[str] = Counter()
    for item in placed:
        if item.quadrant and item.revenue:
            sums[item.quadrant] += item.revenue  # type: ignore[assignment]
    total = sum(sums.values())
    return {quadrant: value / total for quadrant, value in sums.items()}


def _contradictions(placed: Sequence[Position], rows: Mapping[Any, Mapping[str, Any]]) -> tuple[tuple[Any, ...], ...]:
    leaders: dict[Any, list[Any]] = {}
    for item in placed:
        market = rows[item.key].get("market")
        if market is not None and item.rms is not None and item.rms > 1:
            leaders.setdefault(market, []).append(item.key)
    return tuple(tuple(keys) for keys in leaders.values() if len(keys) > 1)
