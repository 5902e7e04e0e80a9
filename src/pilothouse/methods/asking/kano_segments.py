"""Whether segments see a feature differently: categories A, O, M, I by segment, chi-square with residuals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.contingency import Table, cramers_v, pearson, without_empty
from pilothouse.methods.shared.intervals import holm

CODES = ("A", "O", "M", "I")
Pairs = Mapping[tuple[int, int], int]


@dataclass(frozen=True)
class SegmentTest:
    """Categories (rows) by segment (columns); `p_holm` allows for testing every feature.

    `warn_expected_lt5`: more than a fifth of the expected counts are below 5, so the p values are rough.
    """

    categories: tuple[str, ...]
    segments: tuple[Any, ...]
    counts: Table
    chi2: float
    df: int
    p: float
    p_holm: float
    cramers_v: float | None
    adjusted_residuals: Table
    warn_expected_lt5: bool


def by_segment(
    by_feature: Mapping[Any, Mapping[Any, Pairs]], classify: Callable[[int, int], str]
) -> dict[Any, SegmentTest]:
    """One test for each feature that at least two segments answered with at least two categories."""
    drafts = {feature: _draft(segments, classify) for feature, segments in by_feature.items()}
    found = {feature: draft for feature, draft in drafts.items() if draft is not None}
    adjusted = holm([draft["p"] for draft in found.values()])
    return {
        feature: SegmentTest(**draft, p_holm=p) for (feature, draft), p in zip(found.items(), adjusted, strict=True)
    }


def _draft(segments: Mapping[Any, Pairs], classify: Callable[[int, int], str]) -> dict[str, Any] | None:
    names = tuple(segments)
    counts = {code: [0] * len(names) for code in CODES}
    for position, name in enumerate(names):
        for (f, d), n in segments[name].items():
            if (code := classify(f, d)) in counts:
                counts[code][position] += n
    table, empty_rows, empty_cols = without_empty(tuple(tuple(counts[code]) for code in CODES))
    if len(table) < 2 or len(table[0]) < 2:
        return None
    result = pearson(table)
    expected = [cell for row in result.expected for cell in row]
    return {
        "categories": tuple(code for i, code in enumerate(CODES) if i not in empty_rows),
        "segments": tuple(name for j, name in enumerate(names) if j not in empty_cols),
        "counts": table,
        "chi2": result.chi2,
        "df": result.df,
        "p": result.p,
        "cramers_v": cramers_v(result.chi2, result.n, len(table), len(table[0])),
        "adjusted_residuals": result.adjusted_residuals,
        "warn_expected_lt5": sum(cell < 5 for cell in expected) > 0.2 * len(expected),
    }
