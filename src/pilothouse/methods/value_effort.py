"""Value and effort: four corners of a chart, from quick win to time sink.

Question: which of these is cheap and worth it, and which should nobody start?
Not for: a fine order inside a corner (use the ratio, RICE or a weighted score).
Sample: none; score value and effort apart, each by those who know it.

    >>> result = analyse({"A": (8, 2), "B": (9, 8), "C": (3, 2)}, cut=(5, 5))
    >>> result.quadrant, result.ratio["B"]
    ({'A': 'quick_win', 'B': 'big_bet', 'C': 'fill_in'}, 1.125)

Source: a convention without a primary source; on the cut counts as high value, and as high effort. Corner and ratio
can disagree, so both are given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from pilothouse.methods.shared.checks import number, one_of, sequence
from pilothouse.methods.shared.items import gaps, keyed, ranked, span
from pilothouse.methods.shared.method import MethodError

FIELDS = ("value", "effort")
CORNERS = {
    (True, False): "quick_win",
    (True, True): "big_bet",
    (False, False): "fill_in",
    (False, True): "time_sink",
}


@dataclass(frozen=True)
class Result:
    """Corner and ratio by item; `order` is by ratio; `conflicts` are (low-value, high-value) pairs where low wins."""

    quadrant: dict[Any, str]
    ratio: dict[Any, float]
    order: tuple[Any, ...]
    cut: tuple[float, float]
    conflicts: tuple[tuple[Any, Any], ...]
    missing: tuple[Any, ...]
    n: int


def analyse(
    items: Mapping[Any, Any] | Sequence[Any],
    *,
    cut: tuple[float, float] | Literal["midpoint", "median"] = "midpoint",
    scale: tuple[float, float] = (1, 10),
) -> Result:
    """Place items of {value, effort}; the cut is a pair (value, effort), the middle of the scale, or the medians."""
    rows = keyed(items, FIELDS)
    placed = {key: _pair(row, key) for key, row in rows.items() if not gaps(row, FIELDS)}
    lines = _lines(placed, cut, scale)
    quadrant = {key: CORNERS[value >= lines[0], effort >= lines[1]] for key, (value, effort) in placed.items()}
    ratio = {key: value / effort for key, (value, effort) in placed.items()}
    low = [key for key in placed if quadrant[key] in ("fill_in", "time_sink")]
    return Result(
        quadrant=quadrant,
        ratio=ratio,
        order=ranked(ratio),
        cut=lines,
        conflicts=tuple(
            (key, other) for key in low for other in placed if other not in low and ratio[key] > ratio[other]
        ),
        missing=tuple(key for key in rows if key not in placed),
        n=len(rows),
    )


def _pair(row: Mapping[str, Any], key: Any) -> tuple[float, float]:
    return number(row["value"], field="value", row=key, least=0), number(
        row["effort"], field="effort", row=key, above=0
    )


def _lines(placed: Mapping[Any, tuple[float, float]], cut: Any, scale: tuple[float, float]) -> tuple[float, float]:
    if not isinstance(cut, str):
        values = sequence(cut, field="cut", least_count=0)
        if len(values) != 2:
            raise MethodError("different_length", field="cut", n=len(values), expected=2)
        value, effort = values
        return number(value, field="cut"), number(effort, field="cut")
    one_of(cut, ("midpoint", "median"), field="cut")
    if cut == "midpoint":
        low, high = span(scale, "scale")
        return (low + high) / 2, (low + high) / 2
    if not placed:
        raise MethodError("no_items", field="items")
    return median(value for value, _ in placed.values()), median(effort for _, effort in placed.values())
