"""k-prototypes: groups of people described by numbers and by categories at once.

Question: which segments are there when some answers are amounts and some are choices?
Not for: many categories with hardly anybody in them, or numbers of very different size without `scale`.
Sample: at least 10 rows a cluster and column.

    >>> rows = [[10, "a"], [11, "a"], [12, "a"], [50, "b"], [52, "b"], [49, "b"]]
    >>> result = analyse(rows, numeric=[0], categorical=[1], k=2, n_init=5)
    >>> result.partition, result.centres[0]
    (((0, 1, 2), (3, 4, 5)), {'0': 11.0, '1': 'a'})

Source: Zhexue Huang, "Clustering large data sets with mixed numeric and categorical values", PAKDD 1997; a mismatch
weighs gamma, half the mean standard deviation of the numeric columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.clusters import standardised
from pilothouse.methods.shared.checks import extra, number, sequence, whole
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import Complete, complete
from pilothouse.methods.shared.tables import labels as labels_of
from pilothouse.methods.shared.tables import numeric as numbers_of


@dataclass(frozen=True)
class Result:
    """`partition`: the row indices of each cluster, clusters in the order of their first row; `rows` were complete.

    `centres` in the units of the data; `gamma` weighs one mismatch; `cost` is the sum of distances. `share_best` of the
    starts ended at this cost: far below 1 means the solution is fragile.
    """

    partition: tuple[tuple[int, ...], ...]
    labels: tuple[int, ...]
    centres: tuple[dict[str, Any], ...]
    sizes: tuple[int, ...]
    cost: float
    gamma: float
    share_best: float
    scaled: bool
    rows: tuple[int, ...]
    n: int
    missing: int
    seed: int


def analyse(
    rows: Any,
    *,
    numeric: Sequence[str | int],
    categorical: Sequence[str | int],
    k: int,
    gamma: float | None = None,
    scale: bool = False,
    n_init: int = 20,
    seed: int = 0,
) -> Result:
    """Cluster complete rows; `numeric` and `categorical` name columns (or count them from 0).

    Raises MethodError "too_few", "too_many_clusters", "constant", "no_such_column", "not_a_number" or "needs_extra".
    """
    import numpy as np

    amounts, choices = _names(numeric, "numeric"), _names(categorical, "categorical")
    found = complete(rows, [*amounts, *choices], field="rows")
    for name in choices:
        labels_of(found.columns[name], field=name)
    values = numbers_of(found, amounts)
    table = standardised(values, amounts) if scale else values
    codes = np.column_stack([np.array(list(map(str, found.columns[name])), dtype=object) for name in choices])
    k = whole(k, field="k", least=2)
    distinct = len({(*left, *right) for left, right in zip(values.tolist(), codes.tolist(), strict=True)})
    if k > distinct:
        raise MethodError("too_many_clusters", field="k", k=k, n=len(values), distinct=distinct)
    weight = 0.5 * float(table.std(axis=0).mean()) if gamma is None else number(gamma, field="gamma", least=0)
    starts, seed = whole(n_init, field="n_init", least=1, most=1000), whole(seed, field="seed", least=0)
    labels, cost, share = _best(np.column_stack([table.astype(object), codes]), len(amounts), k, weight, starts, seed)
    return _result(found, labels, (amounts, choices), (cost, weight, share), scale, seed)


def _names(given: Sequence[str | int], field: str) -> list[str]:
    return [str(name) for name in sequence(given, field=field)]


def _best(table: Any, amounts: int, k: int, gamma: float, starts: int, seed: int) -> tuple[Any, float, float]:
    """Half of the starts by Cao's and half by Huang's choice of first centres; the cheapest wins."""
    kprototypes = extra("kmodes.kprototypes")
    places = list(range(amounts, table.shape[1]))
    fits = []
    for at in range(starts):
        fit = kprototypes.KPrototypes(
            n_clusters=k, init=("Huang", "Cao")[at % 2], n_init=1, gamma=max(gamma, 1e-12), random_state=seed + at
        )
        fits.append(fit.fit(table, categorical=places))
    best = min(fits, key=lambda fit: fit.cost_)
    near = sum(fit.cost_ <= best.cost_ * (1 + 1e-9) + 1e-12 for fit in fits)
    return best.labels_, float(best.cost_), float(near / starts)


def _result(
    found: Complete, labels: Any, names: tuple[list[str], list[str]], figures: tuple[float, float, float], scale: bool,
    seed: int,
) -> Result:  # fmt: skip
    import numpy as np

    order = list(dict.fromkeys(labels.tolist()))
    numbered = np.array([order.index(label) for label in labels.tolist()])
    members = [np.flatnonzero(numbered == at) for at in range(len(order))]
    cost, gamma, share = figures
    return Result(
        partition=tuple(tuple(found.kept[row] for row in rows) for rows in members),
        labels=tuple(numbered.tolist()),
        centres=tuple(_centre(found, rows, *names) for rows in members),
        sizes=tuple(len(rows) for rows in members),
        cost=cost,
        gamma=gamma,
        share_best=share,
        scaled=scale,
        rows=found.kept,
        n=len(labels),
        missing=found.missing,
        seed=seed,
    )


def _centre(found: Complete, rows: Any, amounts: list[str], choices: list[str]) -> dict[str, Any]:
    """The mean of each number and the commonest of each category, the first in order among equals."""
    picked = {name: [found.columns[name][row] for row in rows] for name in (*amounts, *choices)}
    means = {name: sum(map(float, picked[name])) / len(rows) for name in amounts}
    modes = {name: max(sorted(set(picked[name]), key=str), key=picked[name].count) for name in choices}
    return {**means, **modes}
