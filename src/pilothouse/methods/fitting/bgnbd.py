"""BG/NBD and gamma-gamma: likelihoods, their maxima, and what follows from the parameters."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.method import MethodError

BOUND = 14.0  # |log parameter|: beyond it the likelihood is flat and the model does not fit


@dataclass(frozen=True)
class BgNbd:
    """Purchases: gamma(r, alpha); leaving after a purchase: beta(a, b). `alpha` is in the unit of time."""

    r: float
    alpha: float
    a: float
    b: float
    loglik: float | None = None


@dataclass(frozen=True)
class GammaGamma:
    """Value of a purchase: gamma(p, nu) with nu gamma(q, v); `n` repeat customers. The mean is p v / (q - 1) if q >
    1."""

    p: float
    q: float
    v: float
    n: int = 0
    loglik: float | None = None

    @property
    def mean(self) -> float | None:
        return self.p * self.v / (self.q - 1) if self.q > 1 else None


def fit_bgnbd(x: Any, tx: Any, T: Any) -> BgNbd:
    """Time is brought to a mean of 1 for the search, so that any unit fits alike."""
    scale = float(T.mean())

    def minus(logs: Any) -> float:
        r, alpha, a, b = map(math.exp, logs)
        return -loglik_bgnbd(r, alpha, a, b, x, tx / scale, T / scale)

    r, alpha, a, b = _maximum(
        minus, ([0.0, 0.0, 0.0, 0.0], [-1.0, -1.0, 0.0, 1.0], [-1.0, 0.0, -2.0, 2.0]), "frequency"
    )
    fit = BgNbd(r, alpha * scale, a, b)
    return BgNbd(r, alpha * scale, a, b, loglik_bgnbd(fit.r, fit.alpha, fit.a, fit.b, x, tx, T))


def loglik_bgnbd(r: float, alpha: float, a: float, b: float, x: Any, tx: Any, T: Any) -> float:
    import numpy as np
    from scipy.special import betaln, gammaln

    rate = gammaln(r + x) - gammaln(r) + r * math.log(alpha)
    stays = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + T)
    again = np.where(x > 0, x, 1.0)
    left = np.where(x > 0, betaln(a + 1, b + again - 1) - betaln(a, b) - (r + x) * np.log(alpha + tx), -np.inf)
    return float((rate + np.logaddexp(stays, left)).sum())


def fit_gammagamma(x: Any, m: Any) -> GammaGamma:
    scale = float(m.mean())

    def minus(logs: Any) -> float:
        p, q, v = map(math.exp, logs)
        return -loglik_gammagamma(p, q, v, x, m / scale)

    p, q, v = _maximum(minus, ([1.0, 1.0, 0.0], [0.0, 0.5, 0.5], [2.0, 1.5, -1.0]), "avg_value")
    return GammaGamma(p, q, v * scale, len(x), loglik_gammagamma(p, q, v * scale, x, m))


def loglik_gammagamma(p: float, q: float, v: float, x: Any, m: Any) -> float:
    import numpy as np
    from scipy.special import gammaln

    px = p * x
    return float(
        (
            gammaln(px + q) - gammaln(px) - gammaln(q) + q * math.log(v) + (px - 1) * np.log(m) + px * np.log(x)
            - (px + q) * np.log(x * m + v)
        ).sum()
    )  # fmt: skip


def _maximum(minus: Callable[[Any], float], starts: tuple[list[float], ...], field: str) -> list[float]:
    """Down the slope from several starts, then the best of them once more without slopes."""
    import numpy as np
    from scipy.optimize import minimize

    bounds = [(-BOUND, BOUND)] * len(starts[0])
    with np.errstate(all="ignore"):
        tries = [minimize(minus, start, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-13}) for start in starts]
        near = min(tries, key=lambda one: one.fun).x
        options = {"maxiter": 400, "xatol": 1e-7, "fatol": 1e-9}
        tries.append(minimize(minus, near, method="Nelder-Mead", bounds=bounds, options=options))
    best = min(tries, key=lambda one: one.fun)
    if not math.isfinite(best.fun) or np.abs(best.x).max() > BOUND - 1e-3:
        raise MethodError("no_fit", field=field)
    return [math.exp(log) for log in best.x]


def alive(fit: BgNbd, x: Any, tx: Any, T: Any) -> Any:
    import numpy as np

    with np.errstate(over="ignore"):
        gone = fit.a / (fit.b + np.maximum(x, 1) - 1) * np.exp((fit.r + x) * np.log((fit.alpha + T) / (fit.alpha + tx)))
    return np.where(x > 0, 1 / (1 + gone), 1.0)


def purchases(fit: BgNbd, x: Any, tx: Any, T: Any, t: float) -> Any:
    """Euler's transformation keeps the arguments of the hypergeometric function small for any number of purchases."""
    fit = _beside_poles(fit)
    z = t / (fit.alpha + T + t)
    rest = _shrunk(fit, x, z)
    return (fit.a + fit.b + x - 1) / (fit.a - 1) * (1 - rest) * alive(fit, x, tx, T)


def _beside_poles(fit: BgNbd) -> BgNbd:
    """Two places divide nought by nought: a = 1, and a + b = 1 for those who never came back. Beside is as good."""
    a = 1 + 1e-7 if abs(fit.a - 1) < 1e-7 else fit.a
    b = 1 + 1e-7 - a if abs(a + fit.b - 1) < 1e-7 else fit.b
    return BgNbd(fit.r, fit.alpha, a, b)


def _shrunk(fit: BgNbd, x: Any, z: Any) -> Any:
    """((alpha+T)/(alpha+T+t))^(r+x) 2F1(r+x, b+x; a+b+x-1; z), rewritten; as it stands only where a is huge."""
    import numpy as np
    from scipy.special import hyp2f1

    last = fit.a + fit.b + x - 1
    with np.errstate(all="ignore"):
        found = (1 - z) ** (fit.a - 1) * hyp2f1(fit.a + fit.b - 1 - fit.r, fit.a - 1, last, z)
        if not np.isfinite(found).all():
            plain = (1 - z) ** (fit.r + x) * hyp2f1(fit.r + x, fit.b + x, last, z)
            found = np.where(np.isfinite(found), found, plain)
    return found


def repeat(fit: BgNbd, t: Any) -> Any:
    """Expected repeat purchases of somebody about whom nothing is known, up to each time."""
    fit = _beside_poles(fit)
    return (fit.a + fit.b - 1) / (fit.a - 1) * (1 - _shrunk(fit, 0.0, t / (fit.alpha + t)))


def average_value(fit: GammaGamma, x: Any, m: Any) -> Any:
    """Without repeats it is everybody's mean, which needs q > 1."""
    import numpy as np

    below = fit.p * x + fit.q - 1
    return np.where(below > 0, fit.p * (fit.v + x * m) / np.where(below > 0, below, 1.0), np.nan)
