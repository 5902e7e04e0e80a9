"""The same items under several scorecards and surveys, the widest disagreements first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards.comparison import Pair
from pilothouse.planning.scorecards.comparison import compare as compare_rankings
from pilothouse.planning.scorecards.surveyed import surveyed
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.scorecards.ways import SORTING, Ranking
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, product_of, show

MOST_CARDS = 6


@dataclass(frozen=True)
class Column:
    """A scorecard, or what a survey said: the key that its choice bears, its name, and the order it gives."""

    key: str
    title: str
    note: str
    ranking: Ranking


@require_safe
@page
def compare(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key)
    rows = Scorecard.objects.visible_to(actor).filter(
        item__product=product, item__trashed_at=None, way__in=SORTING
    )  # fmt: skip
    cards = list(rows.select_related("item").order_by("-id")[:50])
    said = surveyed(actor, product)
    wanted = request.GET.getlist("card")[:MOST_CARDS] or [str(card.item.number) for card in at_first(cards)] + list(
        said
    )
    columns: dict[str, Column] = {}
    items: dict[int, Item] = {}
    for card in cards:
        card.item.product = product
        if str(card.item.number) in wanted:
            found = sheet(actor, card)
            columns[card.item.ref] = Column(card.item.ref, card.item.title, card.item.ref, found.ranking)
            items |= {item.pk: item for item in found.items}
    for slug, (measure, ranking, those) in said.items():
        if slug in wanted:
            columns[slug] = Column(slug, str(measure.name), "", ranking)
            items |= {item.pk: item for item in those}
    choices = [(str(card.item.number), named(card)) for card in cards]
    context = {
        "product": product, "choices": [*choices, *((slug, str(row[0].name)) for slug, row in said.items())],
        "chosen": set(wanted), "columns": columns, "items": items, "kano": "kano" in columns,
        "comparison": compare_rankings({ref: column.ranking for ref, column in columns.items()}), "alike": in_words,
    }  # fmt: skip
    return show(request, "planning/compare.html", context)


def at_first(cards: Sequence[Scorecard]) -> list[Scorecard]:
    """The newest card of each way; where all are of one way, the newest three."""
    ways: dict[str, Scorecard] = {}
    for card in cards:
        ways.setdefault(card.way, card)
    return list(ways.values())[:MOST_CARDS] if len(ways) > 1 else list(cards[:3])


def named(card: Scorecard) -> str:
    """Its title with its way, once."""
    way = str(card.declared.name)
    return card.item.title if way in card.item.title else f"{card.item.title} · {way}"


def in_words(pair: Pair, columns: Mapping[str, Column]) -> str:
    """What a coefficient says, before the coefficient."""
    figures = {"one": columns[pair.first].title, "other": columns[pair.second].title}
    rho = pair.rho or 0.0
    if rho >= 0.8:
        return _("“%(one)s” and “%(other)s” give nearly the same order.") % figures
    if rho >= 0.4:
        return _("“%(one)s” and “%(other)s” agree in part.") % figures
    if rho > -0.4:
        return _("“%(one)s” and “%(other)s” have little in common.") % figures
    return _("“%(one)s” and “%(other)s” run against each other.") % figures
