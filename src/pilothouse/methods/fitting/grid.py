"""Alternatives by criteria: the table a decision matrix, TOPSIS and a scorecard start from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import numbers, same_length, sequence
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import matrix


@dataclass(frozen=True)
class Grid:
    """`values` is alternatives by criteria; `benefit` says for which criteria more is better."""

    alternatives: tuple[str, ...]
    criteria: tuple[str, ...]
    values: Any
    weights: Any
    benefit: tuple[bool, ...]


def grid(
    scores: Any,
    weights: Any,
    *,
    field: str,
    benefit: Any = None,
    alternatives: Sequence[str] | None = None,
    criteria: Sequence[str] | None = None,
) -> Grid:
    """From {alternative: {criterion: score}} with {criterion: weight}, or from rows with lists; names default A1,
    C1, ..."""
    import numpy as np

    criteria = None if criteria is None else sequence(criteria, field="criteria")
    if isinstance(weights, Mapping):
        criteria, weights = list(map(str, weights)), list(weights.values())
    weighed = numbers(weights, field="weights", least=0)
    if not sum(weighed):
        raise MethodError("all_zero", field="weights")
    if isinstance(scores, Mapping):
        alternatives, scores = list(map(str, scores)), list(scores.values())
    rows = [_cells(row, criteria, at) for at, row in enumerate(sequence(scores, field=field))]
    values = matrix(rows, field=field)
    same_length(values.shape[1], weights=weighed)
    named = (
        _names(alternatives, "A", values.shape[0], "alternatives"),
        _names(criteria, "C", values.shape[1], "criteria"),
    )
    return Grid(*named, values, np.array(weighed), _directions(benefit, named[1]))


def _cells(row: Any, criteria: Sequence[str] | None, at: int) -> Any:
    if not isinstance(row, Mapping):
        return row
    if criteria is None:
        raise MethodError("criteria_unnamed", field="weights")
    named = {str(name): value for name, value in row.items()}
    for name in criteria:
        if name not in named:
            raise MethodError("not_a_number", field=name, row=at, value=None)
    return [named[name] for name in criteria]


def _names(given: Sequence[str] | None, letter: str, n: int, field: str) -> tuple[str, ...]:
    if given is None:
        return tuple(f"{letter}{at + 1}" for at in range(n))
    named = tuple(map(str, sequence(given, field=field)))
    same_length(n, **{field: named})
    if len(set(named)) < n:
        raise MethodError("duplicate", field=field)
    return named


def _directions(benefit: Any, criteria: Sequence[str]) -> tuple[bool, ...]:
    if benefit is None:
        return (True,) * len(criteria)
    listed = (
        [benefit.get(name, True) for name in criteria]
        if isinstance(benefit, Mapping)
        else sequence(benefit, field="benefit")
    )
    same_length(len(criteria), benefit=listed)
    return tuple(bool(more) for more in numbers(listed, field="benefit", least=0, most=1))
