"""The same items under several scorecards, the widest disagreements first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards.comparison import compare as compare_rankings
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.scorecards.ways import SORTING
from pilothouse.workbench.pages import page, show

MOST_CARDS = 6


@require_safe
@page
def compare(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = actor.product(key)
    request.product = product  # type: ignore[attr-defined]
    rows = Scorecard.objects.visible_to(actor).filter(item__product=product, item__trashed_at=None, way__in=SORTING)
    cards = list(rows.select_related("item").order_by("-id")[:50])
    wanted = [int(text) for text in request.GET.getlist("card") if text.isdecimal() and len(text) < 10]
    chosen = [card for card in cards if card.item.number in wanted][:MOST_CARDS] or cards[:3]
    sheets = {}
    for card in chosen:
        card.item.product = product
        sheets[card.item.ref] = sheet(actor, card)
    items = {item.pk: item for found in sheets.values() for item in found.items}
    context = {
        "product": product, "cards": cards, "chosen": {card.item.number for card in chosen}, "sheets": sheets,
        "items": items, "comparison": compare_rankings({ref: found.ranking for ref, found in sheets.items()}),
    }  # fmt: skip
    return show(request, "planning/compare.html", context)
