"""What would turn a decision over: a weight that goes too far, a number that was too kind."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from pilothouse.jinja import decimal
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.matrices import closest
from pilothouse.planning.scorecards.sensitivity import Flip, flips
from pilothouse.planning.scorecards.table import Sheet

MOST = 2  # of each sort: the nearest say it all


def turning(found: Sheet) -> list[str]:
    """Sentences on what would turn a decision over: weights, then single numbers, then another method. None where fewer
    than two options are ranked."""
    if found.card.way != "decision" or len(found.ranking.order) < 2:
        return []
    return [*by_weight(found), *by_number(found), *by_method(found)]


def by_weight(found: Sheet) -> list[str]:
    """Sentences on the criteria whose weight has the least room left before another option comes first."""
    best = title(found, found.ranking.order[0])
    total = sum(one.weight for one in found.card.columns) or 1.0
    said = []
    for criterion in found.card.columns:
        low, high = found.ranking.result.best_holds[criterion.slug]
        now = criterion.weight / total
        ends = [(high - now, most_weight(best, criterion, now, high))] if high < 1 - 1e-9 else []
        ends += [(now - low, least_weight(best, criterion, now, low))] if low > 1e-9 else []
        said += sorted(ends)[:1]
    return [text for _room, text in sorted(said)[:MOST]]


def most_weight(best: str, criterion: Criterion, now: float, end: float) -> str:
    text = _("“%(best)s” stays first while “%(criterion)s” weighs at most %(end)s %% of all (now %(now)s %%).")
    return text % {"best": best, "criterion": criterion.name, "now": percent(now), "end": percent(end)}


def least_weight(best: str, criterion: Criterion, now: float, end: float) -> str:
    text = _("“%(best)s” stays first while “%(criterion)s” weighs at least %(end)s %% of all (now %(now)s %%).")
    return text % {"best": best, "criterion": criterion.name, "now": percent(now), "end": percent(end)}


def percent(part: float) -> str:
    return decimal(part * 100, 0)


def by_number(found: Sheet) -> list[str]:
    """Sentences on the smallest changes of a single number that put the second option level with the first."""
    first, second = found.ranking.order[:2]
    near = [flip for flip in of(found, first) if not flip.up] + [flip for flip in of(found, second) if flip.up]
    spans = {one.slug: one.span or 1.0 for one in found.card.columns}
    names = {one.slug: one.name for one in found.card.columns}
    near.sort(key=lambda flip: abs(flip.change) / spans[flip.criterion])
    return [in_words(found, flip, names[flip.criterion]) for flip in near[:MOST]]


def of(found: Sheet, item: int) -> list[Flip]:
    table = {item: {slug: one.value for slug, one in found.cells[item].items()}}
    return flips(found.card.declared, table, found.ranking, found.card.columns, found.options, item)


def in_words(found: Sheet, flip: Flip, criterion: str) -> str:
    figures = {
        "criterion": criterion, "item": title(found, flip.item), "other": title(found, flip.against),
        "now": decimal(flip.now, 1), "to": decimal(flip.to, 1),
    }  # fmt: skip
    return _("“%(criterion)s” of “%(item)s” at %(to)s instead of %(now)s puts it level with “%(other)s”.") % figures


def by_method(found: Sheet) -> Sequence[str]:
    table = {key: {slug: one.value for slug, one in found.cells[key].items()} for key in found.ranking.order}
    other = closest(table, found.card.columns)
    if other is None or other == found.ranking.order[0]:
        return ()
    return (_("By distance to the ideal (TOPSIS) “%(other)s” comes first.") % {"other": title(found, other)},)


def title(found: Sheet, key: int) -> str:
    return next(item.title for item in found.items if item.pk == key)
