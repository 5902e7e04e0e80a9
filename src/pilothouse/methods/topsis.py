"""TOPSIS: closest to the best of everything and furthest from the worst.

Question: how do options rank when their criteria come in different units?
Not for: criteria with a minimum that must be met, or a list whose options still come and go: the order may turn then.
Sample: at least two options.

    >>> result = analyse([[2.0, 1500, 5.5], [2.5, 2700, 6.5], [1.8, 2000, 4.5]],
    ...                  weights=[0.4, 0.3, 0.3], benefit=[1, 1, 0])
    >>> result.order, tuple(round(value, 3) for value in result.closeness)
    (('A2', 'A3', 'A1'), (0.246, 0.666, 0.439))

Source: Ching-Lai Hwang and Kwangsun Yoon, Multiple Attribute Decision Making, 1981 (vector normalisation).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.fitting.grid import grid
from pilothouse.methods.shared.checks import one_of
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """Distances to the ideal and the anti-ideal, in the order given; `order` is best first.

    `dropped` criteria are zero throughout. `all_equal`: nothing tells the options apart, closeness is then 0.5 for all.
    `reversals`: options whose removal would change the order of the others.
    """

    d_plus: tuple[float, ...]
    d_minus: tuple[float, ...]
    closeness: tuple[float, ...]
    order: tuple[str, ...]
    dropped: tuple[str, ...]
    all_equal: bool
    reversals: tuple[str, ...]
    normalisation: str


def analyse(
    matrix: Any,
    *,
    weights: Any,
    benefit: Any = None,
    normalisation: Literal["vector", "minmax"] = "vector",
    alternatives: Sequence[str] | None = None,
    criteria: Sequence[str] | None = None,
) -> Result:
    """Options by criteria; `benefit` 1 where more is better, 0 for costs. Weights are used as given.

    Raises MethodError "too_few", "different_length", "not_a_number", "too_small", "all_zero" or "not_one_of".
    """
    one_of(normalisation, ("vector", "minmax"), field="normalisation")
    table = grid(matrix, weights, field="matrix", benefit=benefit, alternatives=alternatives, criteria=criteria)
    if len(table.alternatives) < 2:
        raise MethodError("too_few", field="matrix", n=len(table.alternatives), least=2)
    plus, minus, close = _distances(table.values, table.weights, table.benefit, normalisation)
    return Result(
        d_plus=tuple(plus.tolist()),
        d_minus=tuple(minus.tolist()),
        closeness=tuple(close.tolist()),
        order=tuple(table.alternatives[at] for at in _order(close)),
        dropped=tuple(name for at, name in enumerate(table.criteria) if not table.values[:, at].any()),
        all_equal=not (plus + minus).any(),
        reversals=_reversals(table, close, normalisation),
        normalisation=normalisation,
    )


def _distances(values: Any, weights: Any, benefit: Sequence[bool], normalisation: str) -> tuple[Any, Any, Any]:
    import numpy as np

    weighted = weights * _normalised(values, normalisation)
    signed = np.where(benefit, weighted, -weighted)
    plus, minus = (np.sqrt(((signed - ideal) ** 2).sum(axis=1)) for ideal in (signed.max(axis=0), signed.min(axis=0)))
    total = plus + minus
    return plus, minus, np.divide(minus, total, out=np.full(len(total), 0.5), where=total > 0)


def _normalised(values: Any, normalisation: str) -> Any:
    import numpy as np

    if normalisation == "vector":
        shifted, size = values, np.sqrt((values**2).sum(axis=0))
    else:
        shifted, size = values - values.min(axis=0), np.ptp(values, axis=0)
    return np.divide(shifted, size, out=np.zeros_like(values), where=size > 0)


def _order(close: Any) -> list[int]:
    return sorted(range(len(close)), key=lambda at: -close[at])


def _reversals(table: Any, close: Any, normalisation: str) -> tuple[str, ...]:
    import numpy as np

    turned = []
    for out in range(len(close)) if len(close) > 2 else ():
        kept = [at for at in range(len(close)) if at != out]
        _, _, alone = _distances(table.values[kept], table.weights, table.benefit, normalisation)
        before = [at for at in _order(close) if at != out]
        if [kept[at] for at in _order(np.round(alone, 12))] != before:
            turned.append(table.alternatives[out])
    return tuple(turned)
