"""How sure an order is: what single change of one cell would let an item pass its neighbour, and the rank of an item
over everything that people disagree on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.ways import Ranking, Row, Table, Way

STEPS = 40


@dataclass(frozen=True)
class Flip:
    """Changing `criterion` of `item` from `now` to `to` puts it level with `against`, the item above or below."""

    item: int
    against: int
    criterion: str
    now: float
    to: float
    up: bool

    @property
    def change(self) -> float:
        return self.to - self.now


def flips(way: Way, table: Table, ranking: Ranking, criteria: Sequence[Criterion], options: Mapping[str, Any],
          item: int) -> list[Flip]:  # fmt: skip
    """For each cell of `item` the smallest change that would put it level with the item above, and with the one below;
    cells that cannot do it are left out."""
    place = ranking.order.index(item)
    found = []
    for against, up in ((place - 1, True), (place + 1, False)):
        if 0 <= against < len(ranking.order):
            other = ranking.order[against]
            for criterion in criteria:
                if flip := flip_of(way, table[item], criterion, criteria, options, item, ranking.scores[other], up):
                    found.append(Flip(item, other, criterion.slug, *flip, up))
    return found


def flip_of(
    way: Way, row: Row, criterion: Criterion, criteria: Sequence[Criterion], options: Mapping[str, Any], item: int,
    target: float, up: bool,
) -> tuple[float, float] | None:  # fmt: skip
    """(now, to): the value nearest to the present one with which the score of `item` reaches `target`, from below if
    `up`, else from above; None where no value on the scale does."""
    now = row.get(criterion.slug)
    if now is None:
        return None

    def reaches(value: float) -> bool:
        score = way.rank({item: {**row, criterion.slug: value}}, criteria, options).scores.get(item)
        return score is not None and (score >= target if up else score <= target)

    if criterion.choices:
        values = sorted((choice.value for choice in criterion.choices), key=lambda value: abs(value - now))
        return next(((now, value) for value in values if value != now and reaches(value)), None)
    best = [to for end in ends(criterion, now) if (to := bisected(reaches, now, end)) is not None]
    return (now, min(best, key=lambda to: abs(to - now))) if best else None


def ends(criterion: Criterion, now: float) -> list[float]:
    """How far a cell is tried: to the ends of its scale; where the scale is open, to a tenth and to ten times its
    value."""
    low = criterion.minimum if criterion.minimum is not None else min(now / 10, now * 10)
    high = criterion.maximum if criterion.maximum is not None else max(now / 10, now * 10)
    return [end for end in (low, high) if end != now]


def bisected(reaches: Any, now: float, end: float) -> float | None:
    """The value nearest to `now`, between it and `end`, for which `reaches` is true; None where it is not true at `end`
    either. Found by halving, as a score rises or falls steadily with each cell."""
    if not reaches(end):
        nudged = end + (now - end) * 1e-3  # an end may have no score, such as an effort of zero
        if not reaches(nudged):
            return None
        end = nudged
    for _step in range(STEPS):
        middle = (now + end) / 2
        now, end = (now, middle) if reaches(middle) else (middle, end)
    return end
