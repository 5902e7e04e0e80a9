"""Every rate at which dated payments are worth nothing: all roots of sum(a * exp(-u * t)), u = ln(1 + rate).

Written that way the value has at most as many roots as the payments change sign, also when the times are not whole
numbers (Descartes' rule, after Laguerre). Multiplying by exp(u * tau) with tau inside one change of sign and
differentiating takes that change away, so between the roots of the simpler sum each root of this one stands alone.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

TOUCHES = 1e-13
LARGEST = 700.0  # exp() of more is no float


def sign_changes(amounts: Sequence[float]) -> int:
    signs = [amount > 0 for amount in amounts if amount]
    return sum(left != right for left, right in itertools.pairwise(signs))


def rates(amounts: Sequence[float], times: Sequence[float]) -> tuple[float, ...]:
    """All rates above -1 with value zero, ascending; `times` in rising order and the same unit as the rate's period."""
    merged: dict[float, float] = {}
    for amount, time in zip(amounts, times, strict=True):
        merged[time] = merged.get(time, 0.0) + amount
    terms = [(amount, time) for time, amount in sorted(merged.items()) if amount]
    found = (math.expm1(root) for root in _roots(terms) if root < LARGEST)
    return tuple(rate for rate in found if rate > -1)


def _roots(terms: list[tuple[float, float]]) -> list[float]:
    change = next((at for at in range(len(terms) - 1) if terms[at][0] * terms[at + 1][0] < 0), None)
    if change is None:
        return []
    turning = (terms[change][1] + terms[change + 1][1]) / 2
    edges = [-_bound(terms), *_roots(_scaled([(a * (turning - t), t) for a, t in terms])), _bound(terms)]
    roots: list[float] = []
    for low, high in itertools.pairwise(edges):
        root = _between(terms, low, high)
        if root is not None and (not roots or root - roots[-1] > 1e-12 * max(1.0, abs(root))):
            roots.append(root)
    return roots


def _scaled(terms: list[tuple[float, float]]) -> list[tuple[float, float]]:
    largest = max(abs(amount) for amount, _ in terms)
    return [(amount / largest, time) for amount, time in terms if amount / largest]


def _bound(terms: list[tuple[float, float]]) -> float:
    """Beyond this |u| the first or the last payment outweighs all others together."""
    total = math.fsum(abs(amount) for amount, _ in terms)
    start, end = (
        math.log(2 * total / abs(terms[at][0])) / abs(terms[at][1] - terms[beside][1])
        for at, beside in ((0, 1), (-1, -2))
    )
    return max(start, end)


def _value(terms: list[tuple[float, float]], u: float) -> float:
    """The sum at u as a share of its absolute terms: its sign and its distance from zero survive any scale."""
    exponents = [-u * time for _, time in terms]
    top = max(exponents)
    weighted = [amount * math.exp(exponent - top) for (amount, _), exponent in zip(terms, exponents, strict=True)]
    return math.fsum(weighted) / math.fsum(abs(weight) for weight in weighted)


def _between(terms: list[tuple[float, float]], low: float, high: float) -> float | None:
    """The root in [low, high], where there is at most one; an edge that just touches zero counts."""
    at_low, at_high = _value(terms, low), _value(terms, high)
    for edge, value in ((low, at_low), (high, at_high)):
        if abs(value) < TOUCHES:
            return edge
    if at_low * at_high > 0:
        return None
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if _value(terms, middle) * at_low > 0 else (low, middle)
