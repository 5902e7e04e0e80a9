"""Two means compared: did the new version change a number per user?

Question: how much more (or less) does a user of B bring than one of A, and how sure is that?
Not for: events counted one by one while users were assigned (sum them by user first), or metrics such as clicks per
view (ab_ratio). Look once, at the planned end; for early looks see group_sequential and always_valid.
Sample: as planned with `power`; 2 users an arm is the bare minimum, heavy tails need thousands.

    >>> a = {"n": 3407, "mean": 0.41, "variance": 15.2098}
    >>> b = {"n": 3461, "mean": 0.70, "variance": 38.4406}
    >>> result = analyse(a, b)
    >>> round(result.est, 2), round(result.p, 3), [round(end, 2) for end in result.ci]
    (0.29, 0.02, [0.05, 0.53])

Source: B. L. Welch, Biometrika 34, 1947; A. Deng, U. Knoblich and J. Lu, KDD 2018 (delta method for the relative lift).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.arms import DIFFS, Moments, Side, from_values, lift, read
from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.groups import grouped
from pilothouse.methods.shared.method import MethodError

Arm = Moments | Mapping[str, Any]


@dataclass(frozen=True)
class Result:
    """`est` is b - a, or that as a share of a when `diff` is "relative" or "log"; `ci`, `se`, `t`, `p` belong to it."""

    est: float
    se: float
    ci: tuple[float, float]
    t: float
    df: float
    p: float
    mean_a: float
    mean_b: float
    n_a: int
    n_b: int
    diff: str
    confidence: float


def analyse(a: Arm, b: Arm, *, diff: str = "absolute", confidence: float = 0.95) -> Result:
    """Arms as n, mean and variance (see `_arms`), control first. "relative" tests the lift itself, so p differs."""
    left, right = (read(arm, field=field) for arm, field in ((a, "a"), (b, "b")))
    one_of(diff, DIFFS, field="diff")
    confidence = number(confidence, field="confidence", above=0, most=0.999999)
    made = lift(side(left), side(right), diff, confidence)
    return Result(
        **vars(made),
        mean_a=left.mean[0],
        mean_b=right.mean[0],
        n_a=left.n,
        n_b=right.n,
        diff=diff,
        confidence=confidence,
    )


def side(arm: Moments) -> Side:
    """The mean and the variance of the mean."""
    return Side(arm.mean[0], arm.variance / arm.n, arm.n)


def arms(data: Any, *, value: str | None = None, group: str = "group") -> dict[Any, Moments]:
    """Moments by arm from one row a user: {"value", "group"}. Rows with gaps are refused: count them first."""
    found, missing = grouped(data, value=value, group=group)
    if missing:
        raise MethodError("gaps_in_values", field="data", missing=missing)
    return {name: from_values(values) for name, values in found.items()}


def values(a: Sequence[Any], b: Sequence[Any], *, diff: str = "absolute", confidence: float = 0.95) -> Result:
    """The same from two raw columns, one entry a user."""
    return analyse(from_values(a), from_values(b), diff=diff, confidence=confidence)
