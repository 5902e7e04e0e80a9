"""Sample-ratio mismatch: did the arms get the share of users they should have?

Question: is the split of users what was configured, or is assignment or logging broken?
Not for: reading results. When this alarms, no other number of the experiment may be believed.
Sample: any; with a million users even 50.2 % to 49.8 % alarms, and rightly.

    >>> result = analyse(observed=[1000, 1200], weights=[0.5, 0.5])
    >>> round(result.p, 9), result.alarm
    (2.0079e-05, True)

Source: A. Fabijan et al., "Diagnosing sample ratio mismatch", KDD 2019 (chi-square, alarm below 0.001).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, sequence, whole
from pilothouse.methods.shared.intervals import chi2_p
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """`expected` counts by arm; arms of weight zero are left out. p is 1 with no users or fewer than two arms."""

    p: float
    chi2: float
    df: int
    alarm: bool
    expected: tuple[float, ...]
    shares: tuple[float, ...]
    n: int


def analyse(observed: Sequence[Any], *, weights: Sequence[Any] | None = None, threshold: float = 0.001) -> Result:
    """Users by arm against the configured weights (equal ones unless given; any scale)."""
    counts = [
        whole(one, field="observed", row=row, least=0) for row, one in enumerate(sequence(observed, field="observed"))
    ]
    threshold = number(threshold, field="threshold", above=0, most=1)
    given = weights if weights is not None else [1] * len(counts)
    shares = [
        number(one, field="weights", row=row, least=0) for row, one in enumerate(sequence(given, field="weights"))
    ]
    if len(counts) > len(shares):
        raise MethodError("different_length", field="weights", n=len(shares), expected=len(counts))
    arms = [(count, share) for count, share in zip(counts, shares, strict=False) if share > 0]
    n, total = sum(count for count, _ in arms), math.fsum(share for _, share in arms)
    expected = tuple(n * share / total for _, share in arms)
    usable = len(arms) > 1 and n > 0
    chi2 = math.fsum((count - e) ** 2 / e for (count, _), e in zip(arms, expected, strict=True)) if usable else 0.0
    df = max(0, len(arms) - 1)
    p = chi2_p(chi2, df) if usable else 1.0
    return Result(p, chi2, df, p < threshold, expected, tuple(count / n for count, _ in arms) if n else (), n)


def exact(observed: Sequence[int], *, weight: float = 0.5) -> float:
    """Two arms: the exact binomial p that the first got `weight` of all users (no likelier split left out)."""
    import numpy as np
    from scipy.special import gammaln

    first, second = (whole(one, field="observed", row=row, least=0) for row, one in enumerate(observed))
    weight = number(weight, field="weight", above=0, most=0.999999999)
    n = first + second
    split = np.arange(n + 1)
    logs = gammaln(n + 1) - gammaln(split + 1) - gammaln(n - split + 1)
    logs += split * math.log(weight) + (n - split) * math.log1p(-weight)
    chances = np.exp(logs)
    return float(chances[logs <= logs[first] + 1e-7].sum() / chances.sum())
