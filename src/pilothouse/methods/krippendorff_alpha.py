"""Krippendorff's alpha: whether a coding can be trusted, with any number of coders and with gaps.

Question: do the coders mean the same thing, on whatever scale they code?
Not for: a single coder, or codes that hardly vary (nothing to agree about: undefined, None).
Sample: 50 units and more that two or more people coded.

    >>> result = analyse([[1, 2, 3, 3, 2, 1, 4, 1, 2, None], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5]])
    >>> round(result.alpha, 3), result.units, result.ignored, result.band
    (0.852, 9, 1, 'good')

One list per coder, one place per unit. 0.8 and more is good, from 0.667 on tentative conclusions.

Source: Krippendorff, Content Analysis, 2004, and "Computing Krippendorff's alpha-reliability", 2011.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import is_missing, number, one_of, sequence, whole
from pilothouse.methods.shared.intervals import Interval
from pilothouse.methods.shared.items import confidence
from pilothouse.methods.shared.method import MethodError

Level = Literal["nominal", "ordinal", "interval", "ratio"]
LEVELS = ("nominal", "ordinal", "interval", "ratio")
GOOD, TENTATIVE = 0.8, 0.667
MOST_CELLS, CHUNK = 50_000_000, 4_000_000


@dataclass(frozen=True)
class Result:
    """Alpha (None where nothing varies) with a bootstrap interval over units, and what it was computed from.

    `ignored` units were coded by fewer than two people. `band`: good, tentative, low or undefined.
    """

    alpha: float | None
    ci: Interval | None
    level: str
    band: str
    observed_disagreement: float
    expected_disagreement: float
    units: int
    ignored: int
    coders: int
    values: int
    missing: int


def analyse(
    data: Sequence[Sequence[Any]], *, level: Level = "nominal", draws: int = 1000, seed: int = 0, conf: float = 0.95
) -> Result:
    """Agreement of coders (rows) on units (columns); None or nan where somebody did not code. draws=0: no interval."""
    one_of(level, LEVELS, field="level")
    rows = [sequence(row, field="data", least_count=0) for row in sequence(data, field="data", least_count=2)]
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            raise MethodError("different_length", field="data", row=index, n=len(row), expected=len(rows[0]))
    coded = _by_unit(rows, level)
    paired = [unit for unit in coded if len(unit) > 1]
    if not paired:
        raise MethodError("no_answers", field="data", ignored=len(coded))
    counts, delta = _counts(paired, level)
    seen, chance = _disagreement(counts, delta)
    alpha = 1 - seen / chance if chance > 0 else None
    resamples, start, inside = (
        whole(draws, field="draws", least=0),
        whole(seed, field="seed", least=0),
        confidence(conf),
    )
    interval = None if alpha is None else _bootstrap(counts, delta, resamples, start, inside)
    return Result(
        alpha=alpha,
        ci=interval,
        level=level,
        band=band(alpha),
        observed_disagreement=seen,
        expected_disagreement=chance,
        units=len(paired),
        ignored=len(coded) - len(paired),
        coders=len(rows),
        values=int(counts.sum()),
        missing=sum(is_missing(cell) for row in rows for cell in row),
    )


def band(alpha: float | None) -> str:
    """What Krippendorff allows to be concluded."""
    if alpha is None:
        return "undefined"
    return "good" if alpha >= GOOD else "tentative" if alpha >= TENTATIVE else "low"


def _by_unit(rows: list[list[Any]], level: str) -> list[list[Any]]:
    floor = {"least": 0.0} if level == "ratio" else {}

    def cell(value: Any, row: int) -> Any:
        return value if level == "nominal" else number(value, field="data", row=row, **floor)

    checked = [[None if is_missing(value) else cell(value, row) for value in values] for row, values in enumerate(rows)]
    return [[value for value in unit if value is not None] for unit in zip(*checked, strict=True)]


def _counts(units: list[list[Any]], level: str) -> tuple[Any, Any]:
    """How many coders gave each unit each value, and how far apart values are."""
    import numpy as np

    met = dict.fromkeys(value for unit in units for value in unit)
    values = list(met) if level == "nominal" else sorted(met)
    if len(values) * max(len(units), len(values)) > MOST_CELLS:
        raise MethodError("too_many_values", field="data", n=len(values))
    position: Mapping[Any, int] = {value: index for index, value in enumerate(values)}
    counts = np.zeros((len(units), len(values)))
    for row, unit in enumerate(units):
        for value in unit:
            counts[row, position[value]] += 1
    return counts, _delta(values, counts.sum(axis=0), level)


def _delta(values: list[Any], totals: Any, level: str) -> Any:
    """Squared distances between values."""
    import numpy as np

    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        places = np.cumsum(totals) - totals / 2
        return (places[:, None] - places[None, :]) ** 2
    x = np.array(values, dtype=float)
    gap = x[:, None] - x[None, :]
    if level == "interval":
        return gap**2
    sums = x[:, None] + x[None, :]
    return np.divide(gap, sums, out=np.zeros_like(gap), where=sums > 0) ** 2


def _disagreement(counts: Any, delta: Any) -> tuple[float, float]:
    """Seen within units, and expected if values were dealt at random."""
    sizes, totals = counts.sum(axis=1), counts.sum(axis=0)
    n = totals.sum()
    within = ((counts @ delta) * counts).sum(axis=1) / (sizes - 1)
    return float(within.sum() / n), float(totals @ delta @ totals / (n * (n - 1)))


def _bootstrap(counts: Any, delta: Any, draws: int, seed: int, conf: float) -> Interval | None:
    """Draw units again; the distances stay those of the whole sample."""
    import numpy as np

    chance, units = np.random.default_rng(seed), len(counts)
    sizes = counts.sum(axis=1)
    within = ((counts @ delta) * counts).sum(axis=1) / (sizes - 1)
    found, left = [], draws
    while left > 0:
        some = min(left, max(1, CHUNK // units))
        drawn = chance.multinomial(units, np.full(units, 1 / units), some)
        totals, n = drawn @ counts, drawn @ sizes
        expected = ((totals @ delta) * totals).sum(axis=1) / (n * (n - 1))
        varied = expected > 0
        found.append(1 - (drawn @ within / n)[varied] / expected[varied])
        left -= some
    alphas = np.concatenate(found) if found else np.array([])
    if not len(alphas):
        return None
    low, high = np.quantile(alphas, [(1 - conf) / 2, (1 + conf) / 2])
    return float(low), float(high)
