"""Planned looks: how strong must the difference be at each look so that looking costs no false alarms?

Question: we will look K times while the experiment runs; when may we stop?
Not for: looking whenever one likes (always_valid), or adding looks after a promising one.
Sample: as planned with `power`, plus a few per cent for the looks.

    >>> result = analyse(K=5, design="O'Brien-Fleming")
    >>> [round(z, 3) for z in result.z], round(result.JT_constant, 3)
    ([4.562, 3.226, 2.634, 2.281, 2.04], 2.04)
    >>> decide([1.1, 2.0, 2.7], result).stop
    3

Source: P. O'Brien and T. Fleming, Biometrics 35, 1979; S. Pocock, Biometrika 64, 1977; K. K. G. Lan and D. DeMets,
Biometrika 70, 1983 (spending); recursion of P. Armitage, C. McPherson and B. Rowe, JRSS-A 132, 1969.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pilothouse.methods.shared.checks import number, numbers, one_of, whole
from pilothouse.methods.shared.intervals import two_sided_p
from pilothouse.methods.shared.method import MethodError

OBF, POCOCK = "O'Brien-Fleming", "Pocock"
SPEND_OBF, SPEND_POCOCK = "Lan-DeMets OBF-type spending", "Lan-DeMets Pocock-type spending"
DESIGNS = (OBF, POCOCK, SPEND_OBF, SPEND_POCOCK)
LOWEST, HIGHEST = -9.0, 37.0  # no deviation is seen below, and none can be told apart from zero above
PANEL, MOST_PANELS = 12, 100


@dataclass(frozen=True)
class Result:
    """`z`: stop at look k when |z| is at least z[k]. `nominal_p` is the same as a p value, `spent` the error so far.

    `JT_constant` is the constant of the classic designs (z times the root of the information share; None for spending).
    """

    z: tuple[float, ...]
    nominal_p: tuple[float, ...]
    spent: tuple[float, ...]
    times: tuple[float, ...]
    JT_constant: float | None
    design: str
    alpha_two_sided: float


@dataclass(frozen=True)
class Decision:
    """`stop` is the first look (from 1) at which the boundary was crossed, None so far."""

    stop: int | None
    z: tuple[float, ...]
    boundary: tuple[float, ...]


def analyse(
    K: int | None = None,
    *,
    design: str = SPEND_OBF,
    alpha_two_sided: float = 0.05,
    times: Sequence[Any] | None = None,
) -> Result:
    """Boundaries for K equally spaced looks, or for looks at information shares `times` (rising, the last at most
    1).
    """
    one_of(design, DESIGNS, field="design")
    alpha = number(alpha_two_sided, field="alpha_two_sided", above=0, most=0.5)
    shares = _times(K, times)
    if design in (OBF, POCOCK):
        constant = _constant(shares, design, alpha / 2)
        z = [_classic(constant, share, design) for share in shares]
        spent = _crossings(z, shares)
    else:
        spend = _obf_spending if design == SPEND_OBF else _pocock_spending
        spent = [spend(share, alpha / 2) for share in shares]
        z = _spending_boundaries(shares, spent)
        constant = None
    return Result(
        z=tuple(z),
        nominal_p=tuple(two_sided_p(one) for one in z),
        spent=tuple(2 * one for one in spent),
        times=tuple(shares),
        JT_constant=constant,
        design=design,
        alpha_two_sided=alpha,
    )


def decide(z: Sequence[Any], plan: Result) -> Decision:
    """Hold the z values observed so far against the plan."""
    seen = numbers(z, field="z")
    if len(seen) > len(plan.z):
        raise MethodError("more_looks_than_planned", field="z", n=len(seen), most=len(plan.z))
    crossed = [look for look, (one, edge) in enumerate(zip(seen, plan.z, strict=False), 1) if abs(one) >= edge]
    return Decision(crossed[0] if crossed else None, tuple(seen), plan.z[: len(seen)])


def _times(K: int | None, times: Sequence[Any] | None) -> list[float]:
    if times is None:
        looks = whole(K, field="K", least=1, most=50)
        return [look / looks for look in range(1, looks + 1)]
    shares = numbers(times, field="times", above=0, most=1)
    for row, (earlier, later) in enumerate(pairwise(shares), 1):
        if later <= earlier:
            raise MethodError("not_rising", field="times", row=row, value=later)
    if K is not None and len(shares) != K:
        raise MethodError("different_length", field="times", n=len(shares), expected=K)
    return shares


def _classic(constant: float, share: float, design: str) -> float:
    return constant / math.sqrt(share) if design == OBF else constant


def _constant(shares: list[float], design: str, alpha: float) -> float:
    """The constant whose boundaries are crossed with probability alpha in all."""
    from scipy.optimize import brentq

    def excess(constant: float) -> float:
        return _crossings([_classic(constant, share, design) for share in shares], shares)[-1] - alpha

    return float(brentq(excess, 0.1, 10, xtol=1e-10))


def _obf_spending(share: float, alpha: float) -> float:
    from scipy.special import ndtr, ndtri

    return 2 * float(ndtr(float(ndtri(alpha / 2)) / math.sqrt(share)))


def _pocock_spending(share: float, alpha: float) -> float:
    return alpha * math.log(1 + (math.e - 1) * share)


class _Walk:
    """Density of the running sum among the experiments not stopped yet, at points that end at the boundary: close
    enough for the smallest step between two looks, and no closer."""

    def __init__(self, shares: Sequence[float]) -> None:
        self.finest = math.sqrt(min(later - earlier for earlier, later in pairwise([0.0, *shares])))
        self.share = 0.0
        self.points: Any = None
        self.mass: Any = None  # density times the weight of its point in a sum

    def beyond(self, share: float, z: float) -> float:
        """Probability of being stopped at this look by boundary z and not before."""
        from scipy.special import ndtr

        if self.points is None:
            return float(ndtr(-z))
        return float(ndtr((self.points - z * math.sqrt(share)) / math.sqrt(share - self.share)) @ self.mass)

    def move(self, share: float, z: float) -> None:
        """Go on to this look with those below the boundary."""
        root = math.sqrt(share)
        points, weights = _panels(LOWEST * root, z * root, self.finest)
        if self.points is None:
            density = _normal(points / root) / root
        else:
            step = math.sqrt(share - self.share)
            density = _normal((points[:, None] - self.points[None, :]) / step) @ self.mass / step
        self.share, self.points, self.mass = share, points, density * weights


def _normal(x: Any) -> Any:
    import numpy as np

    return np.exp(-0.5 * x * x) / math.sqrt(2 * math.pi)


def _panels(low: float, high: float, finest: float) -> tuple[Any, Any]:
    """Points and weights of Gauss and Legendre, panel by panel, each panel two deviations of the finest step wide."""
    import numpy as np

    count = min(MOST_PANELS, max(1, math.ceil((high - low) / (2 * finest))))
    points, weights = np.polynomial.legendre.leggauss(PANEL)
    half = (high - low) / count / 2
    middles = low + half * (2 * np.arange(count) + 1)
    return (middles[:, None] + half * points[None, :]).ravel(), np.tile(half * weights, count)


def _crossings(z: Sequence[float], shares: Sequence[float]) -> list[float]:
    """Cumulative probability of crossing upwards by each look when nothing differs."""
    walk, found = _Walk(shares), [0.0]
    for share, edge in zip(shares, z, strict=True):
        found.append(found[-1] + walk.beyond(share, edge))
        if share < shares[-1]:
            walk.move(share, edge)
    return found[1:]


def _spending_boundaries(shares: list[float], spent: list[float]) -> list[float]:
    walk, z, before = _Walk(shares), [], 0.0
    for share, total in zip(shares, spent, strict=True):
        edge = _edge(walk, share, total - before)
        walk.move(share, edge)
        z.append(edge)
        before = total
    return z


def _edge(walk: _Walk, share: float, wanted: float) -> float:
    from scipy.optimize import brentq

    if walk.beyond(share, HIGHEST) >= wanted:  # so early a look that nothing at all may be spent
        return HIGHEST
    return float(brentq(lambda edge: walk.beyond(share, edge) - wanted, LOWEST, HIGHEST, xtol=1e-10))
