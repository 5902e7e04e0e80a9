"""Multinomial logit by Newton's method: exact in a handful of steps, because the log likelihood is concave.

statsmodels' ConditionalLogit takes seconds for what this does in milliseconds, and stops three digits early.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.method import MethodError

STEPS, STILL, SINGULAR, RUNAWAY = 60, 1e-11, 1e-10, 1e-7


@dataclass(frozen=True)
class Fit:
    """Coefficients with their covariance (arrays in the order of the names) and the log likelihoods."""

    coef: Any
    cov: Any
    loglik: float
    loglik0: float


def fit(x: Any, starts: Any, chosen: Any, names: Sequence[str]) -> Fit:
    """Fit choices. Rows of `x` are alternatives, `starts` the first row of each set, `chosen` how often each was taken.

    Codes: not_identified (an effect that no choice set shows apart) and separation (choices it explains completely,
    so that no finite coefficient exists), each with the name of the effect.
    """
    import numpy as np

    problem = _Problem(x, starts, chosen)
    coef = np.zeros(x.shape[1])
    loglik0, slope, curvature = problem.at(coef)
    scale = _scale(curvature, names)
    loglik = loglik0
    for _ in range(STEPS):
        step = np.linalg.lstsq(curvature, slope, rcond=None)[0]
        loglik, slope, curvature, coef, moved = _halved(problem, coef, step, loglik)
        if np.abs(moved * scale).max(initial=0.0) < STILL * (1 + np.abs(coef * scale).max(initial=0.0)):
            break
    _refuse_singular(curvature / np.outer(scale, scale), RUNAWAY, "separation", names)
    return Fit(coef, np.linalg.inv(curvature), loglik, loglik0)


class _Problem:
    def __init__(self, x: Any, starts: Any, chosen: Any) -> None:
        import numpy as np

        self.x, self.starts, self.chosen = x, starts, chosen
        self.sizes = np.diff(np.append(starts, len(x)))
        self.taken = np.add.reduceat(chosen, starts)

    def at(self, coef: Any) -> tuple[float, Any, Any]:
        """Log likelihood, its slope, and its curvature turned positive."""
        import numpy as np

        utility = self.x @ coef
        utility = utility - np.repeat(np.maximum.reduceat(utility, self.starts), self.sizes)
        weight = np.exp(utility)
        totals = np.add.reduceat(weight, self.starts)
        share = weight / np.repeat(totals, self.sizes)
        loglik = float(self.chosen @ utility - self.taken @ np.log(totals))
        expected = share * np.repeat(self.taken, self.sizes)
        means = np.add.reduceat(self.x * share[:, None], self.starts)
        curvature = (self.x * expected[:, None]).T @ self.x - (means * self.taken[:, None]).T @ means
        return loglik, self.x.T @ (self.chosen - expected), curvature


def _halved(problem: _Problem, coef: Any, step: Any, loglik: float) -> tuple[float, Any, Any, Any, Any]:
    """The step, halved until the likelihood no longer falls."""
    for _ in range(30):
        value, slope, curvature = problem.at(coef + step)
        if value >= loglik - 1e-12 * abs(loglik):
            return value, slope, curvature, coef + step, step
        step = step / 2
    value, slope, curvature = problem.at(coef)
    return value, slope, curvature, coef, step * 0


def _scale(curvature: Any, names: Sequence[str]) -> Any:
    import numpy as np

    spread = np.diag(curvature)
    flat = spread <= 1e-12 * max(1.0, float(spread.max(initial=0.0)))
    if flat.any():
        raise MethodError("not_identified", field=names[int(np.argmax(flat))])
    scale = np.sqrt(spread)
    _refuse_singular(curvature / np.outer(scale, scale), SINGULAR, "not_identified", names)
    return scale


def _refuse_singular(scaled: Any, floor: float, code: str, names: Sequence[str]) -> None:
    import numpy as np

    values, vectors = np.linalg.eigh(scaled)
    if len(values) and values[0] < floor:
        raise MethodError(code, field=names[int(np.argmax(np.abs(vectors[:, 0])))])
