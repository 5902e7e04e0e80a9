"""Durations that may not have ended yet: reading them, the product-limit curve, and the test between groups."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.intervals import chi2_p, z_value
from pilothouse.methods.shared.method import MethodError
from pilothouse.methods.shared.tables import Complete, column_name, complete, labels


@dataclass(frozen=True)
class Durations:
    """Rows at risk from `entry` (0 if everybody is watched from the start) to `time`; `event` 1 if it ended then."""

    time: Any
    event: Any
    entry: Any
    group: tuple[Any, ...]
    found: Complete

    def of(self, group: Any) -> tuple[Any, Any, Any]:
        import numpy as np

        here = np.array([name == group for name in self.group])
        return self.time[here], self.event[here], self.entry[here]

    @property
    def groups(self) -> list[Any]:
        return sorted(set(self.group), key=str)


def durations(
    data: Any, *, time: str, event: str, group: str | None = None, entry: str | None = None, also: Sequence[str] = ()
) -> Durations:
    """`event` names a column of 0 and 1, or says which value counts: "status==2". Rows with a gap are left out."""
    import numpy as np

    time, event = column_name(time, field="time"), column_name(event, field="event")
    group, entry = (
        None if name is None else column_name(name, field=field) for name, field in ((group, "group"), (entry, "entry"))
    )
    column, _, value = (part.strip() for part in event.partition("=="))
    wanted = [time, column, *(name for name in (group, entry) if name is not None), *also]
    found = complete(data, list(dict.fromkeys(wanted)))
    rows = list(zip(found.kept, found.columns[column], strict=True))
    happened = [_happened(cell, value, column, row) for row, cell in rows]
    lasted = [
        number(cell, field=time, row=row, least=0) for row, cell in zip(found.kept, found.columns[time], strict=True)
    ]
    began = [0.0] * len(lasted) if entry is None else [
        number(cell, field=entry, row=row, least=0) for row, cell in zip(found.kept, found.columns[entry], strict=True)
    ]  # fmt: skip
    for row, start, end in zip(found.kept, began, lasted, strict=True):
        if entry is not None and start >= end:
            raise MethodError("out_of_order", field=entry, row=row)
    names = tuple(labels(found.columns[group], field=group)) if group is not None else ("all",) * len(lasted)
    return Durations(
        np.array(lasted), np.array(happened), np.array(began) if entry else np.full(len(lasted), -1.0), names, found
    )


def _happened(cell: Any, value: str, column: str, row: int) -> int:
    if value:
        same = str(cell) == value.strip("'\"")
        try:
            return int(same or float(cell) == float(value))
        except (TypeError, ValueError):
            return int(same)
    found = number(cell, field=column, row=row)
    if found not in (0, 1):
        raise MethodError("not_zero_or_one", field=column, row=row, value=cell)
    return int(found)


@dataclass(frozen=True)
class Curve:
    """The share still there after each time at which somebody left. `se` is Greenwood's, None where nobody is left.

    `median` and its interval are None where the curve (or its bound) stays above one half. `rmst` is the mean time
    up to `horizon`.
    """

    time: tuple[float, ...]
    at_risk: tuple[int, ...]
    events: tuple[int, ...]
    surv: tuple[float, ...]
    se: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    median: float | None
    median_interval: tuple[float | None, float | None]
    rmst: float
    rmst_se: float | None
    horizon: float
    n: int
    left: int
    censored: int

    def at(self, time: float) -> float:
        """The share still there at any time."""
        return next((s for t, s in zip(reversed(self.time), reversed(self.surv), strict=True) if t <= time), 1.0)


def risk_table(time: Any, event: Any, entry: Any) -> tuple[Any, Any, Any]:
    """Times at which somebody left, how many were at risk, how many left."""
    import numpy as np

    times, left = np.unique(time[event == 1], return_counts=True)
    at_risk = len(time) - np.searchsorted(np.sort(time), times, "left")
    waiting = len(time) - np.searchsorted(np.sort(entry), times, "left")
    return times, at_risk - waiting, left


def curve(time: Any, event: Any, entry: Any, *, conf: float, conf_type: str, horizon: float) -> Curve:
    import numpy as np

    times, at_risk, left = risk_table(time, event, entry)
    surv = np.cumprod(1 - left / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.sqrt(np.cumsum(left / (at_risk * (at_risk - left))))
    bounds = [interval(s, r, conf, conf_type) for s, r in zip(surv.tolist(), relative.tolist(), strict=True)]
    lower, upper = ([pair[side] for pair in bounds] for side in (0, 1))
    area, area_se = restricted_mean(times, surv, at_risk, left, horizon)
    return Curve(
        time=tuple(times.tolist()),
        at_risk=tuple(map(int, at_risk)),
        events=tuple(map(int, left)),
        surv=tuple(surv.tolist()),
        se=tuple(s * r if s > 0 else None for s, r in zip(surv.tolist(), relative.tolist(), strict=True)),
        lower=tuple(lower),
        upper=tuple(upper),
        median=halved(times, surv.tolist()),
        median_interval=(halved(times, lower), halved(times, upper)),
        rmst=area,
        rmst_se=area_se,
        horizon=horizon,
        n=len(time),
        left=int(event.sum()),
        censored=int(len(event) - event.sum()),
    )


def interval(surv: float, relative: float, conf: float, conf_type: str) -> tuple[float | None, float | None]:
    """Pointwise bounds: on the scale of S ("plain"), log S ("log", R's default) or log(-log S) ("log-log")."""
    if surv <= 0:
        return None, None
    z = z_value(conf)
    if conf_type == "plain":
        return max(0.0, surv - z * surv * relative), min(1.0, surv + z * surv * relative)
    if conf_type == "log":
        return surv * math.exp(-z * relative), min(1.0, surv * math.exp(z * relative))
    width = math.exp(z * relative / abs(math.log(surv))) if surv < 1 else 1.0
    return surv**width, surv ** (1 / width)


def halved(times: Any, values: Sequence[float | None]) -> float | None:
    """The first time at one half or below; the middle of a stretch that stays at exactly one half."""
    for at, value in enumerate(values):
        if value is not None and abs(value - 0.5) < 1e-9:
            return float(times[at] + times[min(at + 1, len(times) - 1)]) / 2
        if value is None or value < 0.5:
            return float(times[at]) if value is not None or at == 0 or values[at - 1] is not None else None
    return None


def restricted_mean(times: Any, surv: Any, at_risk: Any, left: Any, horizon: float) -> tuple[float, float | None]:
    """The area under the curve up to the horizon, and its standard error."""
    import numpy as np

    inside = times < horizon
    edges = np.concatenate([[0.0], times[inside], [horizon]])
    steps = np.concatenate([[1.0], surv[inside]]) * np.diff(edges)
    beyond = np.cumsum(steps[::-1])[::-1][1:]
    n, d = at_risk[inside], left[inside]
    if ((n == d) & (beyond > 0)).any():
        return float(steps.sum()), None
    safe = np.where(n > d, n * (n - d), 1)
    return float(steps.sum()), float(np.sqrt((beyond**2 * d / safe).sum()))


@dataclass(frozen=True)
class LogRank:
    """`observed` and `expected` ends by group; `rho` 0 weighs all times alike, 1 the early ones more."""

    chi2: float
    df: int
    p: float
    observed: dict[Any, float]
    expected: dict[Any, float]
    rho: float


def logrank(data: Durations, rho: float = 0.0) -> LogRank | None:
    """Mantel's test (Harrington and Fleming's family); None with fewer than two groups or no event."""
    import numpy as np

    groups = data.groups
    times, at_risk, left = risk_table(data.time, data.event, data.entry)
    if len(groups) < 2 or not len(times):
        return None
    weights = np.concatenate([[1.0], np.cumprod(1 - left / at_risk)[:-1]]) ** rho
    own_risk, own_left = np.zeros((len(groups), len(times))), np.zeros((len(groups), len(times)))
    for at, group in enumerate(groups):
        time, event, entry = data.of(group)
        own_risk[at] = [((time >= moment) & (entry < moment)).sum() for moment in times]
        own_left[at] = [(event[time == moment]).sum() for moment in times]
    expected = own_risk * left / at_risk
    spread = np.where(at_risk > 1, left * (at_risk - left) / np.where(at_risk > 1, at_risk - 1, 1), 0.0) * weights**2
    shares = own_risk / at_risk
    variance = np.diag((shares * spread).sum(axis=1)) - (shares * spread) @ shares.T
    apart = ((own_left - expected) * weights).sum(axis=1)[:-1]
    chi2 = float(apart @ np.linalg.pinv(variance[:-1, :-1]) @ apart)
    df = int(np.linalg.matrix_rank(variance[:-1, :-1]))
    sums = [dict(zip(groups, (part * weights).sum(axis=1).tolist(), strict=True)) for part in (own_left, expected)]
    return LogRank(chi2, df, chi2_p(chi2, df), sums[0], sums[1], rho)
