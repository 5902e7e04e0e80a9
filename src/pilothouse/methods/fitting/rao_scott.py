"""Rao and Scott's second-order correction: chi-square for answers that carry weights or come in clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class RaoScott:
    """F with fractional degrees of freedom, and the mean design effect that it corrects for."""

    f: float
    ndf: float
    ddf: float
    p: float
    mean_deff: float
    clusters: int


def rao_scott(shares: Any, variance: Any, people: int, clusters: int) -> RaoScott:
    """The test R's svychisq makes by default, from weighted cell shares (rows x cols) and their covariance."""
    import numpy as np
    from scipy.special import fdtrc

    shape = shares.shape
    if clusters < 2 or min(shape) < 2:
        raise MethodError("too_few", field="clusters", n=clusters, least=2)
    contrasts = _interaction(*shape)
    flat = shares.ravel()
    inverse = np.divide(1, flat, out=np.zeros_like(flat), where=flat > 0)
    left = contrasts.T * inverse
    under_srs = left @ contrasts / people
    delta = np.linalg.solve(under_srs, left @ variance @ left.T)
    trace = float(np.trace(delta))
    expected = np.outer(shares.sum(axis=1), shares.sum(axis=0))
    chi2 = people * float(((shares - expected) ** 2 / expected).sum())
    ndf = trace**2 / float(np.trace(delta @ delta))
    ddf, f = ndf * (clusters - 1), chi2 / trace
    return RaoScott(f, ndf, ddf, float(fdtrc(ndf, ddf, f)), trace / contrasts.shape[1], clusters)


def from_sums(sums: Any, squares: Any, people: int, sampling_fraction: float) -> RaoScott:
    """Everybody answers for themselves: the covariance of the shares follows from each cell's sum of weights and of
    squared weights, because the linearised scores w(e - p) add up to nothing."""
    import numpy as np

    total = np.sum(sums)
    shares, own = np.asarray(sums, float) / total, np.ravel(squares) / total**2
    flat = shares.ravel()
    cross = np.outer(own, flat)
    scores = np.diag(own) - cross - cross.T + own.sum() * np.outer(flat, flat)
    return rao_scott(shares, (1 - sampling_fraction) * people / max(people - 1, 1) * scores, people, people)


def from_clusters(
    pairs: Sequence[tuple[Any, Any]],
    weights: Sequence[float],
    clusters: Sequence[Any],
    rows: Sequence[Any],
    cols: Sequence[Any],
    sampling_fraction: float,
) -> RaoScott:
    """People who came together vary together: the covariance is that between clusters."""
    import numpy as np

    place = {(a, b): i * len(cols) + j for i, a in enumerate(rows) for j, b in enumerate(cols)}
    cell = np.array([place[pair] for pair in pairs])
    group = {name: index for index, name in enumerate(dict.fromkeys(clusters))}
    member = np.array([group[name] for name in clusters])
    weight = np.array(weights) / sum(weights)
    shares = np.bincount(cell, weight, len(place))
    n = len(group)
    totals = np.bincount(member * len(place) + cell, weight, n * len(place)).reshape(n, -1)
    scores = totals - totals.sum(axis=1, keepdims=True) * shares
    scores = scores - scores.mean(axis=0)
    variance = (1 - sampling_fraction) * n / max(n - 1, 1) * scores.T @ scores
    return rao_scott(shares.reshape(len(rows), len(cols)), variance, len(pairs), n)


def _interaction(rows: int, cols: int) -> Any:
    """Contrasts for the interaction, without what rows and columns explain alone."""
    import numpy as np

    side = [np.eye(k)[:, 1:] for k in (rows, cols)]
    a, b = np.kron(side[0], np.ones((cols, 1))), np.kron(np.ones((rows, 1)), side[1])
    main = np.hstack([np.ones((rows * cols, 1)), a, b])
    both = np.einsum("ij,ik->ijk", a, b).reshape(rows * cols, -1)
    return both - main @ np.linalg.lstsq(main, both, rcond=None)[0]
