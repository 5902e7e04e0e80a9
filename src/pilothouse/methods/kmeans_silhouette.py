"""k-means with silhouette: groups of people who are alike in numbers.

Question: which segments are there, how many, and would another sample give the same?
Not for: categories (use k-prototypes or latent classes), or picking k by one figure alone: a segment must also mean
something.
Sample: at least 10 rows a column, better 70; columns are standardised unless told otherwise.

    >>> rows = [[1, 1], [1, 2], [2, 1], [8, 8], [8, 9], [9, 8]]
    >>> result = analyse(rows, ks=[2, 3], resamples=0)
    >>> result.best_k_by_silhouette, result.by_k[2].sizes, round(result.by_k[2].silhouette, 3)
    (2, (3, 3), 0.885)

Source: Stuart Lloyd, 1957/1982; Peter Rousseeuw, "Silhouettes", J. Computational and Applied Mathematics 20, 1987;
stability by
resampling: Christian Hennig, Computational Statistics and Data Analysis 52, 2007 (there 0.75 is the Jaccard similarity
of one cluster; that a mean adjusted Rand index of 0.75 counts as stable is a convention).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.clusters import adjusted_rand, smallest_first, standardised
from pilothouse.methods.shared.checks import extra, sequence, whole
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import columns as columns_of
from pilothouse.methods.shared.tables import complete, numeric

STABLE = 0.75
MOST_SILHOUETTES = 5000  # silhouettes compare every row with every other; beyond this a random sample stands for all
STARTS_AGAIN = 5


@dataclass(frozen=True)
class Solution:
    """Clusters are numbered smallest first; `centres` in the units of the data, `labels` by row kept.

    `stability` is the mean adjusted Rand index against refits on resampled rows, None when not asked for.
    """

    k: int
    inertia: float
    silhouette: float
    cluster_silhouettes: tuple[float, ...]
    sizes: tuple[int, ...]
    centres: tuple[dict[str, float], ...]
    labels: tuple[int, ...]
    stability: float | None
    stable: bool | None


@dataclass(frozen=True)
class Result:
    """`best_k_by_silhouette` is an advice, not a verdict. `silhouette_n` rows were used for the silhouettes."""

    by_k: dict[int, Solution]
    best_k_by_silhouette: int
    columns: tuple[str, ...]
    rows: tuple[int, ...]
    scaled: bool
    silhouette_n: int
    few: bool
    n: int
    missing: int
    seed: int


def analyse(
    data: Any,
    *,
    columns: Sequence[str | int] | int | None = None,
    ks: Iterable[int] = (2, 3, 4, 5, 6),
    scale: bool = True,
    n_init: int = 50,
    resamples: int = 20,
    seed: int = 0,
) -> Result:
    """Rows with every column filled; `columns` are names, or how many of the first to take.

    Raises MethodError "too_few", "too_many_clusters", "constant", "no_such_column", "not_a_number" or "needs_extra".
    """
    import numpy as np

    found = complete(data, list(columns_of(data))[:columns] if isinstance(columns, int) else columns)
    values = numeric(found)
    table = standardised(values, found.columns) if scale else values
    wanted = sorted({whole(k, field="ks", row=at, least=2) for at, k in enumerate(sequence(ks, field="ks"))})
    distinct = len(np.unique(table, axis=0))
    if wanted[-1] >= len(table) or wanted[-1] > distinct:
        raise MethodError("too_many_clusters", field="ks", k=wanted[-1], n=len(table), distinct=distinct)
    seed = whole(seed, field="seed", least=0)
    starts, again = (
        whole(n_init, field="n_init", least=1, most=1000),
        whole(resamples, field="resamples", least=0, most=1000),
    )
    sample = np.random.default_rng(seed).permutation(len(table))[:MOST_SILHOUETTES]
    by_k = {k: _solution(table, values, list(found.columns), k, sample, starts, again, seed) for k in wanted}
    return Result(
        by_k=by_k,
        best_k_by_silhouette=max(by_k, key=lambda k: by_k[k].silhouette),
        columns=tuple(found.columns),
        rows=found.kept,
        scaled=scale,
        silhouette_n=len(sample),
        few=len(table) < 10 * table.shape[1],
        n=len(table),
        missing=found.missing,
        seed=seed,
    )


def _solution(
    table: Any, values: Any, names: list[str], k: int, sample: Any, starts: int, again: int, seed: int
) -> Solution:
    import numpy as np

    fit = _kmeans(table, k, starts, seed)
    number = smallest_first(fit.labels_, fit.cluster_centers_)
    labels = number[fit.labels_]
    each = _silhouettes(table, labels, sample)
    stability = _stability(table, fit.labels_, k, again, seed) if again else None
    centres = [values[labels == at].mean(axis=0).tolist() for at in range(k)]
    return Solution(
        k=k,
        inertia=float(fit.inertia_),
        silhouette=float(each.mean()),
        cluster_silhouettes=tuple(
            float(each[labels[sample] == at].mean()) if (labels[sample] == at).any() else 0.0 for at in range(k)
        ),
        sizes=tuple(np.bincount(labels, minlength=k).tolist()),
        centres=tuple(dict(zip(names, centre, strict=True)) for centre in centres),
        labels=tuple(labels.tolist()),
        stability=stability,
        stable=None if stability is None else stability >= STABLE,
    )


def _kmeans(table: Any, k: int, starts: int, seed: int) -> Any:
    return (
        extra("sklearn.cluster")
        .KMeans(n_clusters=k, n_init=starts, random_state=seed, tol=1e-8, max_iter=1000)
        .fit(table)
    )


def _silhouettes(table: Any, labels: Any, sample: Any) -> Any:
    import numpy as np

    if len(np.unique(labels[sample])) < 2:
        return np.zeros(len(sample))
    return extra("sklearn.metrics").silhouette_samples(table[sample], labels[sample])


def _stability(table: Any, labels: Any, k: int, again: int, seed: int) -> float | None:
    """How alike all rows are sorted by clusters found on rows drawn again with replacement."""
    import numpy as np

    rng = np.random.default_rng(seed + 1)
    agreement = []
    for at in range(again):
        drawn = table[rng.integers(0, len(table), len(table))]
        if len(np.unique(drawn, axis=0)) >= k:
            agreement.append(adjusted_rand(labels, _kmeans(drawn, k, STARTS_AGAIN, seed + at).predict(table)))
    return float(np.mean(agreement)) if agreement else None
