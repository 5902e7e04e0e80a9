"""Tests on ranks: do groups differ when means cannot be trusted?

Question: does one group tend to give larger values than another, whatever the shape of the numbers?
Not for: comparing totals or means (money per user): ranks answer another question.
Sample: 5 a group for the test to be able to say anything at 5 %.

    >>> result = analyse({"old": [1.1, 2.3, 2.9, 4.0], "new": [3.5, 5.1, 6.2, 7.7]}, group=None)
    >>> result.test, result.statistic, round(result.p, 4), result.superiority, round(result.shift, 2)
    ('mann_whitney', 1.0, 0.0571, 0.9375, 3.05)

Source: H. Mann and D. Whitney, Annals Math. Stat. 18, 1947; F. Wilcoxon, Biometrics 1, 1945; W. Kruskal and W. A.
Wallis, JASA 47, 1952; O. J. Dunn, Technometrics 6, 1964; M. Friedman, JASA 32, 1937; J. Hodges and E. Lehmann, 1963
(shift).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pilothouse.methods.shared.checks import sequence
from pilothouse.methods.shared.groups import grouped
from pilothouse.methods.shared.intervals import chi2_p, holm, two_sided_p
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import matrix
from pilothouse.methods.shared.vectors import pair as paired_columns

EXACT_UP_TO = 50
SHIFT_UP_TO = 4_000_000


@dataclass(frozen=True)
class Result:
    """`test` names what was done and `variant` how p was found ("exact", "normal", "chi_square").

    Two groups: `superiority` is the chance that a value of the second group is the larger (ties half), `shift` the
    Hodges-Lehmann difference second minus first. More groups: `pairs` are (first, second, z, p, adjusted p by Holm).
    """

    test: str
    variant: str
    statistic: float
    p: float
    superiority: float | None
    shift: float | None
    pairs: tuple[tuple[Any, Any, float, float, float], ...]
    effect: float | None
    counts: dict[Any, int]
    n: int
    missing: int


def analyse(data: Any, *, value: str | None = None, group: str | None = "group") -> Result:
    """Mann-Whitney for two groups, Kruskal-Wallis with Dunn's pairs for more."""
    groups, missing = grouped(data, value=value, group=group)
    return mann_whitney(*groups.items(), missing=missing) if len(groups) == 2 else kruskal(groups, missing=missing)


def mann_whitney(first: tuple[Any, Any], second: tuple[Any, Any], *, missing: int = 0) -> Result:
    """(name, values) twice. Exact below 50 values without ties, else normal with ties and continuity."""
    import numpy as np
    from scipy.stats import mannwhitneyu

    (name_a, a), (name_b, b) = ((name, np.asarray(values, dtype=float)) for name, values in (first, second))
    pooled = np.concatenate([a, b])
    if pooled.min() == pooled.max():
        raise MethodError("no_spread", field="data")
    exact = len(pooled) <= EXACT_UP_TO and len(np.unique(pooled)) == len(pooled)
    found = mannwhitneyu(a, b, method="exact" if exact else "asymptotic")
    superiority = 1 - float(found.statistic) / (len(a) * len(b))
    return Result(
        test="mann_whitney",
        variant="exact" if exact else "normal",
        statistic=float(found.statistic),
        p=float(found.pvalue),
        superiority=superiority,
        shift=float(np.median(np.subtract.outer(b, a))) if len(a) * len(b) <= SHIFT_UP_TO else None,
        pairs=(),
        effect=2 * superiority - 1,
        counts={name_a: len(a), name_b: len(b)},
        n=len(pooled),
        missing=missing,
    )


