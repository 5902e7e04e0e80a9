"""Health score: which customers need care, and because of what.

Question: which accounts are at risk now, and which pillar pulls each of them down?
Not for: a probability of leaving: that needs past leavers (see the churn model); check the score against them with
`outcomes`.
Sample: none for the score; at least 10 who left and 10 who stayed for the check.

    >>> accounts = {"Acme": {"usage": 90, "support": 70, "sentiment": 80},
    ...             "Bolt": {"usage": 20, "support": 60, "sentiment": None}}
    >>> result = analyse(accounts, weights={"usage": 0.5, "support": 0.3, "sentiment": 0.2})
    >>> result.accounts["Acme"].score, result.accounts["Bolt"].score, result.accounts["Bolt"].band
    (82.0, 35.0, 'at_risk')
    >>> result.accounts["Bolt"].reasons, result.accounts["Bolt"].coverage
    (('usage', 'support'), 0.8)

Source: common practice of customer-success teams, a weighted mean of pillars from 0 to 100; there is no canonical
formula.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.fitting.auc import auc
from pilothouse.methods.shared.checks import is_missing, mapping, number, span
from pilothouse.methods.shared.method import MethodError

Band = Literal["at_risk", "watch", "healthy"]
FEWEST = 10


@dataclass(frozen=True)
class Account:
    """`reasons`: pillars that cost points, the costliest first; `coverage` is the share of all weight that is known."""

    score: float
    band: Band
    lost: dict[str, float]
    reasons: tuple[str, ...]
    coverage: float
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Check:
    """`auc`: how often one who left had the lower score than one who stayed. `churn_by_band`: (left, all)."""

    auc: float
    churn_by_band: dict[str, tuple[int, int]]
    few: bool
    n: int


@dataclass(frozen=True)
class Result:
    """`order` is worst first; accounts known by too little of the weight are `unscored`."""

    accounts: dict[Any, Account]
    order: tuple[Any, ...]
    bands: dict[str, int]
    unscored: tuple[Any, ...]
    weights: dict[str, float]
    check: Check | None
    n: int


def analyse(
    accounts: Mapping[Any, Mapping[str, Any]],
    *,
    weights: Mapping[str, float],
    bands: tuple[float, float] = (40.0, 70.0),
    least_coverage: float = 0.5,
    outcomes: Mapping[Any, Any] | None = None,
) -> Result:
    """Accounts of {pillar: 0 to 100 or None}; weights are relative; below the first band at risk, from the second
    healthy.

    A missing pillar's weight goes to the others. `outcomes` {account: 1 left, 0 stayed} checks the score.
    Raises MethodError "too_few", "all_zero", "out_of_order", "too_small", "too_large", "not_a_number" or "not_one_of".
    """
    given = {
        str(name): number(weight, field="weights", row=str(name), least=0)
        for name, weight in mapping(weights, field="weights").items()
    }
    total = math.fsum(given.values())
    if not total:
        raise MethodError("all_zero", field="weights")
    shares = {name: weight / total for name, weight in given.items() if weight}
    low, high = span(bands, field="bands", least=0, most=100)
    least = number(least_coverage, field="least_coverage", least=0, most=1)
    scored = {
        key: _account(key, row, shares, low, high, least) for key, row in mapping(accounts, field="accounts").items()
    }
    known = {key: one for key, one in scored.items() if one is not None}
    return Result(
        accounts=known,
        order=tuple(sorted(known, key=lambda key: known[key].score)),
        bands={band: sum(one.band == band for one in known.values()) for band in ("at_risk", "watch", "healthy")},
        unscored=tuple(key for key, one in scored.items() if one is None),
        weights=shares,
        check=None if outcomes is None else _check(known, mapping(outcomes, field="outcomes", least_count=0)),
        n=len(scored),
    )


def _account(key: Any, row: Any, shares: Mapping[str, float], low: float, high: float, least: float) -> Account | None:
    pillars = mapping(row, field="accounts", least_count=0)
    known = {
        name: number(pillars[name], field=name, row=key, least=0, most=100)
        for name in shares
        if not is_missing(pillars.get(name))
    }
    coverage = math.fsum(shares[name] for name in known)
    if not known or coverage < least - 1e-9:
        return None
    lost = {name: shares[name] / coverage * (100 - value) for name, value in known.items()}
    score = round(100 - math.fsum(lost.values()), 10)
    band: Band = "at_risk" if score < low else "watch" if score < high else "healthy"
    reasons = tuple(sorted((name for name in lost if lost[name] > 0), key=lambda name: -lost[name]))
    return Account(score, band, lost, reasons, coverage, tuple(name for name in shares if name not in known))


def _check(known: Mapping[Any, Account], outcomes: Mapping[Any, Any]) -> Check | None:
    import numpy as np

    judged = [key for key in known if not is_missing(outcomes.get(key))]
    for key in judged:
        if outcomes[key] not in (0, 1):
            raise MethodError("not_one_of", field="outcomes", row=key, value=outcomes[key], choices=(0, 1))
    left = np.array([int(outcomes[key]) for key in judged])
    if not 0 < left.sum() < len(left):
        return None
    scores = np.array([known[key].score for key in judged])
    by_band = {
        band: (
            sum(int(outcomes[key]) for key in judged if known[key].band == band),
            sum(known[key].band == band for key in judged),
        )
        for band in ("at_risk", "watch", "healthy")
    }
    few = min(int(left.sum()), int(len(left) - left.sum())) < FEWEST
    return Check(auc(-scores, left), by_band, few, len(judged))
