"""The partial likelihood of Cox: Newton's method, and what can be read off its terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.survival import Durations, risk_table
from pilothouse.methods.shared.intervals import chi2_p
from pilothouse.methods.shared.method import MethodError

STEPS = 30
FARTHEST = 12.0  # a coefficient of so many log hazards per standard deviation has no finite maximum


@dataclass(frozen=True)
class Terms:
    """One entry per end: its log share of the risk, how far its covariates lie from those at risk, their variance."""

    loglik: float
    residuals: Any
    variances: Any
    times: Any


@dataclass(frozen=True)
class Fit:
    coef: Any
    se: Any
    loglik: tuple[float, float]
    terms: Terms


def fitted(data: Durations, table: Any, names: list[str], ties: str) -> Fit:
    import numpy as np

    centred = table - table.mean(axis=0)
    spread = table.std(axis=0)
    beta = np.zeros(table.shape[1])
    terms = null = partial(data, centred, beta, ties)
    for _ in range(STEPS):
        try:
            step = np.linalg.solve(terms.variances.sum(axis=0), terms.residuals.sum(axis=0))
        except np.linalg.LinAlgError:
            raise MethodError("separation", field=names[int(np.abs(beta * spread).argmax())]) from None
        following = partial(data, centred, beta + step, ties)
        while not following.loglik >= terms.loglik - 1e-9 and np.abs(step).max() > 1e-12:
            step = step / 2
            following = partial(data, centred, beta + step, ties)
        beta, gain, terms = beta + step, following.loglik - terms.loglik, following
        if np.abs(beta * spread).max() > FARTHEST:
            break
        if gain < 1e-10 * (1 + abs(terms.loglik)) and np.abs(step * spread).max() < 1e-7:
            se = np.sqrt(np.diag(np.linalg.inv(terms.variances.sum(axis=0))))
            return Fit(beta, se, (null.loglik, terms.loglik), terms)
    raise MethodError("separation", field=names[int(np.abs(beta * spread).argmax())])


def partial(data: Durations, table: Any, beta: Any, ties: str) -> Terms:
    """All terms at once: sums over those at risk are running sums over the times in falling order."""
    import numpy as np

    eta = table @ beta
    risk = np.exp(eta - eta.max())
    times, _, left = risk_table(data.time, data.event, data.entry)
    everybody = _sums_at_risk(data.time, data.entry, times, risk, table)
    ended = data.event == 1
    leaving = _grouped(np.searchsorted(times, data.time[ended]), len(times), risk[ended], table[ended])
    moment = np.repeat(np.arange(len(times)), left)
    rank = np.arange(len(moment)) - np.repeat(np.cumsum(left) - left, left)
    share = rank / left[moment] if ties == "efron" else np.zeros(len(moment))
    s0, s1, s2 = (
        whole[moment] - share.reshape(-1, *[1] * (whole.ndim - 1)) * part[moment]
        for whole, part in zip(everybody, leaving, strict=True)
    )
    means = s1 / s0[:, None]
    variances = s2 / s0[:, None, None] - means[:, :, None] * means[:, None, :]
    order = np.argsort(data.time[ended], kind="stable")
    loglik = float((eta[ended] - eta.max()).sum() - np.log(s0).sum())
    return Terms(loglik, table[ended][order] - means, variances, times[moment])


def _sums_at_risk(time: Any, entry: Any, times: Any, risk: Any, table: Any) -> list[Any]:
    """Sums of risk, risk z and risk z z' over those still there and already in at each time."""
    import numpy as np

    parts = [risk, risk[:, None] * table, risk[:, None, None] * table[:, :, None] * table[:, None, :]]
    sums = []
    for part in parts:
        still, later = (_from_time(clock, times, part) for clock in (time, entry))
        sums.append(still - later if (entry >= 0).any() else still)
    return [np.asarray(part) for part in sums]


def _from_time(clock: Any, times: Any, part: Any) -> Any:
    """For each time the sum over rows whose clock stands at that time or later."""
    import numpy as np

    order = np.argsort(clock, kind="stable")
    tail = np.concatenate([np.cumsum(part[order][::-1], axis=0)[::-1], np.zeros((1, *part.shape[1:]))])
    return tail[np.searchsorted(clock[order], times, "left")]


def _grouped(group: Any, n: int, risk: Any, table: Any) -> list[Any]:
    import numpy as np

    parts = [risk, risk[:, None] * table, risk[:, None, None] * table[:, :, None] * table[:, None, :]]
    sums = [np.zeros((n, *part.shape[1:])) for part in parts]
    for total, part in zip(sums, parts, strict=True):
        np.add.at(total, group, part)
    return sums


def proportionality(data: Durations, fit: Fit, names: list[str]) -> dict[str, float]:
    """Score test of a coefficient that drifts with g(t) = 1 - S(t-), each alone and all together."""
    import numpy as np

    times, at_risk, left = risk_table(data.time, data.event, data.entry)
    before = np.concatenate([[1.0], np.cumprod(1 - left / at_risk)[:-1]])
    g = (1 - before)[np.searchsorted(times, fit.terms.times)]
    g = g - g.mean()
    if np.ptp(g) == 0:
        return {}
    score = (g[:, None] * fit.terms.residuals).sum(axis=0)
    plain, once, twice = ((g**power)[:, None, None] * fit.terms.variances for power in (0, 1, 2))
    left_over = twice.sum(0) - once.sum(0) @ np.linalg.solve(plain.sum(0), once.sum(0))
    each = {name: chi2_p(float(score[at] ** 2 / left_over[at, at]), 1) for at, name in enumerate(names)}
    return {**each, "GLOBAL": chi2_p(float(score @ np.linalg.solve(left_over, score)), len(names))}


def concordance(data: Durations, risk: Any) -> float | None:
    """Harrell's C: of pairs whose order is known, the share in which the higher risk left first; equal risks half."""
    import numpy as np

    pairs = good = 0.0
    for at in np.flatnonzero(data.event == 1):
        moment = data.time[at]
        later = (data.time > moment) | ((data.time == moment) & (data.event == 0))
        later &= data.entry < moment
        pairs += later.sum()
        good += (risk[later] < risk[at]).sum() + 0.5 * (risk[later] == risk[at]).sum()
    return float(good / pairs) if pairs else None
