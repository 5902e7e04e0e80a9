"""Least squares that keeps its digits: QR of unit-length columns, refined with residuals in extended precision."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pilothouse.methods.shared.method import MethodError

RANK_LIMIT = 1e-13
REFINE_UP_TO = 4_000_000


@dataclass(frozen=True)
class Fit:
    """`root` is (X'X)^(-1/2) in the units of the columns: root @ root.T is the covariance without its variance."""

    names: tuple[str, ...]
    params: Any
    residuals: Any
    fitted: Any
    q: Any
    root: Any
    X: Any
    condition: float
    intercept: bool

    @property
    def n(self) -> int:
        return len(self.residuals)

    @property
    def k(self) -> int:
        return len(self.params)

    @property
    def df(self) -> int:
        return self.n - self.k

    @cached_property
    def rss(self) -> float:
        return math.fsum(self.residuals**2)

    @cached_property
    def tss(self) -> float:
        """About the mean with an intercept, about zero without one."""
        y = self.fitted + self.residuals
        return math.fsum((y - math.fsum(y) / self.n) ** 2) if self.intercept else math.fsum(y**2)

    @property
    def sigma2(self) -> float:
        return self.rss / self.df

    @cached_property
    def leverage(self) -> Any:
        return (self.q**2).sum(axis=1)

    @property
    def bread(self) -> Any:
        return self.root @ self.root.T

    def covariance(self, kind: str = "classical") -> Any:
        """Classical, or White's HC0 to HC3."""
        if kind == "classical":
            return self.bread * self.sigma2
        weights = self.residuals**2 / (1 - self.leverage) ** {"hc2": 1, "hc3": 2}.get(kind, 0)
        factor = self.n / self.df if kind == "hc1" else 1.0
        return factor * self.sandwich((self.q * weights[:, None]).T @ self.q)

    def sandwich(self, meat: Any) -> Any:
        """Covariance from a meat written in the orthonormal columns: root @ meat @ root.T loses no digits to X'X."""
        return self.root @ meat @ self.root.T


def fit(X: Any, y: Any, names: Sequence[str], *, intercept: bool) -> Fit:
    """Fit y on the columns of X; columns that others make up are refused by name ("collinear")."""
    import numpy as np

    n, k = X.shape
    if n <= k:
        raise MethodError("too_few", field="data", n=n, least=k + 1)
    scale = np.sqrt((np.asarray(X, dtype=float) ** 2).sum(axis=0))
    if not scale.all():
        raise MethodError("collinear", field=names[int(np.flatnonzero(scale == 0)[0])])
    scaled = X / scale
    q, r = np.linalg.qr(scaled.astype(float))
    diagonal = np.abs(np.diag(r))
    if diagonal.min() < RANK_LIMIT * max(1.0, math.sqrt(n)):
        raise MethodError("collinear", field=names[int(diagonal.argmin())])
    solved, residuals = _refined(scaled, q, r, np.asarray(y)) if n * k <= REFINE_UP_TO else _plain(scaled, q, r, y)
    residuals = _snapped(np.asarray(residuals, dtype=float), np.asarray(y, dtype=float))
    return Fit(
        names=tuple(names),
        params=np.asarray(solved / scale, dtype=float),
        residuals=residuals,
        fitted=np.asarray(y, dtype=float) - residuals,
        q=q,
        root=np.linalg.solve(r, np.eye(k)) / scale[:, None],
        X=np.asarray(X, dtype=float),
        condition=float(np.linalg.cond(r)),
        intercept=intercept,
    )


def _plain(X: Any, q: Any, r: Any, y: Any) -> tuple[Any, Any]:
    import numpy as np

    solved = np.linalg.solve(r, q.T @ np.asarray(y, dtype=float))
    return solved, y - X @ solved


def _refined(X: Any, q: Any, r: Any, y: Any) -> tuple[Any, Any]:
    """Björck's refinement of residuals and coefficients together, the misfit taken in extended precision."""
    import numpy as np

    solved, residuals = np.zeros(len(r), dtype=np.longdouble), np.zeros(len(y), dtype=np.longdouble)
    y = y.astype(np.longdouble)
    for _ in range(6):
        f = np.asarray(y - residuals - X @ solved, dtype=float)
        u = np.linalg.solve(r.T, np.asarray(-(X.T @ residuals), dtype=float))
        w = q.T @ f
        solved = solved + np.linalg.solve(r, w - u)
        residuals = residuals + (f - q @ (w - u))
    return solved, y - X @ solved


def _snapped(residuals: Any, y: Any) -> Any:
    """Residuals no larger than the rounding of y are none: a perfect fit has zero standard errors."""
    import numpy as np

    return np.zeros_like(residuals) if np.abs(residuals).max() <= 1e-12 * np.abs(y).max() else residuals
