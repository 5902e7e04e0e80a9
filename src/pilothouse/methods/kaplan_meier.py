"""Kaplan-Meier: the share of customers still there after a time, though many have not left yet.

Question: how long do customers stay, and how long does half of them?
Not for: a clock that starts at different moments, or people called gone who only paused: fix the rule for leaving
first.
Sample: at least 10 who left; those still there count as censored, also the ones of the current month.

    >>> data = {"months": [1, 2, 2, 3, 5, 6, 8, 8], "gone": [1, 1, 0, 1, 0, 1, 0, 0]}
    >>> curve = analyse(data, time="months", event="gone").curves["all"]
    >>> curve.time, [round(share, 3) for share in curve.surv], curve.median
    ((1.0, 2.0, 3.0, 6.0), [0.875, 0.75, 0.6, 0.4], 6.0)

Source: Edward Kaplan and Paul Meier, JASA 53, 1958; errors after Major Greenwood, 1926; groups: Nathan Mantel, 1966.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.fitting.survival import Curve, LogRank, curve, durations, logrank
from pilothouse.methods.shared.checks import number, one_of
from pilothouse.methods.shared.items import confidence

FEWEST = 10


@dataclass(frozen=True)
class Result:
    """One curve a group ("all" without). `conf_type` names the interval; all curves are cut at the same `horizon`.

    `few`: groups in which fewer than 10 left.
    """

    curves: dict[Any, Curve]
    logrank: LogRank | None
    conf: float
    conf_type: str
    horizon: float
    few: tuple[Any, ...]
    n: int
    events: int
    missing: int

    @property
    def median(self) -> dict[Any, float | None]:
        return {group: found.median for group, found in self.curves.items()}


def analyse(
    data: Any,
    *,
    time: str = "time",
    event: str = "event",
    group: str | None = None,
    entry: str | None = None,
    conf: float = 0.95,
    conf_type: Literal["log-log", "log", "plain"] = "log-log",
    horizon: float | None = None,
) -> Result:
    """Rows with a time, whether it ended then (a 0/1 column, or "status==2"), perhaps a group and a late `entry`.

    The horizon of the restricted mean is the shortest of the groups' longest times unless given.
    Raises MethodError "too_few", "no_such_column", "not_zero_or_one", "not_a_number", "too_small" or "out_of_order".
    """
    one_of(conf_type, ("log-log", "log", "plain"), field="conf_type")
    conf = confidence(conf)
    found = durations(data, time=time, event=event, group=group, entry=entry)
    until = min(float(found.of(name)[0].max()) for name in found.groups)
    until = until if horizon is None else number(horizon, field="horizon", above=0)
    curves = {name: curve(*found.of(name), conf=conf, conf_type=conf_type, horizon=until) for name in found.groups}
    return Result(
        curves=curves,
        logrank=logrank(found),
        conf=conf,
        conf_type=conf_type,
        horizon=until,
        few=tuple(name for name, one in curves.items() if one.left < FEWEST),
        n=len(found.time),
        events=int(found.event.sum()),
        missing=found.found.missing,
    )
