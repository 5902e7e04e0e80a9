"""What the clusterings share: scaling, how far two partitions agree, and numbers that do not depend on the run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pilothouse.methods.shared.method import MethodError


def standardised(values: Any, names: Iterable[str]) -> Any:
    """Columns with mean 0 and standard deviation 1 (dividing by n). Raises MethodError "constant"."""
    spread = values.std(axis=0)
    for name, sd in zip(names, spread, strict=True):
        if sd <= 1e-12:
            raise MethodError("constant", field=name)
    return (values - values.mean(axis=0)) / spread


def adjusted_rand(left: Any, right: Any, weights: Any = None) -> float:
    """Hubert and Arabie 1985: 1 for the same partition, 0 for what chance would give. Weights are frequencies."""
    import numpy as np

    left, right = np.unique(left, return_inverse=True)[1], np.unique(right, return_inverse=True)[1]
    table = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(table, (left, right), 1.0 if weights is None else weights)
    together, rows, columns, total = (
        float((part * (part - 1) / 2).sum()) for part in (table, table.sum(1), table.sum(0), table.sum())
    )
    chance = rows * columns / total if total else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == chance else (together - chance) / (most - chance)


def smallest_first(labels: Any, positions: Any) -> Any:
    """New numbers for the clusters: by size, equals by their position."""
    import numpy as np

    counts = np.bincount(labels, minlength=len(positions))
    order = sorted(range(len(positions)), key=lambda at: (counts[at], tuple(positions[at])))
    return np.argsort(order)
