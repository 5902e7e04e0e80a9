"""Interval of a share: how far the true share could be from the one measured.

Question: 7 of 10 did it; what does that say about everybody?
Not for: people who chose themselves to answer, or shares with weights (use the effective number of answers).
Sample: any; a small one gives a wide interval, which is the point.

    >>> result = analyse(7, 10)
    >>> result.p, [round(end, 4) for end in result.wilson]
    (0.7, [0.3968, 0.8922])

Source: Wilson, JASA 22, 1927 (the default); Agresti and Coull, American Statistician 52(2), 1998; Clopper and Pearson,
Biometrika 26, 1934 (`beta`, exact). The normal interval is shown only because others print it.
"""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.intervals import Interval, agresti_coull, clopper_pearson, wald, wilson
from pilothouse.methods.shared.items import confidence


@dataclass(frozen=True)
class Result:
    """The share and four intervals of it."""

    p: float
    wilson: Interval
    agresti_coull: Interval
    beta: Interval
    normal: Interval
    x: float
    n: float
    conf: float


def analyse(x: float, n: float, *, conf: float = 0.95) -> Result:
    """Intervals of x out of n. With weights, n is the effective number of answers and x the share times it."""
    total = number(n, field="n", above=0)
    hits = number(x, field="x", least=0, most=total)
    level = confidence(conf)
    return Result(
        p=hits / total,
        wilson=wilson(hits, total, level),
        agresti_coull=agresti_coull(hits, total, level),
        beta=clopper_pearson(hits, total, level),
        normal=wald(hits, total, level),
        x=hits,
        n=total,
        conf=level,
    )
