"""Gabor-Granger: how many would buy at each price on a ladder, and where revenue is highest.

Question: which of these prices brings most revenue, or most profit?
Not for: products people cannot picture, or finding a price outside the ladder.
Sample: 100 people and more; people say yes more easily than they pay (calibrate).

    >>> result = analyse([0, 5, 5, 10, 10, 10, 15, 15, 20, 20], prices=[5, 10, 15, 20], unit_cost=4)
    >>> result.demand, result.revenue_max_price, result.profit_max_price
    ((0.9, 0.7, 0.4, 0.2), 10.0, 15.0)

Demand at a price is the share of people whose highest accepted price is at least that. When every price was shown to
other people, `analyse_cells` smooths the shares so that they never rise with the price.

Source: Gabor and Granger, Economica 33, 1966; smoothing by pooling adjacent violators (Ayer et al., 1955).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, numbers, sequence, whole
from pilothouse.methods.shared.intervals import Interval, wilson
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

SMALL = 100


@dataclass(frozen=True)
class Result:
    """Demand with Wilson intervals, revenue and profit per person asked, and the best prices (the lower on a tie).

    `arc_elasticity` is between neighbouring prices, None where nobody buys at either. `non_monotone` people accepted
    a price above one they refused; for them the highest price below the first refusal counts. `flags`: few_answers,
    revenue_at_edge, profit_at_edge (the best price may lie outside the ladder).
    """

    prices: tuple[float, ...]
    demand: tuple[float, ...]
    demand_ci: tuple[Interval, ...]
    revenue_index: tuple[float, ...]
    revenue_max_price: float
    profit_index: tuple[float, ...]
    profit_max_price: float
    arc_elasticity: tuple[float | None, ...]
    n: tuple[int, ...]
    missing: int
    non_monotone: int
    flags: tuple[str, ...]


def analyse(
    highest_accepted: Sequence[Any],
    *,
    prices: Sequence[float],
    unit_cost: float = 0.0,
    calibration: float = 1.0,
    conf: float = 0.95,
) -> Result:
    """Read each person's highest accepted price (0: none), or their yes and no to every price of the ladder.

    `calibration` is the share of stated buyers who will buy.
    """
    ladder = _ladder(prices)
    answers = sequence(highest_accepted, field="highest_accepted", least_count=0)
    read = [_highest(answer, ladder, row) for row, answer in enumerate(answers)]
    given = [answer for answer in read if answer is not None]
    if not given:
        raise MethodError("no_answers", field="highest_accepted", missing=len(read))
    accepted = [sum(top >= price for top, _ in given) for price in ladder]
    shares = [count / len(given) for count in accepted]
    intervals = [wilson(count, len(given), confidence(conf)) for count in accepted]
    turned = sum(broken for _, broken in given)
    return _result(
        ladder, shares, intervals, [len(given)] * len(ladder), unit_cost, calibration, len(read) - len(given), turned
    )


def analyse_cells(
    cells: Mapping[float, tuple[int, int]], *, unit_cost: float = 0.0, calibration: float = 1.0, conf: float = 0.95
) -> Result:
    """Read {price: (asked, accepted)}, each price shown to other people. Intervals are those before smoothing."""
    ladder = _ladder(sorted(cells))
    pairs = [sequence(cells[price], field="cells", least_count=2) for price in sorted(cells)]
    asked = [whole(n, field="asked", row=str(price), least=1) for price, (n, _) in zip(ladder, pairs, strict=True)]
    took = [whole(x, field="accepted", row=str(ladder[i]), least=0, most=asked[i]) for i, (_, x) in enumerate(pairs)]
    intervals = [wilson(x, n, confidence(conf)) for x, n in zip(took, asked, strict=True)]
    return _result(ladder, _falling(took, asked), intervals, asked, unit_cost, calibration, 0, 0)


def _ladder(prices: Any) -> list[float]:
    ladder = numbers(prices, field="prices", above=0)
    for row, (low, high) in enumerate(pairwise(ladder)):
        if low >= high:
            raise MethodError("prices_not_rising", field="prices", row=row + 1, value=high)
    return ladder


def _highest(answer: Any, ladder: list[float], row: int) -> tuple[float, bool] | None:
    """The price that counts, and whether the answers contradict each other; None for no answer."""
    if isinstance(answer, (list, tuple)):
        if len(answer) != len(ladder):
            raise MethodError(
                "different_length", field="highest_accepted", row=row, n=len(answer), expected=len(ladder)
            )
        if any(is_missing(yes) for yes in answer):
            return None
        refused = next((i for i, yes in enumerate(answer) if not yes), len(ladder))
        return (ladder[refused - 1] if refused else 0.0), any(answer[refused:])
    if is_missing(answer):
        return None
    return number(answer, field="highest_accepted", row=row, least=0), False


def _falling(took: Sequence[int], asked: Sequence[int]) -> list[float]:
    """Pool neighbours whose shares rise until none do."""
    blocks: list[list[float]] = []
    for x, n in zip(took, asked, strict=True):
        blocks.append([x, n, 1])
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] < blocks[-1][0] * blocks[-2][1]:
            last = blocks.pop()
            blocks[-1] = [a + b for a, b in zip(blocks[-1], last, strict=True)]
    return [x / n for x, n, width in blocks for _ in range(int(width))]


def _result(
    ladder: list[float],
    shares: list[float],
    intervals: list[Interval],
    n: list[int],
    unit_cost: float,
    calibration: float,
    missing: int,
    non_monotone: int,
) -> Result:
    cost, factor = (
        number(unit_cost, field="unit_cost", least=0),
        number(calibration, field="calibration", above=0, most=1),
    )
    demand = [factor * share for share in shares]
    revenue = [price * share for price, share in zip(ladder, demand, strict=True)]
    profit = [(price - cost) * share for price, share in zip(ladder, demand, strict=True)]
    best, gain = revenue.index(max(revenue)), profit.index(max(profit))
    edges = {0, len(ladder) - 1}
    flags = {"few_answers": min(n) < SMALL, "revenue_at_edge": best in edges, "profit_at_edge": gain in edges}
    return Result(
        prices=tuple(ladder),
        demand=tuple(demand),
        demand_ci=tuple((factor * low, factor * high) for low, high in intervals),
        revenue_index=tuple(revenue),
        revenue_max_price=ladder[best],
        profit_index=tuple(profit),
        profit_max_price=ladder[gain],
        arc_elasticity=tuple(_elasticity(*pair) for pair in pairwise(zip(ladder, demand, strict=True))),
        n=tuple(n),
        missing=missing,
        non_monotone=non_monotone,
        flags=tuple(flag for flag, holds in flags.items() if holds),
    )


def _elasticity(left: tuple[float, float], right: tuple[float, float]) -> float | None:
    """Midpoint formula: per cent of demand over per cent of price."""
    (p, q), (p2, q2) = left, right
    return ((q2 - q) / (q2 + q)) / ((p2 - p) / (p2 + p)) if q2 + q else None
