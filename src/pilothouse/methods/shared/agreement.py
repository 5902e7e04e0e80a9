"""Krippendorff's alpha for ordered grades, any number of raters, gaps allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def ordinal_alpha(units: Sequence[Sequence[int]]) -> float | None:
    """One list of grades per thing graded; those with fewer than two are ignored. None when nothing varies."""
    pairable = [unit for unit in units if len(unit) > 1]
    totals = Counter(grade for unit in pairable for grade in unit)
    if len(totals) < 2:
        return None
    apart = _distances(totals)
    n = sum(totals.values())
    expected = sum(totals[c] * totals[k] * apart[c, k] for c in totals for k in totals) / (n - 1)
    observed = 0.0
    for unit in pairable:
        counts = Counter(unit)
        observed += sum(counts[c] * counts[k] * apart[c, k] for c in counts for k in counts) / (len(unit) - 1)
    return 1 - observed / expected


def _distances(totals: Counter[int]) -> dict[tuple[int, int], float]:
    """Squared number of grades given between the two, half of their own included."""
    grades = sorted(totals)
    below = {}
    running = 0.0
    for grade in grades:
        below[grade] = running + totals[grade] / 2
        running += totals[grade]
    return {(c, k): (below[c] - below[k]) ** 2 for c in grades for k in grades}
