"""Latent classes: kinds of people behind their answers to questions with a few answers each.

Question: which types explain the answers, how many, and would another sample give the same?
Not for: numbers (use k-means), or questions that ask the same thing twice: answers must be independent within a class.
Sample: about 300 people; `resid_df` must not be negative, and several starts must end at the same likelihood.

    >>> rows = [{"a": 1, "b": 1, "c": 1, "n": 40}, {"a": 2, "b": 2, "c": 2, "n": 30}, {"a": 1, "b": 1, "c": 2, "n": 6},
    ...         {"a": 1, "b": 2, "c": 1, "n": 5}, {"a": 2, "b": 1, "c": 2, "n": 4}, {"a": 2, "b": 2, "c": 1, "n": 5}]
    >>> result = analyse(rows, nclass=2, frequency="n", resamples=0)
    >>> [round(share, 2) for share in result.class_shares_desc], result.npar, result.N
    ([0.57, 0.43], 7, 90.0)

Source: Paul Lazarsfeld and Neil Henry, Latent Structure Analysis, 1968; Leo Goodman, Biometrika 61(2), 1974; by
expectation and maximisation over answer patterns, from many random starts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.clusters import adjusted_rand
from pilothouse.methods.fitting.latent import Patterns, Solution, best, fitted_entropy, g_squared, patterns, posterior
from pilothouse.methods.shared.checks import whole
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """Classes largest first. `probabilities[question][answer]` holds one value per class.

    `entropy` is that of the fitted answers (None above a million cells), `relative_entropy` how surely people are told
    apart (1: without doubt). `replicated`: share of the best starts that reached the same likelihood. `stability`: mean
    adjusted
    Rand index against classes found on resampled people. `boundary`: probabilities of 0 or 1, where errors are unknown.
    `labels` by row kept: the likeliest class. `Gsq` and `resid_df` need complete answers.
    """

    loglik: float
    aic: float
    bic: float
    Gsq: float | None
    npar: int
    resid_df: int
    N: float
    class_shares_desc: tuple[float, ...]
    probabilities: dict[str, dict[Any, tuple[float, ...]]]
    entropy: float | None
    relative_entropy: float
    replicated: float
    stability: float | None
    boundary: int
    identified: bool
    labels: tuple[int, ...]
    certainty: tuple[float, ...]
    partly_missing: int
    missing: int
    seed: int


def analyse(
    rows: Any,
    *,
    nclass: int,
    columns: Sequence[str | int] | None = None,
    frequency: str | None = None,
    n_init: int = 30,
    resamples: int = 20,
    seed: int = 0,
) -> Result:
    """People by questions, or answer patterns with a `frequency` column. Gaps count as missing at random; rows without
    any answer are left out.

    Raises MethodError "too_few", "constant" (a question with one answer), "no_such_column", "not_a_number",
    "too_small".
    """
    import numpy as np

    data = patterns(rows, columns, frequency)
    k = whole(nclass, field="nclass", least=1, most=20)
    if k > len(data.weights):
        raise MethodError("too_few", field="rows", n=len(data.weights), least=k)
    starts, seed = whole(n_init, field="n_init", least=1, most=1000), whole(seed, field="seed", least=0)
    again = whole(resamples, field="resamples", least=0, most=1000)
    found, replicated = best(data, k, starts, np.random.default_rng(seed))
    stability = _stability(data, found, k, again, seed) if again and k > 1 else None
    return _result(data, found, replicated, stability, seed)


def _result(data: Patterns, found: Solution, replicated: float, stability: float | None, seed: int) -> Result:
    import numpy as np

    k, N = len(found.shares), float(data.weights.sum())
    levels = [len(answers) for answers in data.answers.values()]
    npar = k - 1 + k * sum(size - 1 for size in levels)
    sure = posterior(data, found)
    doubt = -float((data.weights[:, None] * sure * np.log(sure.clip(1e-300))).sum())
    rest = int(min(N, math.prod(levels) - 1)) - npar
    return Result(
        loglik=found.loglik,
        aic=-2 * found.loglik + 2 * npar,
        bic=-2 * found.loglik + math.log(N) * npar,
        Gsq=g_squared(data, found) if not data.partly_missing else None,
        npar=npar,
        resid_df=rest,
        N=N,
        class_shares_desc=tuple(found.shares.tolist()),
        probabilities=_named(data, found),
        entropy=fitted_entropy(data, found),
        relative_entropy=1 - doubt / (N * math.log(k)) if k > 1 else 1.0,
        replicated=replicated,
        stability=stability,
        boundary=int(((found.chances < 1e-4) | (found.chances > 1 - 1e-4)).sum()),
        identified=rest >= 0,
        labels=tuple(sure.argmax(axis=1)[data.row_pattern].tolist()),
        certainty=tuple(sure.max(axis=1)[data.row_pattern].tolist()),
        partly_missing=data.partly_missing,
        missing=data.missing,
        seed=seed,
    )


def _named(data: Patterns, found: Solution) -> dict[str, dict[Any, tuple[float, ...]]]:
    columns = iter(found.chances.T.tolist())
    return {
        question: {answer: tuple(next(columns)) for answer in answers} for question, answers in data.answers.items()
    }


def _stability(data: Patterns, found: Solution, k: int, again: int, seed: int) -> float:
    """How alike everybody is sorted by classes found on people drawn again with replacement."""
    import numpy as np

    rng = np.random.default_rng(seed + 1)
    labels = posterior(data, found).argmax(axis=1)
    people = round(data.weights.sum())
    agreement = []
    for _ in range(again):
        drawn = rng.multinomial(people, data.weights / data.weights.sum()).astype(float)
        other, _ = best(data.reweighted(drawn), k, 5, rng)
        agreement.append(adjusted_rand(labels, posterior(data, other).argmax(axis=1), data.weights))
    return float(np.mean(agreement))


def choose(rows: Any, *, classes: Iterable[int] = (1, 2, 3, 4, 5), **options: Any) -> dict[int, Result]:
    """One result per number of classes; the smallest `bic` is the usual choice among those `identified`."""
    return {k: analyse(rows, nclass=k, **{"resamples": 0, **options}) for k in classes}
