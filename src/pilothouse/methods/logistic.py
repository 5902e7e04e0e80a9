"""Logistic regression: what makes a yes more likely?

Question: by what factor do the odds of a yes (bought, left, clicked) change with each explanation?
Not for: explanations that split yes from no without a remainder: no finite answer exists, and the method says so.
Sample: about 10 of the rarer answer for every column.

    >>> rows = [{"left": y, "visits": x} for x, y in enumerate([1, 1, 0, 1, 0, 1, 0, 0, 1, 0])]
    >>> result = analyse(rows, formula="left ~ visits")
    >>> result.names[1], round(result.params[1], 4), round(result.odds_ratio[1], 4), round(result.dev, 3)
    ('visits', -0.2936, 0.7456, 12.326)

Source: D. R. Cox, JRSS-B 20, 1958; P. McCullagh and J. Nelder, Generalized Linear Models, 1989 (iterated least
squares); A. Albert and J. Anderson, Biometrika 71, 1984 (separation), detected by K. Konis' linear programme, 2007.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.design import Design, design
from pilothouse.methods.fitting.least import Fit, fit
from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.intervals import chi2_p, two_sided_p, z_value
from pilothouse.methods.shared.method import MethodError

STEPS = 50


@dataclass(frozen=True)
class Result:
    """`coef` rows are estimate, standard error, z, p. `dev` and `null` are deviances with and without explanations.

    `lr` is the likelihood-ratio test of all explanations: statistic, df, p. `events` counts the yes rows.
    """

    names: tuple[str, ...]
    coef: tuple[tuple[float, float, float, float], ...]
    params: tuple[float, ...]
    ci: tuple[tuple[float, float], ...]
    odds_ratio: tuple[float, ...]
    odds_ci: tuple[tuple[float, float], ...]
    dev: float
    null: float
    aic: float
    loglik: float
    mcfadden: float
    lr: tuple[float, int, float]
    events: int
    steps: int
    n: int
    missing: int


def analyse(data: Any, *, formula: str, factors: Sequence[str] = (), confidence: float = 0.95) -> Result:
    """Fit "y ~ a + factor(b)" with y of 0 and 1.

    Refuses with "separation" (and the columns) when no finite fit exists.
    """
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    made = design(data, formula, factors=factors)
    _check(made)
    weighted, steps = fitted(made)
    return _summary(made, weighted, steps, z_value(confidence))


def _check(made: Design) -> None:
    for row, y in zip(made.kept, made.y, strict=True):
        if y not in (0, 1):
            raise MethodError("not_zero_or_one", field=made.response, row=row, value=float(y))
    if made.y.min() == made.y.max():
        raise MethodError("no_spread", field=made.response)


def fitted(made: Design) -> tuple[Fit, int]:
    """Newton's method as repeated weighted least squares; a step that does not help is halved."""
    import numpy as np

    X = np.asarray(made.X, dtype=float)
    beta, deviance = np.zeros(X.shape[1]), deviance_of(np.zeros(len(made.y)), made.y)
    for step in range(1, STEPS + 1):
        weighted = _weighted(X, made, beta)
        following = weighted.params
        while (found := deviance_of(X @ following, made.y)) > deviance * (1 + 1e-12) and step > 1:
            following = (following + beta) / 2
            if np.allclose(following, beta, rtol=1e-14, atol=0):
                break
        change, beta, deviance = abs(deviance - found), following, found
        if np.abs(X @ beta).max() > 20 or deviance < 1e-8:
            refuse_separation(X, made.y, made.names)
        if change <= 1e-14 * (deviance + 0.1):
            return _weighted(X, made, beta), step
    refuse_separation(X, made.y, made.names)
    raise MethodError("no_convergence", field="formula", steps=STEPS)


def _weighted(X: Any, made: Design, beta: Any) -> Fit:
    """The least-squares problem whose answer is the next step."""
    import numpy as np

    eta = X @ beta
    share = probability(eta)
    root = np.sqrt(np.maximum(share * (1 - share), 1e-30))
    return fit(X * root[:, None], root * eta + (made.y - share) / root, made.names, intercept=made.intercept)


def probability(eta: Any) -> Any:
    import numpy as np

    small = np.exp(-np.abs(eta))
    return np.where(eta >= 0, 1, small) / (1 + small)


def deviance_of(eta: Any, y: Any) -> float:
    """-2 log likelihood, safe far out."""
    import numpy as np

    return 2 * math.fsum(np.logaddexp(0, np.where(y == 1, -eta, eta)))


def refuse_separation(X: Any, y: Any, names: Sequence[str]) -> None:
    """Is there a direction that no row contradicts and some row supports? Then the likelihood has no maximum."""
    import numpy as np
    from scipy.optimize import linprog

    signed = X * np.where(y == 1, 1.0, -1.0)[:, None]
    signed = signed / np.abs(signed).max(axis=0)
    found = linprog(-signed.sum(axis=0), A_ub=-signed, b_ub=np.zeros(len(y)), bounds=[(-1, 1)] * X.shape[1])
    if found.status == 0 and -found.fun > 1e-7:
        columns = tuple(name for name, weight in zip(names, found.x, strict=True) if abs(weight) > 1e-9)
        raise MethodError("separation", field=columns[-1], columns=columns)


def _summary(made: Design, weighted: Fit, steps: int, z: float) -> Result:
    import numpy as np

    beta, se = weighted.params, np.sqrt(np.diag(weighted.bread))
    dev = deviance_of(np.asarray(made.X, dtype=float) @ beta, made.y)
    events = int(made.y.sum())
    null = null_deviance(events, len(made.y)) if made.intercept else deviance_of(np.zeros(len(made.y)), made.y)
    slopes = len(beta) - made.intercept
    ci = [(b - z * s, b + z * s) for b, s in zip(beta.tolist(), se.tolist(), strict=True)]
    return Result(
        names=made.names,
        coef=tuple((b, s, b / s, two_sided_p(b / s)) for b, s in zip(beta.tolist(), se.tolist(), strict=True)),
        params=tuple(beta.tolist()),
        ci=tuple(ci),
        odds_ratio=tuple(np.exp(beta).tolist()),
        odds_ci=tuple(tuple(np.exp(pair).tolist()) for pair in ci),
        dev=dev,
        null=null,
        aic=dev + 2 * len(beta),
        loglik=-dev / 2,
        mcfadden=1 - dev / null,
        lr=(null - dev, slopes, chi2_p(null - dev, slopes)),
        events=events,
        steps=steps,
        n=len(made.y),
        missing=made.missing,
    )


def null_deviance(events: int, n: int) -> float:
    share = events / n
    return -2 * (events * math.log(share) + (n - events) * math.log1p(-share))
