"""PESTEL: what changes around us, how much it would matter and how likely it is.

Question: which outside developments deserve attention first, and which corner have we not looked into?
Not for: forecasting; impact times likelihood is a convention for sorting, not a probability.
Sample: none; each factor with a source and a date of review.

    >>> result = analyse([{"cat": "L", "impact": 5, "likelihood": 4, "direction": "threat"},
    ...                   {"cat": "T", "impact": 3, "likelihood": 5}, {"cat": "E2", "impact": 2, "likelihood": 2}])
    >>> result.priority, result.order, result.uncovered
    ((20.0, 15.0, 4.0), (0, 1, 2), ('P', 'E', 'S'))

Source: after Francis Aguilar, Scanning the Business Environment, 1967; E is economic, E2 environmental.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import is_missing, number, one_of
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.items import keyed, ranked

CATEGORIES = ("P", "E", "S", "T", "E2", "L")
NAMES = dict(
    zip(("political", "economic", "social", "technological", "environmental", "legal"), CATEGORIES, strict=True)
)
DIRECTIONS = ("opportunity", "threat", "both", "unclear")
HIGH, MEDIUM = 15, 8


@dataclass(frozen=True)
class Result:
    """By factor in the order given: `priority` 1 to 25 and its `level`; `order` is by priority.

    `balance`: priorities of opportunities minus threats by category. `overdue`: review date before `today`.
    """

    priority: tuple[float, ...]
    level: tuple[Literal["high", "medium", "low"], ...]
    order: tuple[Any, ...]
    by_category: dict[str, tuple[Any, ...]]
    balance: dict[str, float]
    uncovered: tuple[str, ...]
    overdue: tuple[Any, ...]
    n: int


def analyse(
    factors: Sequence[Mapping[str, Any]] | Mapping[str, Mapping[str, Any]], *, today: str | dt.date | None = None
) -> Result:
    """Factors of {cat, impact 1 to 5, likelihood 1 to 5}, optionally direction and review (a date).

    Raises MethodError "no_items", "not_one_of", "too_small", "too_large", "not_a_number" or "not_a_date".
    """
    rows = keyed(factors, ("cat", "impact", "likelihood", "direction", "review"), "factors")
    scores = {key: _priority(key, row) for key, row in rows.items()}
    category = {key: _category(key, row) for key, row in rows.items()}
    by_category = {cat: tuple(key for key in rows if category[key] == cat) for cat in CATEGORIES}
    signs = {key: _sign(key, row) for key, row in rows.items()}
    return Result(
        priority=tuple(scores.values()),
        level=tuple("high" if s >= HIGH else "medium" if s >= MEDIUM else "low" for s in scores.values()),
        order=ranked(scores),
        by_category={cat: keys for cat, keys in by_category.items() if keys},
        balance={cat: sum(signs[key] * scores[key] for key in keys) for cat, keys in by_category.items() if keys},
        uncovered=tuple(cat for cat, keys in by_category.items() if not keys),
        overdue=() if today is None else _overdue(rows, day(today, field="today")),
        n=len(rows),
    )


def _priority(key: Any, row: Mapping[str, Any]) -> float:
    impact, likelihood = (
        number(row.get(name), field=name, row=key, least=1, most=5) for name in ("impact", "likelihood")
    )
    return impact * likelihood


def _category(key: Any, row: Mapping[str, Any]) -> str:
    given = row.get("cat")
    return one_of(NAMES.get(str(given).lower(), str(given)), CATEGORIES, field="cat", row=key)


def _sign(key: Any, row: Mapping[str, Any]) -> int:
    direction = row.get("direction")
    if is_missing(direction):
        return 0
    one_of(direction, DIRECTIONS, field="direction", row=key)
    return {"opportunity": 1, "threat": -1}.get(str(direction), 0)


def _overdue(rows: Mapping[Any, Mapping[str, Any]], today: dt.date) -> tuple[Any, ...]:
    dated = {key: row["review"] for key, row in rows.items() if not is_missing(row.get("review"))}
    return tuple(key for key, review in dated.items() if day(review, field="review", row=key) < today)
