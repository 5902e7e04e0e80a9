"""RICE: what brings most to most people for the effort it costs.

Question: in which order should comparable requirements be built?
Not for: things that must be done anyway (law, security), or requirements that depend on each other.
Sample: none; reach should be counted over the same period for every row.

    >>> result = analyse({"A": {"reach": 2000, "impact": 2, "confidence": 0.8, "effort": 3},
    ...                   "B": {"reach": 5000, "impact": 0.5, "confidence": 1.0, "effort": 1}})
    >>> result.order, round(result.scores["A"], 1), result.scores["B"]
    (('B', 'A'), 1066.7, 2500.0)

Source: Sean McBride, "RICE: simple prioritization for product managers", Intercom
(reach x impact x confidence / effort).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pilothouse.methods.shared.checks import is_missing, number
from pilothouse.methods.shared.items import gaps, keyed, ranked
from pilothouse.methods.shared.method import MethodError

FIELDS = ("reach", "impact", "confidence", "effort")
MOONSHOT = 0.5


@dataclass(frozen=True)
class Result:
    """Scores by item; `order` is best first, ties in the order given; `missing` items lack a cell and have no score.

    `at_full_confidence` is what each score would be if nothing were uncertain, and `holds_down_to` the confidence at
    which an item would fall level with the next one (None for the last). `moonshots` have a confidence below one half.
    """

    scores: dict[Any, float]
    order: tuple[Any, ...]
    missing: tuple[Any, ...]
    n: int
    at_full_confidence: dict[Any, float]
    order_at_full_confidence: tuple[Any, ...]
    holds_down_to: dict[Any, float | None]
    moonshots: tuple[Any, ...]


def analyse(items: Mapping[Any, Any]) -> Result:
    """Score items of {reach: people per period, impact, confidence: 0 to 1, effort: person-months > 0}.

    A `period` may be named by item; then it must be the same for all. Raises MethodError "not_a_number", "too_small",
    "confidence_over_one", "effort_not_positive" or "mixed_periods", naming field and row.
    """
    rows = keyed(items, FIELDS)
    complete = {key: row for key, row in rows.items() if not gaps(row, FIELDS)}
    _same_period(complete)
    scores = {key: score(key, row) for key, row in complete.items()}
    sure = {key: score(key, {**row, "confidence": 1}) for key, row in complete.items()}
    order = ranked(scores)
    return Result(
        scores=scores,
        order=order,
        missing=tuple(key for key in rows if key not in scores),
        n=len(rows),
        at_full_confidence=sure,
        order_at_full_confidence=ranked(sure),
        holds_down_to=_holds_down_to(order, scores, sure),
        moonshots=tuple(key for key, row in complete.items() if float(row["confidence"]) < MOONSHOT),
    )


def reach(prospects: float, rate: float) -> float:
    """People reached in a period: everybody who could, times the share who will."""
    return number(prospects, field="prospects", least=0) * number(rate, field="rate", least=0, most=1)


def score(key: Any, row: Mapping[str, Any]) -> float:
    """The score of one complete row."""
    people, impact, confidence, effort = (number(row[field], field=field, row=key, least=0) for field in FIELDS)
    if confidence > 1:
        raise MethodError("confidence_over_one", field="confidence", row=key, value=confidence)
    if effort == 0:
        raise MethodError("effort_not_positive", field="effort", row=key, value=effort)
    return people * impact * confidence / effort


def _same_period(rows: Mapping[Any, Mapping[str, Any]]) -> None:
    named = {key: row["period"] for key, row in rows.items() if not is_missing(row.get("period"))}
    for key, period in named.items():
        if period != next(iter(named.values())):
            raise MethodError("mixed_periods", field="period", row=key, value=period)


def _holds_down_to(
    order: tuple[Any, ...], scores: Mapping[Any, float], sure: Mapping[Any, float]
) -> dict[Any, float | None]:
    levels: dict[Any, float | None] = dict.fromkeys(order)
    for key, follower in pairwise(order):
        levels[key] = scores[follower] / sure[key] if sure[key] else None
    return levels
