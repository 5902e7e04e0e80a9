"""Linear regression: how much the outcome changes with each explanation, the others held still.

Question: by how much does y go up when x goes up by one, and how sure is that?
Not for: yes/no outcomes (logistic), repeated rows of the same user (cluster_robust), or proof of cause.
Sample: at least 10 to 20 rows a column; more rows than columns is the bare minimum.

    >>> result = analyse([[1, 1], [3, 2], [2, 3], [5, 4], [4, 5]], model="linear")
    >>> result.names, [round(value, 3) for value in result.params], round(result.r2, 3)
    (('(intercept)', 'x'), [0.6, 0.8], 0.64)
    >>> analyse([{"y": 1, "a": 1}, {"y": 3, "a": 2}, {"y": 2, "a": None}, {"y": 5, "a": 4}], formula="y ~ a").missing
    1

Source: A. Björck, Numerical Methods for Least Squares Problems, 1996 (QR and refinement; checked on the NIST StRD
linear sets); H. White, Econometrica 48, 1980 and J. MacKinnon and H. White, J. Econometrics 29, 1985 (HC0 to HC3).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.design import INTERCEPT, design, raised
from pilothouse.methods.fitting.least import Fit, fit
from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.intervals import t_value
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import columns as read_columns
from pilothouse.methods.shared.tables import complete, numeric

ERRORS = ("classical", "hc0", "hc1", "hc2", "hc3")
ILL_CONDITIONED = 1e7


@dataclass(frozen=True)
class Result:
    """One entry a column in `params`, `se`, `t`, `p` and `ci`, named by `names`.

    `r2` is about zero when there is no intercept. `flags`: "ill_conditioned" (the columns nearly repeat each other),
    "perfect_fit" (nothing is left to estimate an error from: t and p are None).
    """

    names: tuple[str, ...]
    params: tuple[float, ...]
    se: tuple[float, ...]
    t: tuple[float | None, ...]
    p: tuple[float | None, ...]
    ci: tuple[tuple[float, float], ...]
    r2: float | None
    adj: float | None
    resid_sd: float
    F: tuple[float | None, int, int]
    F_p: float | None
    df_resid: int
    errors: str
    condition: float
    flags: tuple[str, ...]
    n: int
    missing: int


def analyse(
    rows: Any,
    *,
    formula: str | None = None,
    model: str | None = None,
    columns: Any = None,
    factors: Sequence[str] = (),
    errors: str = "classical",
    confidence: float = 0.95,
) -> Result:
    """Fit by formula ("y ~ a + factor(b)"), or bare rows with y first by `model`.

    `model` is "linear", "noint" (through the origin), "polyK" (powers of one x up to K) or "multiK" (K columns);
    without either, the first column is explained by all others. `columns` names the columns of bare rows.
    """
    one_of(errors, ERRORS, field="errors")
    fitted, missing = prepared(rows, formula=formula, model=model, columns=columns, factors=factors)
    return summary(fitted, errors=errors, confidence=confidence, missing=missing)


def prepared(
    rows: Any, *, formula: str | None, model: str | None = None, columns: Any = None, factors: Sequence[str] = ()
) -> tuple[Fit, int]:
    """The fit and how many rows had gaps."""
    if formula is not None:
        made = design(rows, formula, factors=factors)
        return fit(made.X, made.y, made.names, intercept=made.intercept), made.missing
    found = complete(rows)
    names = _names(columns, list(read_columns(rows)))
    filled = numeric(found)
    if filled.shape[1] < 2:
        raise MethodError("no_terms", field="rows")
    X, terms, intercept = _matrix(filled[:, 1:], names[1:], model or f"multi{filled.shape[1] - 1}")
    return fit(X, filled[:, 0], terms, intercept=intercept), found.missing


def _names(columns: Any, found: list[str]) -> list[str]:
    """Names given as a list or as text ("y, x..."); bare rows without names are y, x or y, x1, x2, ..."""
    given = [part.strip() for part in columns.split(",")] if isinstance(columns, str) else list(columns or ())
    if len(given) == len(found) and not any(str(name).endswith("...") for name in given):
        return [str(name) for name in given]
    if found[0] != "0":
        return found
    return ["y", "x"] if len(found) == 2 else ["y", *(f"x{place}" for place in range(1, len(found)))]


def _matrix(x: Any, names: list[str], model: str) -> tuple[Any, list[str], bool]:
    import numpy as np

    matched = re.fullmatch(r"(linear|noint)|(poly|multi)(\d+)", str(model))
    if not matched:
        raise MethodError("not_one_of", field="model", value=model, choices=("linear", "noint", "polyK", "multiK"))
    kind, size = matched.group(1) or matched.group(2), int(matched.group(3) or 1)
    if (kind == "multi" and size != x.shape[1]) or (kind != "multi" and x.shape[1] != 1):
        raise MethodError("different_length", field="rows", n=x.shape[1], expected=size if kind == "multi" else 1)
    if kind == "poly":
        powers = range(1, size + 1)
        x = np.array([raised(x[:, 0], power) for power in powers]).T
        names = [f"{names[0]}^{power}" if power > 1 else names[0] for power in powers]
    if kind == "noint":
        return x, names, False
    return np.column_stack([np.ones(len(x), dtype=x.dtype), x]), [INTERCEPT, *names], True


def summary(fitted: Fit, *, errors: str = "classical", confidence: float = 0.95, missing: int = 0) -> Result:
    """The table of a fit."""
    import numpy as np

    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    covariance = fitted.covariance(errors)
    se = np.sqrt(np.diag(covariance))
    t = tuple(float(b / s) if s else None for b, s in zip(fitted.params, se, strict=True))
    half = t_value(fitted.df, confidence) * se
    perfect = fitted.rss == 0
    r2 = 1 - fitted.rss / fitted.tss if fitted.tss else None
    statistic, F_p = _f_test(fitted)
    return Result(
        names=fitted.names,
        params=tuple(fitted.params.tolist()),
        se=tuple(se.tolist()),
        t=t,
        p=tuple(None if one is None else t_p(one, fitted.df) for one in t),
        ci=tuple(zip((fitted.params - half).tolist(), (fitted.params + half).tolist(), strict=True)),
        r2=r2,
        adj=1 - (1 - r2) * (fitted.n - fitted.intercept) / fitted.df if r2 is not None else None,
        resid_sd=math.sqrt(fitted.sigma2),
        F=(statistic, fitted.k - fitted.intercept, fitted.df),
        F_p=F_p,
        df_resid=fitted.df,
        errors=errors,
        condition=fitted.condition,
        flags=("perfect_fit",) * perfect + ("ill_conditioned",) * (fitted.condition > ILL_CONDITIONED),
        n=fitted.n,
        missing=missing,
    )


def t_p(t: float, df: float) -> float:
    """Two-sided."""
    from scipy.special import stdtr

    return 2 * float(stdtr(df, -abs(t)))


def _f_test(fitted: Fit) -> tuple[float | None, float | None]:
    """All slopes at once."""
    from scipy.special import fdtrc

    slopes = fitted.k - fitted.intercept
    if not slopes or not fitted.rss or not fitted.tss:
        return None, None
    statistic = (fitted.tss - fitted.rss) / slopes / fitted.sigma2
    return statistic, float(fdtrc(slopes, fitted.df, max(statistic, 0.0)))
