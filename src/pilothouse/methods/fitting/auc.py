"""How well probabilities tell two groups apart, and how far they can be believed."""

from __future__ import annotations

import math
from typing import Any

from pilothouse.methods.shared.intervals import clipped


def auc(said: Any, happened: Any) -> float:
    """The chance that one who left was given a higher probability than one who stayed; equals count half."""
    import numpy as np

    _, place, counts = np.unique(said, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[place]
    events = float(happened.sum())
    others = len(happened) - events
    return float((ranks[happened == 1].sum() - events * (events + 1) / 2) / (events * others))


def auc_interval(area: float, events: int, others: int, z: float) -> tuple[float, float]:
    """Hanley and McNeil's standard error."""
    q1, q2 = area / (2 - area), 2 * area**2 / (1 + area)
    variance = area * (1 - area) + (events - 1) * (q1 - area**2) + (others - 1) * (q2 - area**2)
    half = z * math.sqrt(max(variance, 0.0) / (events * others))
    return clipped(area - half, area + half)


def folds_of(happened: Any, folds: int, rng: Any) -> Any:
    """A fold per row, leavers and stayers spread evenly."""
    import numpy as np

    fold = np.empty(len(happened), dtype=int)
    for value in (0, 1):
        rows = rng.permutation(np.flatnonzero(happened == value))
        fold[rows] = np.arange(len(rows)) % folds
    return fold


def calibration_line(said: Any, happened: Any) -> tuple[float | None, float | None]:
    """Intercept and slope of a logistic fit of what happened on the logit of what was said; None where there is
    none."""
    import numpy as np

    p = np.clip(said, 1e-12, 1 - 1e-12)
    design = np.column_stack([np.ones(len(p)), np.log(p / (1 - p))])
    beta = np.array([0.0, 1.0])
    for _ in range(50):
        share = 1 / (1 + np.exp(-np.clip(design @ beta, -500, 500)))
        curvature = design.T @ (design * (share * (1 - share))[:, None])
        if np.linalg.cond(curvature) > 1e12:
            return None, None
        step = np.linalg.solve(curvature, design.T @ (happened - share))
        beta = beta + np.clip(step, -5, 5)
        if np.abs(step).max() < 1e-10:
            return float(beta[0]), float(beta[1])
    return None, None
