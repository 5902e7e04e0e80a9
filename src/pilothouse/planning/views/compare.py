"""The same items under several scorecards and surveys, the widest disagreements first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards.comparison import compare as compare_rankings
from pilothouse.planning.scorecards.surveyed import surveyed
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.scorecards.ways import SORTING, Ranking
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, show

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
    product = actor.product(key)
    request.product = product  # type: ignore[attr-defined]
    rows = Scorecard.objects.visible_to(actor).filter(
        item__product=product, item__trashed_at=None, way__in=SORTING
    )  # fmt: skip
    cards = list(rows.select_related("item").order_by("-id")[:50])
    said = surveyed(actor, product)
    wanted = request.GET.getlist("card")[:MOST_CARDS] or [str(card.item.number) for card in cards[:3]] + list(said)
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
    choices = [(str(card.item.number), f"{card.item.title} · {card.declared.name}") for card in cards]
    context = {
        "product": product, "choices": [*choices, *((slug, str(row[0].name)) for slug, row in said.items())],
        "chosen": set(wanted), "columns": columns, "items": items, "kano": "kano" in columns,
        "comparison": compare_rankings({ref: column.ranking for ref, column in columns.items()}),
    }  # fmt: skip
    return show(request, "planning/compare.html", context)
