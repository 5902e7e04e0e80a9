"""Paired comparison (Bradley-Terry): a scale out of "which of these two?".

Question: how far apart are these options, when people only ever chose between two?
Not for: options never compared, even indirectly; choices that depend on what else was on offer.
Sample: about 30 comparisons per pair for a rough order; every option linked to every other by a chain.

    >>> result = analyse([("tea", "water", 8), ("water", "tea", 2), ("tea", "milk", 6), ("milk", "tea", 6)])
    >>> result.mle_exists, round(result.shares["tea"], 3), round(probability(result, "tea", "water"), 3)
    (True, 0.444, 0.8)

Abilities are log odds against the reference. Where some option never lost (or never won) to a group of the others no
finite scale exists; then part of a win each way is added to every pair, and the result says so.

Source: Bradley and Terry, Biometrika 39, 1952; Ford, American Mathematical Monthly 64(8), 1957 (when it exists).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number, one_of, sequence
from pilothouse.methods.shared.intervals import Interval, z_value
from pilothouse.methods.shared.items import confidence, hashable, ranked
from pilothouse.methods.shared.method import MethodError

Wins = dict[tuple[Any, Any], float]
STEPS, STILL = 100, 1e-12


@dataclass(frozen=True)
class Result:
    """Log odds with standard errors (0 for the reference), shares that sum to 1, and how well the scale fits.

    `pseudo_wins` were added each way to every pair when `mle_exists` is False. `transitive` is the share of fully
    compared triads without a circle, None where there is none. `residual_deviance` is against each pair's own share.
    """

    items: tuple[Any, ...]
    ability: dict[Any, float]
    se: dict[Any, float]
    ci: dict[Any, Interval]
    shares: dict[Any, float]
    shares_ci: dict[Any, Interval]
    order: tuple[Any, ...]
    reference: Hashable
    mle_exists: bool
    pseudo_wins: float
    residual_deviance: float
    df: int
    transitive: float | None
    comparisons: float
    missing: int


def analyse(wins: Iterable[Any], *, reference: Any = None, pseudo_wins: float = 0.5, conf: float = 0.95) -> Result:
    """Fit wins given as (winner, loser, times) or {player1, player2, win1, win2, ties}; a tie is half a win each."""
    counted, missing = tally(wins)
    items = tuple(dict.fromkeys(name for pair in counted for name in pair))
    reference = items[0] if reference is None else one_of(reference, items, field="reference")
    exists = strongly_connected(items, counted)
    added = 0.0 if exists else number(pseudo_wins, field="pseudo_wins", above=0)
    smoothed = {(a, b): counted.get((a, b), 0.0) + added for a in items for b in items if a != b}
    ability, covariance = _fit(items, smoothed, items.index(reference))
    z = z_value(confidence(conf))
    se = [math.sqrt(max(covariance[i][i], 0.0)) for i in range(len(items))]
    shares, shares_ci = _shares(ability, covariance, z)
    pairs = [(a, b) for a, b in combinations(items, 2) if counted.get((a, b), 0) + counted.get((b, a), 0) > 0]
    by_name = dict(zip(items, ability, strict=True))
    return Result(
        items=items,
        ability=by_name,
        se=dict(zip(items, se, strict=True)),
        ci={
            name: (by_name[name] - z * error, by_name[name] + z * error) for name, error in zip(items, se, strict=True)
        },
        shares=dict(zip(items, shares, strict=True)),
        shares_ci=dict(zip(items, shares_ci, strict=True)),
        order=ranked(by_name),
        reference=reference,
        mle_exists=exists,
        pseudo_wins=added,
        residual_deviance=_deviance(counted, by_name, pairs),
        df=len(pairs) - (len(items) - 1),
        transitive=_transitive(items, counted),
        comparisons=math.fsum(counted.values()),
        missing=missing,
    )


def probability(result: Result, item: Any, against: Any) -> float:
    """How likely the scale makes it that `item` is chosen over `against`."""
    return 1 / (1 + math.exp(result.ability[against] - result.ability[item]))


def tally(wins: Iterable[Any]) -> tuple[Wins, int]:
    """Wins by (winner, loser), and how many rows lacked a cell."""
    total: Wins = {}
    missing = 0
    for row, record in enumerate(sequence(wins, field="wins")):
        entries = _entries(record, row)
        missing += not entries
        for winner, loser, times in entries:
            total[winner, loser] = total.get((winner, loser), 0.0) + times
    if not any(total.values()):
        raise MethodError("no_answers", field="wins", missing=missing)
    return total, missing


def _entries(record: Any, row: int) -> list[tuple[Any, Any, float]]:
    if not isinstance(record, Mapping):
        winner, loser, *times = sequence(record, field="wins", least_count=2)
        record = {"player1": winner, "player2": loser, "win1": times[0] if times else 1}
    first, second = record.get("player1"), record.get("player2")
    wins = {field: record.get(field, 0) for field in ("win1", "win2", "ties")}
    if is_missing(first) or is_missing(second) or any(is_missing(value) for value in wins.values()):
        return []
    hashable([first, second], "player1")
    if first == second:
        raise MethodError("same_item", field="player2", row=row, value=second)
    win1, win2, ties = (number(value, field=field, row=row, least=0) for field, value in wins.items())
    return [(first, second, win1 + ties / 2), (second, first, win2 + ties / 2)]


def strongly_connected(items: tuple[Any, ...], wins: Wins) -> bool:
    """Ford's condition: from every item a chain of wins leads to every other."""
    beats: dict[Any, set[Any]] = {name: set() for name in items}
    loses: dict[Any, set[Any]] = {name: set() for name in items}
    for (winner, loser), times in wins.items():
        if times:
            beats[winner].add(loser)
            loses[loser].add(winner)
    return all(_reaches_all(graph, items) for graph in (beats, loses))


