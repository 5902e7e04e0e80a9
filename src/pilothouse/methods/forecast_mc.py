"""Throughput forecast: when will the backlog be done, judging by how many items were finished each week?

Question: by which week is it 50, 85 or 95 % likely that all of this is done?
Not for: teams that are about to change, or samples from another kind of work.
Sample: 5 weeks at least, 11 to trust the tails; weeks in which nothing was finished count too.

    >>> result = analyse([1, 2, 3], 5, seed=1)
    >>> result.weeks[85], abs(result.P_done_by_week[3] - 23 / 27) < 0.02
    (3, True)
    >>> exact([1, 2, 3], 5)[3]
    0.8518518518518519

Source: D. Vacanti, Actionable Agile Metrics for Predictability, 2015; T. Magennis, Forecasting and Simulating Software
Development Projects, 2011 (resampling throughput).
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import number, numbers, whole
from pilothouse.methods.shared.dates import day
from pilothouse.methods.shared.method import MethodError

BLOCK = 26
CELLS = 20_000_000


@dataclass(frozen=True)
class Result:
    """`weeks` by level: the first week by which that share of trials was done (None beyond the horizon).

    `P_done_by_week` runs from week 1 to the week in which (nearly) all trials are done. `dates` are the last days of
    those weeks when a start was given. `se` is the largest standard error that the number of trials leaves. Flags:
    "few_samples", "not_done_by_horizon".
    """

    P_done_by_week: dict[int, float]
    weeks: dict[int, int | None]
    dates: dict[int, dt.date | None] | None
    mean: float | None
    se: float
    trials: int
    n: int
    flags: tuple[str, ...]


def analyse(
    samples: Sequence[Any],
    backlog: float,
    *,
    trials: int = 10_000,
    seed: int = 0,
    growth: tuple[float, float] = (1.0, 1.0),
    start: Any = None,
    period_days: int = 7,
    horizon: int = 520,
    levels: Sequence[int] = (50, 85, 95),
) -> Result:
    """Items finished in each past week, and items to go. `growth` is the range by which the backlog may still grow (a
    factor, drawn evenly). `start` is the first day of week 1."""
    import numpy as np

    history = np.array(_history(samples))
    backlog = number(backlog, field="backlog", above=0)
    low, high = (number(one, field="growth", row=row, above=0) for row, one in enumerate(growth))
    if high < low:
        raise MethodError("not_rising", field="growth", value=(low, high))
    count = whole(trials, field="trials", least=100, most=10_000_000)
    limit = whole(horizon, field="horizon", least=1, most=5200)
    rng = np.random.default_rng(seed)
    done = np.concatenate([_finish(rng, history, backlog, low, high, size, limit) for size in _chunks(count)])
    weeks = {level: _level(done, whole(level, field="levels", least=1, most=99), limit) for level in levels}
    last = int(min(done.max(), limit))
    counts = np.bincount(done, minlength=last + 1)[: last + 1].cumsum() / count
    return Result(
        P_done_by_week={week: float(counts[week]) for week in range(1, last + 1)},
        weeks=weeks,
        dates=_dates(weeks, start, period_days),
        mean=float(done.mean()) if done.max() <= limit else None,
        se=0.5 / math.sqrt(count),
        trials=count,
        n=len(history),
        flags=("few_samples",) * (len(history) < 5) + ("not_done_by_horizon",) * bool(done.max() > limit),
    )


def ladder(
    samples: Sequence[Any],
    most: int,
    *,
    trials: int = 4_000,
    seed: int = 0,
    levels: Sequence[int] = (50, 85, 95),
    horizon: int = 156,
) -> dict[int, tuple[int | None, ...]]:
    """For each level the week by which the 1st, 2nd, … item is done, taken one after another; None beyond the horizon.
    One simulation for all of them: item k is done by week w at a level when that share of trials has k by then."""
    import numpy as np

    history = np.array(_history(samples))
    count, weeks = whole(most, field="most", least=1), whole(horizon, field="horizon", least=1, most=520)
    rng = np.random.default_rng(seed)
    size = whole(trials, field="trials", least=100, most=100_000)
    done = history[rng.integers(0, len(history), (size, weeks))].cumsum(axis=1)
    found = {}
    for level in levels:
        share = 1 - whole(level, field="levels", least=1, most=99) / 100
        reached = np.quantile(done, share, axis=0, method="inverted_cdf")
        at = np.searchsorted(reached, np.arange(1, count + 1) - 1e-9)
        found[level] = tuple(int(week) + 1 if week < weeks else None for week in at)
    return found


def _history(samples: Sequence[Any]) -> list[float]:
    found = numbers(samples, field="samples", least=0)
    if not any(found):
        raise MethodError("no_throughput", field="samples")
    return found


def _chunks(count: int) -> list[int]:
    """Trials in portions that fit into memory."""
    size = CELLS // BLOCK
    return [min(size, count - start) for start in range(0, count, size)]


def _finish(rng: Any, history: Any, backlog: float, low: float, high: float, trials: int, limit: int) -> Any:
    """Week in which each trial is done (limit + 1 if later), a block of weeks at a time."""
    import numpy as np

    left = backlog * (rng.uniform(low, high, trials) if high > low else np.full(trials, low))
    done = np.full(trials, limit + 1)
    open_ = np.arange(trials)
    for first in range(0, limit, BLOCK):
        width = min(BLOCK, limit - first)
        drawn = history[rng.integers(0, len(history), (len(open_), width))].cumsum(axis=1)
        reached = drawn >= left[open_, None] - 1e-9
        over = reached[:, -1]
        done[open_[over]] = first + 1 + reached[over].argmax(axis=1)
        left[open_] -= drawn[:, -1]
        open_ = open_[~over]
        if not len(open_):
            break
    return done


def _level(done: Any, level: int, limit: int) -> int | None:
    import numpy as np

    week = int(np.quantile(done, level / 100, method="inverted_cdf"))
    return week if week <= limit else None


def _dates(weeks: dict[int, int | None], start: Any, period_days: int) -> dict[int, dt.date | None] | None:
    if start is None:
        return None
    first, length = day(start, field="start"), whole(period_days, field="period_days", least=1)
    return {
        level: None if week is None else first + dt.timedelta(days=week * length - 1) for level, week in weeks.items()
    }


def exact(samples: Sequence[Any], backlog: int, *, horizon: int = 520) -> dict[int, float]:
    """The same without chance, for whole throughputs: the distribution of what is left, week by week."""
    history = [whole(one, field="samples", row=row, least=0) for row, one in enumerate(_history(samples))]
    left = {whole(backlog, field="backlog", least=1): 1.0}
    found: dict[int, float] = {}
    for week in range(1, whole(horizon, field="horizon", least=1) + 1):
        following: dict[int, float] = {}
        for rest, chance in left.items():
            for amount in history:
                if rest > amount:
                    following[rest - amount] = following.get(rest - amount, 0.0) + chance / len(history)
        left = following
        found[week] = 1.0 - math.fsum(left.values())
        if found[week] > 1 - 1e-12:
            break
    return found