def wilcoxon(x: Sequence[Any], y: Sequence[Any] | None = None) -> Result:
    """Paired: signed ranks of y - x, or of x alone against zero. Zero differences are left out (Wilcoxon's rule)."""
    import numpy as np
    from scipy.stats import rankdata
    from scipy.stats import wilcoxon as signed_ranks

    left, right, missing = paired_columns(x, y if y is not None else [0.0] * len(sequence(x, field="x")), least=1)
    gaps = right - left if y is not None else left
    kept = gaps[gaps != 0]
    if not len(kept):
        raise MethodError("no_spread", field="x")
    exact = len(kept) <= EXACT_UP_TO and len(np.unique(np.abs(kept))) == len(kept)
    found = signed_ranks(kept, method="exact" if exact else "asymptotic", correction=not exact)
    ranks = rankdata(np.abs(kept))
    walsh = np.add.outer(gaps, gaps)[np.triu_indices(len(gaps))] / 2 if len(gaps) <= 2000 else None
    return Result(
        test="wilcoxon",
        variant="exact" if exact else "normal",
        statistic=float(ranks[kept > 0].sum()),
        p=float(found.pvalue),
        superiority=float((gaps > 0).mean() + (gaps == 0).mean() / 2),
        shift=float(np.median(walsh)) if walsh is not None else None,
        pairs=(),
        effect=float((ranks * np.sign(kept)).sum() / ranks.sum()),
        counts={"pairs": len(gaps), "zero": len(gaps) - len(kept)},
        n=len(gaps),
        missing=missing,
    )


def kruskal(groups: dict[Any, Any], *, missing: int = 0) -> Result:
    """H corrected for ties; pairs by Dunn with the pooled rank variance; `effect` is epsilon squared."""
    import numpy as np
    from scipy.stats import rankdata

    sizes = {key: len(values) for key, values in groups.items()}
    n = sum(sizes.values())
    ranks = rankdata(np.concatenate(list(groups.values())))
    _, ties = np.unique(ranks, return_counts=True)
    spread = n * (n + 1) / 12 - float((ties**3 - ties).sum()) / (12 * (n - 1))
    if spread <= 0:
        raise MethodError("no_spread", field="data")
    parts = np.split(ranks, np.cumsum(list(sizes.values()))[:-1])
    means = {key: float(part.mean()) for key, part in zip(groups, parts, strict=True)}
    H = math.fsum(sizes[key] * (means[key] - (n + 1) / 2) ** 2 for key in groups) / spread
    return Result(
        test="kruskal_wallis",
        variant="chi_square",
        statistic=H,
        p=chi2_p(H, len(groups) - 1),
        superiority=None,
        shift=None,
        pairs=_dunn(means, sizes, spread),
        effect=H / (n - 1),
        counts=sizes,
        n=n,
        missing=missing,
    )


def _dunn(
    means: dict[Any, float], sizes: dict[Any, int], spread: float
) -> tuple[tuple[Any, Any, float, float, float], ...]:
    """(group, group, z, p, p adjusted by Holm) of each pair; `spread` is the variance of all ranks."""
    tests = [
        (a, b, (means[b] - means[a]) / math.sqrt(spread * (1 / sizes[a] + 1 / sizes[b])))
        for a, b in combinations(means, 2)
    ]
    p_values = [two_sided_p(z) for *_, z in tests]
    return tuple((*one, p, adj) for one, p, adj in zip(tests, p_values, holm(p_values), strict=True))


def friedman(rows: Any) -> Result:
    """One row a respondent, one column a treatment; `effect` is Kendall's W."""
    import numpy as np
    from scipy.stats import rankdata

    table = matrix(rows, field="rows", least=2)
    n, k = table.shape
    if k < 2:
        raise MethodError("too_few_groups", field="rows", n=k, least=2)
    ranks = rankdata(table, axis=1)
    ties = sum(
        float((counts**3 - counts).sum()) for row in ranks for counts in (np.unique(row, return_counts=True)[1],)
    )
    spread = n * k * (k + 1) / 12 - ties / (12 * (k - 1))
    if spread <= 0:
        raise MethodError("no_spread", field="rows")
    statistic = float(((ranks.sum(axis=0) - n * (k + 1) / 2) ** 2).sum()) / spread
    return Result(
        test="friedman",
        variant="chi_square",
        statistic=statistic,
        p=chi2_p(statistic, k - 1),
        superiority=None,
        shift=None,
        pairs=(),
        effect=statistic / (n * (k - 1)),
        counts={"rows": n, "columns": k},
        n=n,
        missing=0,
    )
