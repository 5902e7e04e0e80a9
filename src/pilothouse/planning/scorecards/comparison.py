"""The same items under several scorecards: where each stands, how alike the orders are, and who disagrees most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from pilothouse.methods import MethodError, correlation
from pilothouse.planning.scorecards.ways import Ranking

FEW = 10


@dataclass(frozen=True)
class Pair:
    """Spearman's rho and Kendall's tau-b over the `n` items that both cards score; None below three, or without any
    difference to rank by."""

    first: str
    second: str
    n: int
    rho: float | None
    tau: float | None

    @property
    def few(self) -> bool:
        return self.n < FEW


@dataclass(frozen=True)
class Comparison:
    """`places` by item and card: the share of the card's items that stand above it, 0 for the best (so that cards of
    different length compare); `spread` is the widest gap between two cards; `items` are in the order of that gap."""

    cards: tuple[str, ...]
    items: tuple[int, ...]
    ranks: dict[int, dict[str, int]]
    places: dict[int, dict[str, float]]
    spread: dict[int, float]
    pairs: tuple[Pair, ...]


def compare(rankings: Mapping[str, Ranking]) -> Comparison:
    """Items scored by one card only come last; those the cards disagree on most come first."""
    everything = dict.fromkeys(item for ranking in rankings.values() for item in ranking.order)
    ranks = {
        item: {card: place for card, ranking in rankings.items() if (place := ranking.place(item)) is not None}
        for item in everything
    }
    sizes = {card: max(len(ranking.order) - 1, 1) for card, ranking in rankings.items()}
    places = {item: {card: (place - 1) / sizes[card] for card, place in of.items()} for item, of in ranks.items()}
    spread = {item: max(of.values()) - min(of.values()) if len(of) > 1 else -1.0 for item, of in places.items()}
    return Comparison(
        cards=tuple(rankings), items=tuple(sorted(everything, key=lambda item: -spread[item])), ranks=ranks,
        places=places, spread=spread,
        pairs=tuple(alike(one, rankings[one], other, rankings[other]) for one, other in combinations(rankings, 2)),
    )  # fmt: skip


def alike(first: str, one: Ranking, second: str, other: Ranking) -> Pair:
    both = [item for item in one.order if item in other.scores]
    try:
        found = correlation.analyse(
            [one.scores[item] for item in both], [other.scores[item] for item in both], methods=("spearman", "kendall")
        )
    except MethodError:
        return Pair(first, second, len(both), None, None)
    rho, tau = (coefficient.estimate for coefficient in found.res)
    return Pair(first, second, len(both), rho, tau)
