"""A scorecard as rows of cells: an item a row; of features, a feature a row with where and when each was seen."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.exchange.writing.table import Grid, Value
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.features import Standing, standings
from pilothouse.planning.scorecards.table import Cell, Sheet
from pilothouse.workbench.models import Item


def grid(found: Sheet) -> Grid:
    return features(found) if found.card.way == "features" else scores(found)


def scores(found: Sheet) -> Grid:
    columns = found.card.columns
    heads = [_("Place"), _("Reference"), _("Title"), _("Score"), *(one.name for one in columns)]
    slugs = ["place", "ref", "title", "score", *(one.slug for one in columns)]
    return Grid(heads, slugs, [row(found, item) for item in found.rows])


def row(found: Sheet, item: Item) -> list[Value]:
    ranking = found.ranking
    values = [found.cells[item.pk][one.slug].value for one in found.card.columns]
    return [ranking.place(item.pk), item.ref, item.title, ranking.scores.get(item.pk), *values]


def features(found: Sheet) -> Grid:
    """Our own product first, then each competitor with its source and the day beside the answer."""
    ours = found.card.item_id
    products = sorted(found.items, key=lambda item: (item.pk != ours, item.number))
    heads, slugs = [_("Feature"), _("Weight")], ["title", "weight"]
    for item in products:
        name = found.card.item.product.name if item.pk == ours else item.title
        heads += [name, f"{name}: {_('Source')}", f"{name}: {_('Seen on')}"]
        slugs += ["value", "source", "seen_on"]
    heads += [_("Lead or gap"), _("Offered most by")]
    slugs += ["gap", "best"]
    rows = [list(feature(found, one, products)) for one in standings(found)]
    return Grid(heads, slugs, rows)


def feature(found: Sheet, one: Standing, products: list[Item]) -> Iterator[Value]:
    yield from (one.criterion.name, one.criterion.weight)
    for item in products:
        cell = found.cells[item.pk][one.criterion.slug]
        yield said(cell, one.criterion)
        yield cell.newest.source if cell.newest else ""
        yield cell.newest.seen if cell.newest else None
    yield one.gap
    yield pgettext("between the parts of a list", ", ").join(item.title for item in one.best)


def said(cell: Cell, criterion: Criterion) -> Value:
    """In words where the answers are words."""
    return next((one.name for one in criterion.choices if one.value == cell.value), cell.value)
