"""Cluster-robust regression: standard errors that know rows of the same user are not independent.

Question: what is the effect, when rows come in groups (users, firms, days) that share their luck?
Not for: fewer than about 40 clusters without a look at the CR2 errors; it corrects the error, not the estimate.
Sample: 40 or more clusters on every side.

    >>> rows = [{"y": u % 7 + (u % 3) * d, "x": d, "user": u} for u in range(12) for d in (0, 1, 2)]
    >>> result = analyse(rows, formula="y ~ x", clusters=["user"])
    >>> round(result.coef[1], 4), [round(result.se[kind][1], 4) for kind in ("classical", "user")], result.groups
    (1.0, [0.4548, 0.2498], {'user': 12})

Source: K.-Y. Liang and S. Zeger, Biometrika 73, 1986; M. Petersen, Review of Financial Studies 22, 2009 (two-way,
and the test data); A. C. Cameron, J. Gelbach and D. Miller, JBES 29, 2011; R. Bell and D. McCaffrey, Survey
Methodology 28, 2002 (CR2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods import ols
from pilothouse.methods.fitting.design import design
from pilothouse.methods.fitting.least import Fit, fit
from pilothouse.methods.shared.checks import sequence
from pilothouse.methods.shared.intervals import t_value
from pilothouse.methods.shared.keys import keys
from pilothouse.methods.shared.method import MethodError

FEW = 40


@dataclass(frozen=True)
class Result:
    """`se` by kind: "classical", "hc0", "hc1", each cluster, "cr2" of the first cluster, and "both" for two clusters.

    `t`, `p` and `ci` use the widest clustering asked for, with G - 1 degrees of freedom of the smallest. Flags:
    "few_clusters", and "not_positive" when the two-way variance had to be cut at zero.
    """

    names: tuple[str, ...]
    coef: tuple[float, ...]
    se: dict[str, tuple[float, ...]]
    t: tuple[float | None, ...]
    p: tuple[float | None, ...]
    ci: tuple[tuple[float, float], ...]
    groups: dict[str, int]
    flags: tuple[str, ...]
    n: int
    missing: int


def analyse(
    data: Any, *, formula: str, clusters: Sequence[str], factors: Sequence[str] = (), confidence: float = 0.95
) -> Result:
    """Fit the formula and give errors by one or two columns of clusters."""
    import numpy as np

    named = [clusters] if isinstance(clusters, str) else [str(name) for name in sequence(clusters, field="clusters")]
    if len(named) not in (1, 2):
        raise MethodError("wrong_count", field="clusters", n=len(named), least=1, most=2)
    made = design(data, formula, factors=factors, also=named)
    fitted = fit(made.X, made.y, made.names, intercept=made.intercept)
    codes = {name: coded(made.rest[name]) for name in named}
    groups = {name: int(code.max()) + 1 for name, code in codes.items()}
    for name, size in groups.items():
        if size < 2:
            raise MethodError("one_cluster", field=name)
    variances = _variances(fitted, codes)
    diagonals = {kind: np.diag(variance) for kind, variance in variances.items()}
    se = {kind: np.sqrt(np.maximum(diagonal, 0)) for kind, diagonal in diagonals.items()}
    main = se["both" if len(named) == 2 else named[0]]
    df = min(groups.values()) - 1
    t = tuple(float(b / s) if s else None for b, s in zip(fitted.params, main, strict=True))
    half = t_value(df, confidence) * main
    cut = any((diagonal < 0).any() for diagonal in diagonals.values())
    return Result(
        names=fitted.names,
        coef=tuple(fitted.params.tolist()),
        se={kind: tuple(values.tolist()) for kind, values in se.items()},
        t=t,
        p=tuple(None if one is None else ols.t_p(one, df) for one in t),
        ci=tuple(zip((fitted.params - half).tolist(), (fitted.params + half).tolist(), strict=True)),
        groups=groups,
        flags=("few_clusters",) * (min(groups.values()) < FEW) + ("not_positive",) * cut,
        n=fitted.n,
        missing=made.missing,
    )


def _variances(fitted: Fit, codes: dict[str, Any]) -> dict[str, Any]:
    found = {kind: fitted.covariance(kind) for kind in ("classical", "hc0", "hc1")}
    found |= {name: clustered(fitted, code) for name, code in codes.items()}
    first, *second = codes
    found["cr2"] = cr2(fitted, codes[first])
    if second:
        crossed = coded(list(zip(codes[first].tolist(), codes[second[0]].tolist(), strict=True)))
        found["both"] = found[first] + found[second[0]] - clustered(fitted, crossed)
    return found


def coded(cells: Sequence[Any]) -> Any:
    """Clusters as 0, 1, 2, ... in order of appearance."""
    import numpy as np

    seen: dict[Any, int] = {}
    return np.array([seen.setdefault(cell, len(seen)) for cell in keys(cells, field="clusters")])


def clustered(fitted: Fit, code: Any) -> Any:
    """Scores summed by cluster, with the small-sample factor G/(G-1) (N-1)/(N-k)."""
    import numpy as np

    count = int(code.max()) + 1
    scores = np.zeros((count, fitted.k))
    np.add.at(scores, code, fitted.q * fitted.residuals[:, None])
    factor = count / (count - 1) * (fitted.n - 1) / fitted.df
    return factor * fitted.sandwich(scores.T @ scores)


def cr2(fitted: Fit, code: Any) -> Any:
    """Bell and McCaffrey: residuals of a cluster scaled by (I - H)^(-1/2), unbiased when errors are equal."""
    import numpy as np

    order = np.argsort(code, kind="stable")
    meat = np.zeros((fitted.k, fitted.k))
    for rows in np.split(order, np.flatnonzero(np.diff(code[order])) + 1):
        score = _adjusted(fitted.q[rows], fitted.residuals[rows])
        meat += np.outer(score, score)
    return fitted.sandwich(meat)


def _adjusted(q: Any, residuals: Any) -> Any:
    """q' (I - q q')^(-1/2) e through the singular values of q, so that a large cluster costs no large matrix."""
    import numpy as np

    u, s, vt = np.linalg.svd(q, full_matrices=False)
    left = 1 - s**2
    weights = np.where(left > 1e-12, s / np.sqrt(np.where(left > 1e-12, left, 1)), 0.0)
    return vt.T @ (weights * (u.T @ residuals))
