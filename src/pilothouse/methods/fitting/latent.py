"""Expectation and maximisation for latent classes, on answer patterns with their frequencies."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import column_name, labels, pick
from pilothouse.methods.shared.tables import columns as columns_of

FIRST_LAP, FINALISTS = 50, 8  # every start runs one lap, the best go on to the end
STEPS = 2000
CLOSE = 1e-9
MOST_CELLS = 1_000_000


@dataclass(frozen=True)
class Patterns:
    """`chosen` is patterns by answers, 1 where given; `question` is the question of each answer's column."""

    answers: dict[str, tuple[Any, ...]]
    chosen: Any
    question: Any
    weights: Any
    row_pattern: Any
    partly_missing: int
    missing: int

    def reweighted(self, weights: Any) -> Patterns:
        return dataclasses.replace(self, weights=weights)


@dataclass(frozen=True)
class Solution:
    """`shares` of the classes, largest first, and `chances` of each answer by class."""

    loglik: float
    shares: Any
    chances: Any


def patterns(rows: Any, columns: Sequence[str | int] | None, frequency: str | None) -> Patterns:
    """Rows of answers, those that are alike counted together. A row counts as often as its column `frequency` says;
    one that counts zero times or has no answer at all is left out.

    Raises MethodError "constant" (a question with one answer) or "too_few".
    """
    import numpy as np

    everything = columns_of(rows, field="rows")
    counted = None if frequency is None else column_name(frequency, field="frequency")
    names = [name for name in everything if name != counted] if columns is None else columns
    asked = {name: labels(given, field=name) for name, given in pick(everything, names).items()}
    n = len(next(iter(everything.values())))
    weight = _frequencies(everything, counted) if counted is not None else [1.0] * n
    answers = {name: _different(given, name) for name, given in asked.items()}
    cells = [tuple(None if is_missing(given[row]) else given[row] for given in asked.values()) for row in range(n)]
    kept = [row for row in range(n) if weight[row] > 0 and any(cell is not None for cell in cells[row])]
    if not kept:
        raise MethodError("too_few", field="rows", n=0, least=1)
    distinct = list(dict.fromkeys(cells[row] for row in kept))
    place = {pattern: at for at, pattern in enumerate(distinct)}
    row_pattern = np.array([place[cells[row]] for row in kept])
    return Patterns(
        answers=answers,
        chosen=np.array([_marks(pattern, answers) for pattern in distinct]),
        question=np.repeat(np.arange(len(asked)), [len(given) for given in answers.values()]),
        weights=np.bincount(row_pattern, weights=[weight[row] for row in kept]),
        row_pattern=row_pattern,
        partly_missing=sum(None in cells[row] for row in kept),
        missing=n - len(kept),
    )


def _frequencies(everything: dict[str, list[Any]], counted: str) -> list[float]:
    cells = pick(everything, [counted], field="frequency")[counted]
    return [number(value, field=counted, row=row, least=0) for row, value in enumerate(cells)]


def _different(given: Sequence[Any], name: str) -> tuple[Any, ...]:
    """The answers to one question, in order."""
    found = tuple(sorted({a for a in given if not is_missing(a)}, key=lambda a: (str(type(a)), a)))
    if len(found) < 2:
        raise MethodError("constant", field=name)
    return found


def _marks(pattern: tuple[Any, ...], answers: dict[str, tuple[Any, ...]]) -> list[float]:
    """1 for each answer that the pattern gives, 0 for each that it does not."""
    return [float(cell == answer) for cell, given in zip(pattern, answers.values(), strict=True) for answer in given]


def best(data: Patterns, k: int, starts: int, rng: Any) -> tuple[Solution, float]:
    """The likeliest of several random starts, and the share of the finalists that got there."""
    import numpy as np

    begun = [rng.dirichlet(np.ones(k), size=len(data.weights)) for _ in range(1 if k == 1 else starts)]
    lap = sorted((_climb(data, sure, FIRST_LAP) for sure in begun), key=lambda one: -one.loglik)
    found = [_climb(data, posterior(data, one), STEPS) for one in lap[:FINALISTS]]
    top = max(found, key=lambda one: one.loglik)
    reached = sum(one.loglik > top.loglik - 1e-4 for one in found) / len(found)
    order = np.argsort(-top.shares, kind="stable")
    return Solution(top.loglik, top.shares[order], top.chances[order]), reached


def _climb(data: Patterns, sure: Any, steps: int) -> Solution:
    """From who-belongs-where to shares and chances and back, until the likelihood stands still."""
    import numpy as np

    member = np.equal.outer(data.question, np.arange(len(data.answers))).astype(float)
    total, loglik = data.weights.sum(), -math.inf
    for _ in range(steps):
        belongs = data.weights[:, None] * sure
        shares = belongs.sum(axis=0) / total
        given = belongs.T @ data.chosen
        chances = given / (given @ member @ member.T).clip(1e-300)
        joint = _joint(data, shares, chances)
        top = joint.max(axis=1, keepdims=True)
        sure = np.exp(joint - top)
        size = sure.sum(axis=1, keepdims=True)
        before, loglik = loglik, float(data.weights @ (np.log(size) + top)[:, 0])
        sure = sure / size
        if loglik - before < CLOSE * max(1.0, abs(loglik) * 1e-3):
            break
    return Solution(loglik, shares, chances)


def _joint(data: Patterns, shares: Any, chances: Any) -> Any:
    import numpy as np

    return data.chosen @ np.log(chances.clip(1e-300)).T + np.log(shares.clip(1e-300))


def posterior(data: Patterns, found: Solution) -> Any:
    """Patterns by classes: the probability of belonging."""
    import numpy as np

    joint = _joint(data, found.shares, found.chances)
    sure = np.exp(joint - joint.max(axis=1, keepdims=True))
    return sure / sure.sum(axis=1, keepdims=True)


def g_squared(data: Patterns, found: Solution) -> float:
    """Likelihood-ratio distance of the fitted from the observed pattern counts."""
    import numpy as np

    seen = data.weights > 0
    observed = data.weights[seen]
    expected = observed.sum() * np.exp(_joint(data, found.shares, found.chances)).sum(axis=1)[seen]
    return float(2 * (observed * np.log(observed / expected)).sum())


def fitted_entropy(data: Patterns, found: Solution) -> float | None:
    """Entropy of the fitted distribution over every possible pattern, in nats."""
    import numpy as np

    if math.prod(len(given) for given in data.answers.values()) > MOST_CELLS:
        return None
    cells = found.shares[:, None]
    for q in range(len(data.answers)):
        cells = (cells[:, :, None] * found.chances[:, None, data.question == q]).reshape(len(cells), -1)
    p = cells.sum(axis=0)
    p = p[p > 0]
    return float(-(p * np.log(p)).sum())
