"""Alpha and omega: whether the questions of a scale measure one thing.

Question: may these answers be added up to one score, and which question does not belong?
Not for: lists of unlike things (formative indexes), single questions, or proof that there is only one factor.
Sample: 100 people and more; three questions and more for omega.

    >>> answers = {"a": [1, 2, 3, 4, 5], "b": [2, 2, 3, 5, 4], "c": [1, 3, 3, 4, 4]}
    >>> result = analyse(answers)
    >>> round(result.raw, 3), round(result.drop["a"], 3), result.n
    (0.938, 0.877, 5)

Turn reversed questions round first (`reverse` with `scale`): a negative item-rest correlation says one was forgotten.
With two questions read the Spearman-Brown coefficient.

Source: Cronbach, Psychometrika 16, 1951; Feldt, Psychometrika 30, 1965 (interval); Duhachek and Iacobucci, Journal of
Applied Psychology 89, 2004 (`ase`); Guttman, 1945 (lambda 6); McDonald, Test Theory, 1999 (omega, one-factor maximum
likelihood).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.factor import one_factor
from pilothouse.methods.shared.checks import one_of, sequence
from pilothouse.methods.shared.intervals import Interval
from pilothouse.methods.shared.items import confidence, span
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import complete, numeric

SMALL = 100


@dataclass(frozen=True)
class Omega:
    """McDonald's omega from correlations (`omega_std`) and from covariances. None in `omega_*` for a Heywood case.

    `p` tests whether one factor is enough (small: it is not).
    """

    omega_std: float | None
    omega_unstd: float | None
    std_loadings: dict[str, float]
    heywood: bool
    chi2: float
    df: int
    p: float


@dataclass(frozen=True)
class Result:
    """Alpha from covariances (`raw`) with Feldt's interval and from correlations (`std`); per item, alpha without it
    (`drop`) and its correlation with the rest (`r_drop`).

    `omega` is None for fewer than three items or where correlations are singular. `flags`: few_answers,
    reversed_item (a negative item-rest correlation).
    """

    raw: float
    std: float
    guttman6: float | None
    avg_r: float
    ase: float
    feldt: Interval
    drop: dict[str, float]
    r_drop: dict[str, float]
    spearman_brown: float | None
    omega: Omega | None
    k: int
    n: int
    missing: int
    flags: tuple[str, ...]


def analyse(
    answers: Any,
    *,
    items: Sequence[str] | None = None,
    reverse: Collection[str] = (),
    scale: tuple[float, float] | None = None,
    conf: float = 0.95,
) -> Result:
    """Read columns (or rows) of answers; people who left one out are counted as missing and not used.

    Items named in `reverse` are turned round on the scale.
    """
    import numpy as np

    found = complete(answers, items)
    names, x = list(found.columns), numeric(found)
    x = _turned(x, names, reverse, scale)
    _refuse_flat(x, names)
    n, k = x.shape
    cov, cor = np.cov(x.T), np.corrcoef(x.T)
    raw, avg_r = alpha(cov), float((cor.sum() - k) / (k * (k - 1)))
    total = x.sum(axis=1)
    rest = {name: _correlation(x[:, i], total - x[:, i]) for i, name in enumerate(names)}
    flags = {"few_answers": n < SMALL, "reversed_item": any(r < 0 for r in rest.values())}
    return Result(
        raw=raw,
        std=alpha(cor),
        guttman6=_guttman6(cor),
        avg_r=avg_r,
        ase=_ase(cov, n),
        feldt=_feldt(raw, n, k, confidence(conf)),
        drop={name: alpha(_without(cov, i)) for i, name in enumerate(names)} if k > 2 else {},
        r_drop=rest,
        spearman_brown=2 * avg_r / (1 + avg_r) if k == 2 and avg_r > -1 else None,
        omega=_omega(cor, x.std(axis=0, ddof=1), names, n),
        k=k,
        n=n,
        missing=found.missing,
        flags=tuple(flag for flag, holds in flags.items() if holds),
    )


def alpha(cov: Any) -> float:
    """k / (k - 1) of what the sum's variance holds beyond that of the items."""
    k = len(cov)
    return float(k / (k - 1) * (1 - cov.trace() / cov.sum()))


def _turned(x: Any, names: list[str], reverse: Collection[str], scale: tuple[float, float] | None) -> Any:
    for name in sequence(reverse, field="reverse", least_count=0):
        one_of(name, names, field="reverse")
        if scale is None:
            raise MethodError("no_scale", field="scale")
        low, high = span(scale, "scale")
        x[:, names.index(name)] = low + high - x[:, names.index(name)]
    return x


def _refuse_flat(x: Any, names: list[str]) -> None:
    n, k = x.shape
    if k < 2:
        raise MethodError("too_few", field="items", n=k, least=2)
    if n < 3:
        raise MethodError("too_few", field="answers", n=n, least=3)
    for i, name in enumerate(names):
        if (x[:, i] == x[0, i]).all():
            raise MethodError("constant_item", field=name)
    total = x.sum(axis=1)
    if total.var() <= 1e-24 * (1 + abs(total).max()) ** 2:
        raise MethodError("no_variance", field="items")


def _correlation(a: Any, b: Any) -> float:
    import numpy as np

    if b.std() <= 1e-12 * (1 + np.abs(b).max()):
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def _without(matrix: Any, i: int) -> Any:
    import numpy as np

    return np.delete(np.delete(matrix, i, axis=0), i, axis=1)


def _guttman6(cor: Any) -> float | None:
    import numpy as np

    if np.linalg.cond(cor) > 1e12:
        return None
    unexplained = 1 / np.diag(np.linalg.inv(cor))
    return float(1 - unexplained.sum() / cor.sum())


def _ase(cov: Any, n: int) -> float:
    k, total, trace = len(cov), float(cov.sum()), float(cov.trace())
    squared = cov @ cov
    inner = total * (squared.trace() + trace**2) - 2 * trace * squared.sum()
    return math.sqrt(max(0.0, 2 * k * k / ((k - 1) ** 2 * total**3) * float(inner)) / n)


def _feldt(raw: float, n: int, k: int, conf: float) -> Interval:
    from scipy.special import fdtri

    low, high = (float(fdtri(n - 1, (n - 1) * (k - 1), (1 + sign * conf) / 2)) for sign in (1, -1))
    return 1 - (1 - raw) * low, 1 - (1 - raw) * high


def _omega(cor: Any, sd: Any, names: list[str], n: int) -> Omega | None:
    import numpy as np

    if len(names) < 3 or np.linalg.cond(cor) > 1e10:
        return None
    fit = one_factor(cor, n)
    return Omega(
        omega_std=None if fit.heywood else _share(fit.loadings, fit.uniqueness),
        omega_unstd=None if fit.heywood else _share(fit.loadings * sd, fit.uniqueness * sd**2),
        std_loadings=dict(zip(names, fit.loadings.tolist(), strict=True)),
        heywood=fit.heywood,
        chi2=fit.chi2,
        df=fit.df,
        p=fit.p,
    )


def _share(loadings: Any, uniqueness: Any) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float(uniqueness.sum()))
