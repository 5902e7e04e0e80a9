"""Histogram: how many values fall into each class, with classes chosen by rule and rounded to readable edges.

Question: where do the values sit, and is there more than one hump?
Not for: categories, or a handful of values (plot the points).
Sample: 20 or more for the shape to mean anything.

    >>> result = analyse([1, 2, 2, 3, 3, 3, 4, 4, 5, 9])
    >>> result.breaks, result.counts
    ((0.0, 2.0, 4.0, 6.0, 8.0, 10.0), (3, 5, 1, 0, 1))

Source: H. A. Sturges, JASA 21, 1926; D. W. Scott, Biometrika 66, 1979; D. Freedman and P. Diaconis, Z.
Wahrscheinlichkeitstheorie 57, 1981. Edges are rounded to 1, 2 or 5 times a power of ten; classes are closed on the
right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.descriptive import centred
from pilothouse.methods.shared.checks import one_of, whole
from pilothouse.methods.shared.vectors import vector

RULES = ("sturges", "scott", "fd")
MOST_CLASSES = 1_000_000


@dataclass(frozen=True)
class Result:
    """`sturges`, `scott` and `fd` are the numbers of classes each rule asks for, before the edges are rounded."""

    breaks: tuple[float, ...]
    counts: tuple[int, ...]
    sturges: int
    scott: int
    fd: int
    rule: str
    n: int
    missing: int


def analyse(x: Sequence[Any], *, rule: str = "sturges", classes: int | None = None, readable: bool = True) -> Result:
    """Count by class. `classes` overrides the rule; `readable=False` keeps the edges equal parts of the range."""
    import numpy as np

    found = vector(x, field="x")
    one_of(rule, RULES, field="rule")
    asked = {"sturges": sturges(found.values), "scott": scott(found.values), "fd": freedman_diaconis(found.values)}
    wanted = whole(classes, field="classes", least=1, most=MOST_CLASSES) if classes is not None else asked[rule]
    low, high = float(found.values.min()), float(found.values.max())
    breaks = np.array(pretty(low, high, wanted) if readable else _equal(low, high, wanted))
    return Result(
        breaks=tuple(breaks.tolist()),
        counts=_counts(found.values, breaks),
        rule=rule,
        n=len(found.values),
        missing=found.missing,
        **asked,
    )


def _counts(values: Any, breaks: Any) -> tuple[int, ...]:
    """Classes (a, b], the first closed on both sides; a hair of tolerance for edges that were rounded."""
    import numpy as np

    hair = 1e-7 * float(np.median(np.diff(breaks)))
    edges = breaks + hair
    edges[0] = breaks[0] - hair
    places = np.searchsorted(edges, values, side="left") - 1
    return tuple(np.bincount(np.clip(places, 0, len(breaks) - 2), minlength=len(breaks) - 1).tolist())


def sturges(values: Any) -> int:
    return math.ceil(math.log2(len(values)) + 1)


def scott(values: Any) -> int:
    _, deviations = centred(values)
    variance = math.fsum(deviations**2) / (len(values) - 1) if len(values) > 1 else 0.0
    return _classes(values, 3.5 * math.sqrt(variance) * len(values) ** (-1 / 3))


def freedman_diaconis(values: Any) -> int:
    """Twice the interquartile range; when that is nothing, ever wider central ranges, at last Scott's width."""
    import numpy as np

    rough = _significant(np.asarray(values, dtype=float), 5)
    share = 1 / 4
    width = 2 * float(np.subtract(*np.quantile(rough, (0.75, 0.25))))
    while width == 0 and share / 2 >= 1 / 512:
        share /= 2
        width = float(np.subtract(*np.quantile(rough, (1 - share, share)))) / (1 - 2 * share)
    return _classes(values, width * len(values) ** (-1 / 3)) if width else scott(values)


def _significant(values: Any, digits: int) -> Any:
    import numpy as np

    with np.errstate(divide="ignore"):
        places = digits - 1 - np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
    scale = 10.0**places
    return np.where(np.isfinite(scale) & (scale > 0), np.round(values * scale) / scale, values)


def _classes(values: Any, width: float) -> int:
    reach = float(values.max()) - float(values.min())
    if not width > 0:
        return 1
    return min(max(1, math.ceil(reach / width)), MOST_CLASSES)


def _equal(low: float, high: float, count: int) -> list[float]:
    high = high if high > low else low + 1
    return [low + (high - low) * place / count for place in range(count + 1)]


def pretty(low: float, high: float, count: int) -> list[float]:
    """About `count` classes covering the range, with edges at 1, 2 or 5 times a power of ten."""
    reach = high - low
    flat = reach < 1e-14 * max(abs(low), abs(high), 1e-300)
    cell = 0.75 * (max(abs(low), abs(high)) or 1.0) if flat else reach / max(count, 1)
    unit = _unit(cell)
    first, last = math.floor(low / unit + 1e-10), math.ceil(high / unit - 1e-10)
    first -= first * unit > low + 1e-10 * unit
    last += last * unit < high - 1e-10 * unit
    if first == last:
        last += 1
    return [place * unit for place in range(first, last + 1)]


def _unit(cell: float) -> float:
    """The step nearest the cell, leaning to the larger one (bias 1.5, and 2.75 at five)."""
    base = 10.0 ** math.floor(math.log10(cell))
    unit = base
    for factor, bias in ((2, 1.5), (5, 2.75), (10, 1.5)):
        if factor * base - cell < bias * (cell - unit):
            unit = factor * base
        else:
            break
    return unit
