"""One common factor by maximum likelihood, from a correlation matrix."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.intervals import chi2_p

LOWEST = 0.005


@dataclass(frozen=True)
class Factor:
    """Loadings and uniquenesses (arrays) and Bartlett's test of one factor; `heywood`: a uniqueness at its bound."""

    loadings: Any
    uniqueness: Any
    heywood: bool
    chi2: float
    df: int
    p: float


def one_factor(cor: Any, n: int) -> Factor:
    """Minimise the likelihood over uniquenesses, the loadings following from them (Joereskog 1967)."""
    import numpy as np
    from scipy.optimize import minimize

    k = len(cor)
    start = np.clip((1 - 0.5 / k) / np.diag(np.linalg.inv(cor)), LOWEST, 1)
    found = minimize(
        _deviance,
        start,
        args=(cor,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LOWEST, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000},
    )
    loadings = _loadings(found.x, cor)
    df = k * (k - 3) // 2
    chi2 = max(0.0, (n - 1 - (2 * k + 5) / 6 - 2 / 3) * float(found.fun))
    return Factor(
        loadings * (1 if loadings.sum() >= 0 else -1),
        found.x,
        bool((found.x <= LOWEST * 1.001).any()),
        chi2,
        df,
        chi2_p(chi2, df),
    )


def _deviance(uniqueness: Any, cor: Any) -> tuple[float, Any]:
    import numpy as np

    values = np.linalg.eigvalsh(cor / np.sqrt(np.outer(uniqueness, uniqueness)))[:-1]
    values = np.maximum(values, 1e-12)
    loadings = _loadings(uniqueness, cor)
    gap = np.outer(loadings, loadings) + np.diag(uniqueness) - cor
    return float((values - np.log(values) - 1).sum()), np.diag(gap) / uniqueness**2


def _loadings(uniqueness: Any, cor: Any) -> Any:
    import numpy as np

    values, vectors = np.linalg.eigh(cor / np.sqrt(np.outer(uniqueness, uniqueness)))
    return np.sqrt(uniqueness) * vectors[:, -1] * math.sqrt(max(float(values[-1]) - 1, 0.0))
