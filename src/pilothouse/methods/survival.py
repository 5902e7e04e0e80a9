"""Log-rank test: do groups of customers leave at different speeds?

Question: does it make a difference to staying which plan, channel or cohort a customer belongs to?
Not for: curves that cross (the test then sees little), or groups formed by what happened later.
Sample: at least 10 who left in each group.

    >>> data = [{"time": t, "status": s, "x": x} for t, s, x in [(1, 1, "a"), (2, 1, "a"), (3, 1, "a"), (4, 0, "a"),
    ...                                                          (5, 1, "b"), (6, 1, "b"), (7, 0, "b"), (8, 1, "b")]]
    >>> result = analyse(data, group="x")
    >>> round(result.logrank, 3), round(result.p, 4), result.medians
    (4.213, 0.0401, {'a': 2.5, 'b': 7.0})

Source: Nathan Mantel, Cancer Chemotherapy Reports 50, 1966; the family with weights S(t)^rho: Harrington and
Fleming, 1982.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilothouse.methods.fitting.survival import Durations, LogRank, curve, durations, logrank
from pilothouse.methods.shared.checks import number
from pilothouse.methods.shared.intervals import holm
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Result:
    """The curves one below the other: `time`, `surv` and Greenwood's `se` with the group in `strata`.

    `logrank` is chi-square on `df`. `pairs`: p of each pair of groups, adjusted after Holm (only with more than two).
    """

    time: tuple[float, ...]
    surv: tuple[float, ...]
    se: tuple[float | None, ...]
    strata: tuple[Any, ...]
    logrank: float
    df: int
    p: float
    observed: dict[Any, float]
    expected: dict[Any, float]
    medians: dict[Any, float | None]
    pairs: dict[tuple[Any, Any], float]
    rho: float
    n: int
    events: int
    missing: int


def analyse(
    data: Any, *, group: str, time: str = "time", event: str = "status", entry: str | None = None, rho: float = 0.0
) -> Result:
    """Rows with a time, whether it ended then (a 0/1 column, or "status==2"), and the group.

    Raises MethodError "one_group", "no_events", "too_few", "no_such_column", "not_zero_or_one" or "not_a_number".
    """
    found = durations(data, time=time, event=event, group=group, entry=entry)
    groups = found.groups
    if len(groups) < 2:
        raise MethodError("one_group", field=group, n=len(groups))
    test = logrank(found, number(rho, field="rho", least=0, most=10))
    if test is None:
        raise MethodError("no_events", field=event)
    curves = {
        name: curve(*found.of(name), conf=0.95, conf_type="log-log", horizon=float(found.time.max())) for name in groups
    }
    return Result(
        time=tuple(moment for one in curves.values() for moment in one.time),
        surv=tuple(share for one in curves.values() for share in one.surv),
        se=tuple(error for one in curves.values() for error in one.se),
        strata=tuple(name for name, one in curves.items() for _ in one.time),
        logrank=test.chi2,
        df=test.df,
        p=test.p,
        observed=test.observed,
        expected=test.expected,
        medians={name: one.median for name, one in curves.items()},
        pairs=_pairs(found, rho) if len(groups) > 2 else {},
        rho=test.rho,
        n=len(found.time),
        events=int(found.event.sum()),
        missing=found.found.missing,
    )


def _pairs(found: Durations, rho: float) -> dict[tuple[Any, Any], float]:
    import itertools

    tests: dict[tuple[Any, Any], LogRank] = {}
    for left, right in itertools.combinations(found.groups, 2):
        test = logrank(_only(found, left, right), rho)
        if test is not None:
            tests[left, right] = test
    return dict(zip(tests, holm([test.p for test in tests.values()]), strict=True))


def _only(found: Durations, *groups: Any) -> Durations:
    import numpy as np

    here = np.array([name in groups for name in found.group])
    kept = tuple(name for name in found.group if name in groups)
    return Durations(found.time[here], found.event[here], found.entry[here], kept, found.found)
