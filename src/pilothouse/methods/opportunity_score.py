"""Opportunity score: outcomes that matter much and are served badly.

Question: where are people let down in something important to them?
Not for: outcomes without an importance rating, or fewer than about 30 people of one segment.
Sample: 30 and more per segment; ratings of importance and satisfaction by the same people, 1 to 5.

    >>> result = analyse({"Stop fast": (9.5, 3.2), "Look good": (6, 9)})
    >>> result.scores, result.overserved
    ({'Stop fast': 15.8, 'Look good': 6.0}, ('Look good',))

Satisfaction above importance never lowers the score below the importance. Ratings are turned into 0 to 10 as ten
times the share that ticked one of the top two boxes, or by their mean; the two differ, so keep to one.

Source: Ulwick, "Turn customer input into innovation", Harvard Business Review 80(1), 2002; Ulwick, What Customers
Want, 2005 (importance + max(importance - satisfaction, 0); over 10 an opportunity, over 12 high, over 15 extreme).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pilothouse.methods.shared.checks import is_missing, number, one_of, sequence, whole
from pilothouse.methods.shared.intervals import Interval
from pilothouse.methods.shared.items import confidence, gaps, keyed, ranked
from pilothouse.methods.shared.method import MethodError

FIELDS = ("importance", "satisfaction")
BANDS = ((15, "extreme"), (12, "high"), (10, "solid"))
SMALL = 30
Pair = tuple[int | None, int | None]


@dataclass(frozen=True)
class Result:
    """Scores from 0 to 20 with the importance and satisfaction (0 to 10) behind them; `order` is best first.

    `interval` and `n_ratings` are filled where ratings came in. `band` is extreme, high, solid or none. `few` are
    outcomes rated by fewer than 30 people; `not_computable` lack an importance or a satisfaction.
    """

    scores: dict[Any, float]
    order: tuple[Any, ...]
    importance: dict[Any, float]
    satisfaction: dict[Any, float]
    interval: dict[Any, Interval]
    band: dict[Any, str]
    overserved: tuple[Any, ...]
    few: tuple[Any, ...]
    not_computable: tuple[Any, ...]
    n_ratings: dict[Any, int]
    missing: int
    n: int


def analyse(
    items: Mapping[Any, Any] | Sequence[Any],
    *,
    scoring: Literal["top_box", "mean"] = "top_box",
    points: int = 5,
    top: int = 2,
    conf: float = 0.95,
    draws: int = 2000,
    seed: int = 0,
) -> Result:
    """Score outcomes of {importance, satisfaction}: numbers from 0 to 10, or lists of ratings from 1 to `points`.

    The two lists of an outcome are answers of the same people in the same order; the interval draws people again.
    """
    high = whole(points, field="points", least=2)
    scale = _Scale(
        one_of(scoring, ("top_box", "mean"), field="scoring"), high, whole(top, field="top", least=1, most=high)
    )
    size, start, level = whole(draws, field="draws", least=1), whole(seed, field="seed", least=0), confidence(conf)
    rows = keyed(items, FIELDS)
    ratings = {key: _pairs(row, key, points) for key, row in rows.items() if not gaps(row, FIELDS) and _rated(row)}
    levels = {key: _levels(rows[key], ratings.get(key), key, scale) for key in rows if not gaps(rows[key], FIELDS)}
    known = {key: level for key, level in levels.items() if level is not None}
    scores = {key: score(*level) for key, level in known.items()}
    return Result(
        scores=scores,
        order=ranked(scores),
        importance={key: level[0] for key, level in known.items()},
        satisfaction={key: level[1] for key, level in known.items()},
        interval={key: _interval(ratings[key], scale, level, size, start) for key in known if key in ratings},
        band={key: band(value) for key, value in scores.items()},
        overserved=tuple(key for key, (importance, satisfaction) in known.items() if satisfaction > importance),
        few=tuple(key for key, pairs in ratings.items() if len(pairs) < SMALL),
        not_computable=tuple(key for key in rows if key not in known),
        n_ratings={key: len(pairs) for key, pairs in ratings.items()},
        missing=sum(value is None for pairs in ratings.values() for pair in pairs for value in pair),
        n=len(rows),
    )


def score(importance: float, satisfaction: float) -> float:
    """Importance, plus what satisfaction falls short of it."""
    return importance + max(importance - satisfaction, 0.0)


def band(value: float) -> str:
    """How large an opportunity a score is."""
    return next((name for floor, name in BANDS if value > floor), "none")


@dataclass(frozen=True)
class _Scale:
    scoring: str
    points: int
    top: int

    def tens(self, rating: int) -> float:
        """What one rating adds to a mean from 0 to 10."""
        if self.scoring == "top_box":
            return 10.0 * (rating > self.points - self.top)
        return 10.0 * (rating - 1) / (self.points - 1)


def _rated(row: Mapping[str, Any]) -> bool:
    return any(isinstance(row[field], Iterable) and not isinstance(row[field], str) for field in FIELDS)


def _pairs(row: Mapping[str, Any], key: Any, points: int) -> list[Pair]:
    left, right = (sequence(row[field], field=field, least_count=0) for field in FIELDS)
    if len(left) != len(right):
        raise MethodError("different_length", field="satisfaction", row=key, n=len(right), expected=len(left))
    return [
        (_rating(a, "importance", key, points), _rating(b, "satisfaction", key, points))
        for a, b in zip(left, right, strict=True)
    ]


def _rating(value: Any, field: str, key: Any, points: int) -> int | None:
    return None if is_missing(value) else whole(value, field=field, row=key, least=1, most=points)


def _levels(row: Mapping[str, Any], pairs: list[Pair] | None, key: Any, scale: _Scale) -> tuple[float, float] | None:
    if pairs is None:
        importance, satisfaction = (number(row[field], field=field, row=key, least=0, most=10) for field in FIELDS)
        return importance, satisfaction
    sides = [[scale.tens(value) for value in side if value is not None] for side in zip(*pairs, strict=True)]
    if len(sides) < 2 or not all(sides):
        return None
    importance, satisfaction = (sum(side) / len(side) for side in sides)
    return importance, satisfaction


def _interval(pairs: list[Pair], scale: _Scale, conf: float, draws: int, seed: int) -> Interval:
    """Percentile bootstrap over people. Equal answers are one category, so the cost does not grow with the sample."""
    import numpy as np

    counted = Counter(pairs)
    drawn = np.random.default_rng(seed).multinomial(len(pairs), [n / len(pairs) for n in counted.values()], draws)
    means = []
    for side in (0, 1):
        ratings = [pair[side] for pair in counted]
        known = np.array([rating is not None for rating in ratings], dtype=float)
        tens = np.array([0.0 if rating is None else scale.tens(rating) for rating in ratings])
        with np.errstate(invalid="ignore"):
            means.append(drawn @ tens / (drawn @ known))
    scores = means[0] + np.maximum(means[0] - means[1], 0)
    low, high = np.nanquantile(scores, [(1 - conf) / 2, (1 + conf) / 2])
    return float(low), float(high)
