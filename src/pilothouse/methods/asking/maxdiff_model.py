"""The logits of best-worst choices, and individual scores by empirical Bayes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.asking.maxdiff_answers import Answers
from pilothouse.methods.fitting.choice import fit

Alternatives = list[dict[Any, int]]


@dataclass(frozen=True)
class Logit:
    """Coefficients against the base item (0, with no error of its own)."""

    model: str
    base: Any
    coef: dict[Any, float]
    se: dict[Any, float]
    loglik0: float
    loglik: float
    n_obs: int


@dataclass(frozen=True)
class Individual:
    """Scores by respondent and item, from -1 (always worst) to 1 (always best).

    `reliability` is how much of the spread between people is theirs rather than chance: 0 draws everybody to the mean.
    """

    scores: dict[Any, dict[Any, float]]
    mean: dict[Any, float]
    reliability: dict[Any, float]


def logit(given: Answers, base: Any, model: str) -> Logit:
    """Fit the model. Equal choice sets are counted together, so the cost follows the design, not the sample."""
    import numpy as np

    free = [item for item in given.items if item != base]
    position = {item: index for index, item in enumerate(free)}
    rows: list[Any] = []
    starts: list[int] = []
    chosen: list[int] = []
    for alternatives, taken in (_paired if model == "paired" else _sequential)(given):
        starts.append(len(rows))
        for alternative, times in zip(alternatives, taken, strict=True):
            row = np.zeros(len(free))
            for item, sign in alternative.items():
                if item in position:
                    row[position[item]] = sign
            rows.append(row)
            chosen.append(times)
    result = fit(np.array(rows), np.array(starts), np.array(chosen, dtype=float), [str(item) for item in free])
    errors = np.sqrt(np.diag(result.cov))
    coef = dict.fromkeys(given.items, 0.0) | {item: float(result.coef[position[item]]) for item in free}
    se = {item: float(errors[position[item]]) for item in free}
    return Logit(model, base, coef, se, result.loglik0, result.loglik, len(given.tasks))


def _paired(given: Answers) -> list[tuple[Alternatives, list[int]]]:
    """Every ordered pair of a set is one alternative: P = exp(v best - v worst) over the sum of all pairs."""
    taken = Counter((task.items, task.best, task.worst) for task in given.tasks)
    problems = []
    for items in dict.fromkeys(task.items for task in given.tasks):
        pairs = [(best, worst) for best in items for worst in items if best != worst]
        problems.append(([{best: 1, worst: -1} for best, worst in pairs], [taken[(items, *pair)] for pair in pairs]))
    return problems


def _sequential(given: Answers) -> list[tuple[Alternatives, list[int]]]:
    """Best out of all, then worst out of the rest."""
    best = Counter((task.items, task.best) for task in given.tasks)
    worst = Counter((task.items, task.best, task.worst) for task in given.tasks)
    problems = []
    for items in dict.fromkeys(task.items for task in given.tasks):
        problems.append(([{item: 1} for item in items], [best[items, item] for item in items]))
        for first in items:
            rest = [item for item in items if item != first]
            if best[items, first] and len(rest) > 1:
                problems.append(([{item: -1} for item in rest], [worst[items, first, item] for item in rest]))
    return problems


def individuals(given: Answers) -> Individual:
    """Each person's mean of best minus worst, drawn towards everybody's as far as few answers make it uncertain."""
    import numpy as np

    person = {name: row for row, name in enumerate(given.respondents)}
    column = {item: index for index, item in enumerate(given.items)}
    seen, total, square = (np.zeros((len(person), len(column))) for _ in range(3))
    for task in given.tasks:
        row = person[task.respondent]
        for item in task.items:
            seen[row, column[item]] += 1
        for item, sign in ((task.best, 1), (task.worst, -1)):
            total[row, column[item]] += sign
            square[row, column[item]] += 1
    shrunk, mean, reliability = _shrunk(seen, total, square)
    return Individual(
        {name: dict(zip(given.items, shrunk[row].tolist(), strict=True)) for name, row in person.items()},
        dict(zip(given.items, mean.tolist(), strict=True)),
        dict(zip(given.items, reliability.tolist(), strict=True)),
    )


def _shrunk(seen: Any, total: Any, square: Any) -> tuple[Any, Any, Any]:
    """Variance between people by the method of moments; within people pooled for each item."""
    import numpy as np

    shown = seen.sum(axis=0)
    mean = total.sum(axis=0) / np.maximum(shown, 1)
    own = np.divide(total, seen, out=np.broadcast_to(mean, total.shape).copy(), where=seen > 0)
    freedom = np.maximum(seen - 1, 0).sum(axis=0)
    within = (square - np.where(seen > 0, own * total, 0)).sum(axis=0) / np.maximum(freedom, 1)
    people = (seen > 0).sum(axis=0)
    size = shown - (seen**2).sum(axis=0) / np.maximum(shown, 1)
    spread = (seen * (own - mean) ** 2).sum(axis=0) - (people - 1) * within
    between = np.where(size > 0, np.maximum(spread, 0) / np.where(size > 0, size, 1), 0)
    noise = within / np.maximum(seen, 1)
    sure = np.divide(between, between + noise, out=np.zeros_like(noise), where=(between + noise > 0) & (seen > 0))
    return mean + sure * (own - mean), mean, sure.mean(axis=0)