def _reaches_all(graph: Mapping[Any, set[Any]], items: tuple[Any, ...]) -> bool:
    seen, fringe = {items[0]}, [items[0]]
    while fringe:
        found = graph[fringe.pop()] - seen
        seen |= found
        fringe.extend(found)
    return len(seen) == len(items)


def _fit(items: tuple[Any, ...], wins: Wins, reference: int) -> tuple[list[float], Any]:
    """Newton on the concave log likelihood, the reference held at 0. Returns abilities and their covariance."""
    import numpy as np

    won = np.array([[wins.get((a, b), 0.0) for b in items] for a in items])
    played, free = won + won.T, [i for i in range(len(items)) if i != reference]
    ability, covariance = np.zeros(len(items)), np.zeros_like(won)
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(ability[None, :] - ability[:, None]))
        slope = (won - played * chance).sum(axis=1)[free]
        spread = played * chance * (1 - chance)
        curvature = (np.diag(spread.sum(axis=1)) - spread)[np.ix_(free, free)]
        step = np.linalg.solve(curvature, slope)
        ability[free] += step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < STILL * (1 + np.abs(ability).max()):
            break
    covariance[np.ix_(free, free)] = np.linalg.inv(curvature)
    return ability.tolist(), covariance


def _shares(ability: list[float], covariance: Any, z: float) -> tuple[list[float], list[Interval]]:
    """Softmax shares; their interval is a delta-method one on the log-odds scale, so that it stays within 0 and 1."""
    import numpy as np

    weights = np.exp(np.array(ability) - max(ability))
    shares = weights / weights.sum()
    slopes = np.eye(len(shares)) - shares[None, :]
    slopes = slopes / (1 - shares)[:, None]
    half = z * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", slopes, covariance, slopes), 0))
    odds = np.log(shares / (1 - shares))
    low, high = (1 / (1 + np.exp(-(odds + sign * half))) for sign in (-1, 1))
    return shares.tolist(), list(zip(low.tolist(), high.tolist(), strict=True))


def _deviance(wins: Wins, ability: Mapping[Any, float], pairs: list[tuple[Any, Any]]) -> float:
    parts = []
    for a, b in pairs:
        total = wins.get((a, b), 0.0) + wins.get((b, a), 0.0)
        for winner, loser in ((a, b), (b, a)):
            times = wins.get((winner, loser), 0.0)
            expected = total / (1 + math.exp(ability[loser] - ability[winner]))
            parts.append(2 * times * math.log(times / expected) if times else 0.0)
    return math.fsum(parts)


def _transitive(items: tuple[Any, ...], wins: Wins) -> float | None:
    """Share of triads with three majorities that do not run in a circle."""
    leads = {(a, b): wins.get((a, b), 0.0) - wins.get((b, a), 0.0) for a in items for b in items if a != b}
    circles = total = 0
    for a, b, c in combinations(items, 3):
        signs = [leads[pair] for pair in ((a, b), (b, c), (c, a))]
        if all(signs):
            total += 1
            circles += all(sign > 0 for sign in signs) or all(sign < 0 for sign in signs)
    return 1 - circles / total if total else None
