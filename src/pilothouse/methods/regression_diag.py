"""Regression diagnostics: may the numbers of a linear regression be believed?

Question: do explanations overlap, does the scatter change along the way, do neighbours follow each other, and which
rows carry the result?
Not for: deciding which columns to keep; a clean diagnosis does not make a cause.
Sample: as for the regression itself.

    >>> rows = [{"speed": s, "dist": d} for s, d in ((4, 2), (4, 10), (7, 4), (7, 22), (8, 16), (9, 10), (10, 18))]
    >>> result = analyse(rows, formula="dist ~ speed")
    >>> round(result.r2, 3), [round(value, 2) for value in result.hc3], round(result.dw, 2), result.vif
    (0.282, [8.56, 1.05], 2.88, {})

Source: D. Belsley, E. Kuh and R. Welsch, Regression Diagnostics, 1980 (VIF); R. D. Cook, Technometrics 19, 1977; R.
Koenker, J. Econometrics 17, 1981 (studentized Breusch-Pagan); J. Durbin and G. Watson, Biometrika 37, 1950; H.
White, 1980.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods import ols
from pilothouse.methods.fitting.least import Fit, fit
from pilothouse.methods.shared.intervals import chi2_p


@dataclass(frozen=True)
class Result:
    """`coef` rows are estimate, standard error, t, p; `hc0` to `hc3` are robust standard errors.

    `vif` is empty with a single explanation. `bp` is the statistic and p of changing scatter (None when not testable);
    `cook`, `leverage` and `studentized` have one entry a complete row, `rows` says which; `influential` lists rows with
    Cook's distance over 4/n.
    """

    names: tuple[str, ...]
    coef: tuple[tuple[float | None, ...], ...]
    r2: float | None
    adj: float | None
    sigma: float
    F: tuple[float | None, int, int]
    vif: dict[str, float]
    hc0: tuple[float, ...]
    hc1: tuple[float, ...]
    hc2: tuple[float, ...]
    hc3: tuple[float, ...]
    bp: tuple[float | None, float | None]
    dw: float | None
    cook: tuple[float, ...]
    leverage: tuple[float, ...]
    studentized: tuple[float | None, ...]
    rows: tuple[int, ...]
    influential: tuple[int, ...]
    flags: tuple[str, ...]
    n: int
    missing: int


def analyse(data: Any, *, formula: str, factors: Sequence[str] = ()) -> Result:
    """Fit the formula and look at the fit from every side."""
    from pilothouse.methods.fitting.design import design

    made = design(data, formula, factors=factors)
    fitted = fit(made.X, made.y, made.names, intercept=made.intercept)
    table = ols.summary(fitted)
    distances = cook(fitted)
    return Result(
        names=fitted.names,
        coef=tuple(zip(table.params, table.se, table.t, table.p, strict=True)),
        r2=table.r2,
        adj=table.adj,
        sigma=table.resid_sd,
        F=table.F,
        vif=vif(fitted),
        **{kind: ols.summary(fitted, errors=kind).se for kind in ("hc0", "hc1", "hc2", "hc3")},
        bp=breusch_pagan(fitted),
        dw=durbin_watson(fitted),
        cook=distances,
        leverage=tuple(fitted.leverage.tolist()),
        studentized=studentized(fitted),
        rows=made.kept,
        influential=tuple(row for row, d in zip(made.kept, distances, strict=True) if d > 4 / fitted.n),
        flags=table.flags,
        n=fitted.n,
        missing=made.missing,
    )


def vif(fitted: Fit) -> dict[str, float]:
    """1 / (1 - R²) of each column on the others, the intercept among them."""
    import numpy as np

    if not fitted.intercept or fitted.k < 3:
        return {}
    X = fitted.X[:, 1:] - fitted.X[:, 1:].mean(axis=0)
    X = X / np.linalg.norm(X, axis=0)
    inverse = np.linalg.inv(np.linalg.qr(X)[1])
    return dict(zip(fitted.names[1:], ((inverse**2).sum(axis=1)).tolist(), strict=True))


def breusch_pagan(fitted: Fit) -> tuple[float | None, float | None]:
    """Koenker's form: n R² of the squared residuals on the columns."""
    slopes = fitted.k - fitted.intercept
    if fitted.rss == 0 or not fitted.intercept or not slopes:
        return None, None
    squares = fitted.residuals**2
    around = squares - squares.mean()
    explained = ((fitted.q.T @ around) ** 2).sum() / (around**2).sum()
    statistic = fitted.n * float(explained)
    return statistic, chi2_p(statistic, slopes)


def durbin_watson(fitted: Fit) -> float | None:
    """Near 2 when neighbours are independent, towards 0 when each follows the last."""
    import numpy as np

    return math.fsum(np.diff(fitted.residuals) ** 2) / fitted.rss if fitted.rss else None


def cook(fitted: Fit) -> tuple[float, ...]:
    """How far the coefficients move when a row is left out."""
    import numpy as np

    if fitted.rss == 0:
        return (0.0,) * fitted.n
    away = np.maximum(1 - fitted.leverage, 1e-15)
    distances = fitted.residuals**2 / (fitted.k * fitted.sigma2) * fitted.leverage / away**2
    return tuple(distances.tolist())


def studentized(fitted: Fit) -> tuple[float | None, ...]:
    """Each residual in its own standard error, the row itself left out of the variance."""
    import numpy as np

    away = 1 - fitted.leverage
    if fitted.rss == 0 or fitted.df < 2:
        return (None,) * fitted.n
    with np.errstate(divide="ignore", invalid="ignore"):
        left_out = (fitted.rss - fitted.residuals**2 / away) / (fitted.df - 1)
        scores = fitted.residuals / np.sqrt(left_out * away)
    return tuple(float(one) if math.isfinite(one) else None for one in scores)
