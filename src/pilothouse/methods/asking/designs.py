"""Questionnaire designs: which items or products to show together, balanced as far as chance and counting allow."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any

from pilothouse.methods.shared.checks import mapping, sequence, whole
from pilothouse.methods.shared.method import MethodError

RESTARTS, SWAPS = 20, 1500


@dataclass(frozen=True)
class BestWorstDesign:
    """Sets to show, how often each item comes up, and how often each pair meets (least and most)."""

    sets: tuple[tuple[Any, ...], ...]
    item_counts: dict[Any, int]
    pair_range: tuple[int, int]
    balanced: bool


def best_worst_design(items: Sequence[Any], *, per_set: int = 4, per_item: int = 3, seed: int = 0) -> BestWorstDesign:
    """Sets of `per_set` in which every item comes up at least `per_item` times and pairs meet about equally often."""
    names = list(dict.fromkeys(sequence(items, field="items", least_count=3)))
    whole(per_set, field="per_set", least=2, most=len(names))
    whole(per_item, field="per_item", least=1)
    chance = Random(seed)  # noqa: S311  a reproducible design, not a secret
    n_sets = math.ceil(len(names) * per_item / per_set)
    drafts = (_draft(len(names), per_set, n_sets, chance) for _ in range(RESTARTS))
    sets, met = min(drafts, key=lambda draft: sum(n * n for row in draft[1] for n in row))
    counts = Counter(names[item] for one in sets for item in one)
    meets = [met[one][other] for one, other in combinations(range(len(names)), 2)]
    return BestWorstDesign(
        sets=tuple(tuple(names[item] for item in one) for one in sets),
        item_counts={item: counts[item] for item in names},
        pair_range=(min(meets), max(meets)),
        balanced=len(set(counts.values())) == 1 and max(meets) - min(meets) <= 1,
    )


def _draft(size: int, per_set: int, n_sets: int, chance: Random) -> tuple[list[list[int]], list[list[int]]]:
    """Fill each set with the items seen least, and among these the ones that met the set least. Items are their
    places; the second part says how often each met each."""
    seen = [0] * size
    met = [[0] * size for _ in range(size)]
    sets = []
    for _ in range(n_sets):
        chosen: list[int] = []
        while len(chosen) < per_set:
            rest = [item for item in range(size) if item not in chosen]
            ranks = {item: (seen[item], sum(met[item][one] for one in chosen)) for item in rest}
            best = min(ranks.values())
            chosen.append(chance.choice([item for item in rest if ranks[item] == best]))
        for item in chosen:
            seen[item] += 1
        for one, other in combinations(chosen, 2):
            _meet(met, one, other, 1)
        sets.append(chosen)
    for _ in range(SWAPS if n_sets > 1 else 0):
        left, right = chance.sample(sets, 2)
        _swap(left, right, met, chance)
    for one_set in sets:
        chance.shuffle(one_set)
    return sets, met


def _meet(met: list[list[int]], one: int, other: int, times: int) -> None:
    met[one][other] += times
    met[other][one] += times


def _swap(left: list[int], right: list[int], met: list[list[int]], chance: Random) -> None:
    """Exchange one item between two sets unless pairs would then meet less evenly. Items of both sets meet either of
    the two as often as before, so that only the others count."""
    mine, theirs = ([item for item in one if item not in other] for one, other in ((left, right), (right, left)))
    if not mine:
        return
    x, y = chance.choice(mine), chance.choice(theirs)
    mine.remove(x)
    theirs.remove(y)
    of_x, of_y = met[x], met[y]
    # What the sum of squares grows by: 2n + 1 where a pair meets once more, 1 - 2n where once less.
    growth = sum(of_y[item] - of_x[item] + 1 for item in mine) + sum(of_x[item] - of_y[item] + 1 for item in theirs)
    if growth > 0:
        return
    for item, by in (*((item, 1) for item in mine), *((item, -1) for item in theirs)):
        _meet(met, y, item, by)
        _meet(met, x, item, -by)
    left[left.index(x)], right[right.index(y)] = y, x


@dataclass(frozen=True)
class ChoiceDesign:
    """Tasks of products, how often each level comes up, and the D-error at equal preferences (smaller is better)."""

    tasks: tuple[tuple[dict[str, Any], ...], ...]
    level_counts: dict[str, dict[Any, int]]
    d_error: float


def choice_design(
    attributes: Mapping[str, Sequence[Any]], *, tasks: int = 12, alternatives: int = 3, tries: int = 60, seed: int = 0
) -> ChoiceDesign:
    """The best of many random designs with balanced levels and as little overlap within a task as possible."""
    levels = {
        name: sequence(values, field=name, least_count=2)
        for name, values in mapping(attributes, field="attributes").items()
    }
    if math.prod(len(values) for values in levels.values()) < whole(alternatives, field="alternatives", least=2):
        raise MethodError("too_few_products", field="alternatives", value=alternatives)
    whole(tasks, field="tasks", least=1)
    chance = Random(seed)  # noqa: S311
    drafts = [_tasks(levels, tasks, alternatives, chance) for _ in range(whole(tries, field="tries", least=1))]
    errors = [_d_error(draft, levels) for draft in drafts]
    best = drafts[errors.index(min(errors))]
    counts = {name: Counter(product[name] for task in best for product in task) for name in levels}
    return ChoiceDesign(
        tasks=tuple(tuple(task) for task in best),
        level_counts={name: {level: counts[name][level] for level in values} for name, values in levels.items()},
        d_error=min(errors),
    )


def _tasks(
    levels: Mapping[str, list[Any]], tasks: int, alternatives: int, chance: Random
) -> list[list[dict[str, Any]]]:
    decks = {name: _deck(values, tasks, alternatives, chance) for name, values in levels.items()}
    result = []
    for number in range(tasks):
        task = [{name: decks[name][number][place] for name in levels} for place in range(alternatives)]
        while len({tuple(product.values()) for product in task}) < alternatives:
            name = chance.choice(list(levels))
            chance.choice(task)[name] = chance.choice(levels[name])
        result.append(task)
    return result


def _deck(values: list[Any], tasks: int, alternatives: int, chance: Random) -> list[list[Any]]:
    """Levels for each task: those used least so far come first, so that a level repeats only when all are used."""
    used: Counter[Any] = Counter()
    deck = []
    for _ in range(tasks):
        hand: list[Any] = []
        while len(hand) < alternatives:
            fresh = sorted(values, key=lambda value: (used[value], chance.random()))
            dealt = fresh[: alternatives - len(hand)]
            hand.extend(dealt)
            used.update(dealt)
        chance.shuffle(hand)
        deck.append(hand)
    return deck


def _d_error(tasks: list[list[dict[str, Any]]], levels: Mapping[str, list[Any]]) -> float:
    """det(information)^(-1/k) of effects-coded attributes; infinite where something cannot be told apart."""
    import numpy as np

    codes = {name: np.vstack([np.eye(len(values) - 1), -np.ones(len(values) - 1)]) for name, values in levels.items()}
    x = np.array(
        [
            [np.concatenate([codes[name][levels[name].index(p[name])] for name in levels]) for p in task]
            for task in tasks
        ]
    )
    centred = (x - x.mean(axis=1, keepdims=True)).reshape(-1, x.shape[2])
    sign, log_det = np.linalg.slogdet(centred.T @ centred / x.shape[1])
    return float(np.exp(-log_det / x.shape[2])) if sign > 0 else math.inf
