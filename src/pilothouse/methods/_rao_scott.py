"""Rao and Scott's second-order correction: chi-square for answers that carry weights or come in clusters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods._method import MethodError


@dataclass(frozen=True)
class RaoScott:
    """F with fractional degrees of freedom, and the mean design effect that it corrects for."""

    f: float
    ndf: float
    ddf: float
    p: float
    mean_deff: float
    clusters: int


def rao_scott(
    pairs: Sequence[tuple[Any, Any]],
    weights: Sequence[float],
    clusters: Sequence[Any],
    rows: Sequence[Any],
    cols: Sequence[Any],
    sampling_fraction: float,
) -> RaoScott:
    """The test R's svychisq makes by default; every answer is its own cluster unless told otherwise."""
    import numpy as np
    from scipy.special import fdtrc

    shares, variance, n_clusters = _cell_shares(pairs, weights, clusters, rows, cols, sampling_fraction)
    if n_clusters < 2 or len(rows) < 2 or len(cols) < 2:
        raise MethodError("too_few", field="clusters", n=n_clusters, least=2)
    contrasts = _interaction(len(rows), len(cols))
    inverse = np.divide(1, shares, out=np.zeros_like(shares), where=shares > 0)
    left = contrasts.T * inverse
    under_srs = left @ contrasts / len(pairs)
    delta = np.linalg.solve(under_srs, left @ variance @ left.T)
    trace = float(np.trace(delta))
    table = shares.reshape(len(rows), len(cols))
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    chi2 = len(pairs) * float(((table - expected) ** 2 / expected).sum())
    ndf = trace**2 / float(np.trace(delta @ delta))
    ddf, f = ndf * (n_clusters - 1), chi2 / trace
    return RaoScott(f, ndf, ddf, float(fdtrc(ndf, ddf, f)), trace / contrasts.shape[1], n_clusters)


def _cell_shares(
    pairs: Sequence[tuple[Any, Any]],
    weights: Sequence[float],
    clusters: Sequence[Any],
    rows: Sequence[Any],
    cols: Sequence[Any],
    sampling_fraction: float,
) -> tuple[Any, Any, int]:
    """Weighted cell shares with their linearised covariance between clusters."""
    import numpy as np

    place = {(a, b): i * len(cols) + j for i, a in enumerate(rows) for j, b in enumerate(cols)}
    cell = np.array([place[pair] for pair in pairs])
    group = {name: index for index, name in enumerate(dict.fromkeys(clusters))}
    member = np.array([group[name] for name in clusters])
    weight = np.array(weights) / sum(weights)
    shares = np.bincount(cell, weight, len(place))
    totals = np.zeros((len(group), len(place)))
    np.add.at(totals, (member, cell), weight)
    scores = totals - np.bincount(member, weight, len(group))[:, None] * shares
    n = len(group)
    scores = scores - scores.mean(axis=0)
    return shares, (1 - sampling_fraction) * n / max(n - 1, 1) * scores.T @ scores, n


def _interaction(rows: int, cols: int) -> Any:
    """Contrasts for the interaction, without what rows and columns explain alone."""
    import numpy as np

    side = [np.eye(k)[:, 1:] for k in (rows, cols)]
    a, b = np.kron(side[0], np.ones((cols, 1))), np.kron(np.ones((rows, 1)), side[1])
    main = np.hstack([np.ones((rows * cols, 1)), a, b])
    both = np.einsum("ij,ik->ijk", a, b).reshape(rows * cols, -1)
    return both - main @ np.linalg.lstsq(main, both, rcond=None)[0]
