"""MDS: from how different things are to a map of them.

Question: where do products stand to each other, if all we know is how alike people find them?
Not for: reading the axes (they have no meaning of their own), or maps whose fit is poor: look at `GOF` and `stress`.
Sample: at least 4 objects for a plane, better 8 and more.

    >>> result = analyse([[0, 3, 4], [3, 0, 5], [4, 5, 0]], labels=["A", "B", "C"])
    >>> [round(value, 6) for value in result.fitted_distances[0]], result.euclidean
    ([0.0, 3.0, 4.0], True)

Source: Warren Torgerson, "Multidimensional scaling: I", Psychometrika 17(4), 1952 (classical scaling).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.maps import Point, axes, named_table, points, signs
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """Compare distances, not coordinates: the map may be turned and mirrored at will.

    `GOF`: share of the eigenvalues shown, of all by size and of the positive ones. `euclidean` is False when some
    eigenvalue is negative, so that no space of any dimension shows the distances exactly. `stress` is Kruskal's first.
    """

    eigenvalues: tuple[float, ...]
    GOF: tuple[float, float]
    coordinates: dict[str, Point]
    fitted_distances: tuple[Point, ...]
    stress: float
    euclidean: bool
    asymmetry: float
    n: int


def analyse(distances: Any, *, labels: Sequence[str] | None = None, dimensions: int = 2) -> Result:
    """A square table of distances with a zero diagonal; the mean of both directions is used, `asymmetry` says how
    far apart.

    Raises MethodError "too_few", "not_square", "diagonal_not_zero", "all_zero", "too_small", "duplicate",
    "not_a_number".
    """
    import numpy as np

    given, names, _ = named_table(distances, labels, labels, field="distances")
    if given.shape[0] != given.shape[1]:
        raise MethodError("not_square", field="distances", rows=given.shape[0], columns=given.shape[1])
    if len(given) < 3:
        raise MethodError("too_few", field="distances", n=len(given), least=3)
    if given.diagonal().any():
        raise MethodError("diagonal_not_zero", field="distances", row=int(given.diagonal().argmax()))
    if not given.any():
        raise MethodError("all_zero", field="distances")
    size = given.max()
    apart = (given + given.T) / 2 / size  # so that squares neither vanish nor overflow
    values, placed = _scale(apart, axes(dimensions, len(apart) - 1))
    fitted = np.sqrt(((placed[:, None] - placed[None]) ** 2).sum(axis=2))
    shown = values[: placed.shape[1]].clip(0).sum()
    placed, fitted, apart = placed * size, fitted * size, apart * size
    return Result(
        eigenvalues=tuple((values * size**2).tolist()),
        GOF=(float(shown / np.abs(values).sum()), float(shown / values.clip(0).sum())),
        coordinates=points(names, placed),
        fitted_distances=tuple(map(tuple, fitted.tolist())),
        stress=float(np.linalg.norm((apart - fitted) / size) / np.linalg.norm(apart / size)),
        euclidean=bool(values[-1] > -1e-9 * values[0]),
        asymmetry=float(np.abs(given - given.T).max() / given.max()),
        n=len(given),
    )


def _scale(apart: Any, k: int) -> tuple[Any, Any]:
    """Eigenvalues of the doubly centred squared distances, largest first, and coordinates on the first k positive
    ones."""
    import numpy as np

    centring = np.eye(len(apart)) - 1 / len(apart)
    values, vectors = np.linalg.eigh(-0.5 * centring @ apart**2 @ centring)
    values, vectors = values[::-1], vectors[:, ::-1]
    placed = vectors[:, :k] * np.sqrt(values[:k].clip(0))
    return values, placed * signs(placed)
