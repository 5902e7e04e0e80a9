"""Problem discovery: how many of the problems have been seen, and how many more users it takes.

Question: have we tested with enough users?
Not for: how severe or frequent problems are, or rates (use task success with its interval).
Sample: at least 2 users and 1 problem; below 20 users the rate must be adjusted, as is done here.

    >>> found(0.31, 5), users_needed(0.31, 0.85)
    (0.84..., 6)
    >>> result = analyse([[1, 1, 0, 1, 0, 0], [1, 0, 1, 0, 0, 0], [1, 1, 0, 0, 1, 0], [0, 1, 0, 0, 0, 1]])
    >>> round(result.p_est, 4), round(result.p_adj, 4), round(result.found_so_far, 3), result.n_for_85
    (0.4167, 0.1875, 0.564, 10)

Source: Robert Virzi, Human Factors 34, 1992; Nielsen and Landauer, 1993 (1 - (1 - p)^n); James Lewis, "Evaluation of
procedures for adjusting problem-discovery rates estimated from small samples", IJHCI 13(4), 2001.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from pilothouse.methods.shared.checks import number, whole
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import matrix


@dataclass(frozen=True)
class Result:
    """`p_est` is too high in small samples; `p_adj` is the mean of a deflated and a Good-Turing estimate.

    None where not estimable: p_adj at or below zero. `seen_by` is the number of users per problem; `unseen` columns
    (problems nobody met) are left out and counted. `remaining` problems are an estimate, optimistic where problems
    differ.
    """

    p_est: float
    singletons: int
    gt_adj: float
    p_deflation: float
    p_goodturing: float
    p_adj: float | None
    found_so_far: float | None
    estimated_total: float | None
    remaining: float | None
    n_for_85: int | None
    users_needed: int | None
    target: float
    seen_by: tuple[int, ...]
    users: int
    problems: int
    unseen: int


def analyse(matrix_participants_by_problems: Sequence[Sequence[int]], *, target: float = 0.85) -> Result:
    """One row a participant, one column a problem: 1 where the participant met it. `target` is the share to find.

    Raises MethodError "too_few" (users), "no_problems", "not_one_of", "different_length" or "not_a_number".
    """
    target = _share(target, "target")
    seen = matrix(matrix_participants_by_problems, field="matrix", least=2)
    for row, cells in enumerate(seen):
        if any(cell not in (0, 1) for cell in cells):
            raise MethodError("not_one_of", field="matrix", row=row, choices=(0, 1))
    counts = seen.sum(axis=0).astype(int)
    users, met = seen.shape[0], [int(count) for count in counts if count]
    if not met:
        raise MethodError("no_problems", field="matrix")
    return _result(users, met, len(counts) - len(met), target)


def _result(users: int, met: list[int], unseen: int, target: float) -> Result:
    p = fmean(count / users for count in met)
    once = sum(count == 1 for count in met)
    turing = once / len(met)
    deflated, smoothed = (p - 1 / users) * (1 - 1 / users), p / (1 + turing)
    adjusted = (deflated + smoothed) / 2
    usable = adjusted if 0 < adjusted < 1 else None
    share = None if usable is None else found(usable, users)
    total = None if share is None else len(met) / share
    return Result(
        p_est=p,
        singletons=once,
        gt_adj=turing,
        p_deflation=deflated,
        p_goodturing=smoothed,
        p_adj=usable if usable is not None or adjusted <= 0 else min(adjusted, 1.0),
        found_so_far=share,
        estimated_total=total,
        remaining=None if total is None else total - len(met),
        n_for_85=None if usable is None else users_needed(usable, 0.85),
        users_needed=None if usable is None else users_needed(usable, target),
        target=target,
        seen_by=tuple(met),
        users=users,
        problems=len(met),
        unseen=unseen,
    )


def found(p: float, n: int) -> float:
    """Expected share of problems met at least once by n users, each meeting a problem with probability p."""
    users = whole(n, field="n", least=0)
    return -math.expm1(users * _log_missed(p)) if users else 0.0


def users_needed(p: float, share: float) -> int:
    """The smallest n with an expected share of at least `share`."""
    exact = math.log1p(-_share(share, "share")) / _log_missed(p) if p != 1 else 1.0
    return max(1, math.ceil(exact - 1e-9))


def _log_missed(p: Any) -> float:
    p = number(p, field="p", above=0, most=1)
    return math.log1p(-p) if p < 1 else -math.inf


def _share(value: Any, field: str) -> float:
    share = number(value, field=field, above=0, most=1)
    if share == 1:
        raise MethodError("too_large", field=field, value=share, most=1)
    return share
