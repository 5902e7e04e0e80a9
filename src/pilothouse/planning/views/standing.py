"""Where one item stands on the scorecards that it is on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.models import Scorecard
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.showing import cards_with
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref, item_of


@require_safe
@page
def standing(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Fetched after the item's own page, as each card is ranked anew for it."""
    item = item_of(request, actor, ref, "read")
    places = [standing_on(actor, card, item) for card in cards_with(actor, item)]
    return show(request, "planning/standing.html", {"item": item, "places": places})


def standing_on(actor: Actor, card: Scorecard, item: Item) -> dict[str, Any]:
    ranking = None if card.hidden else sheet(actor, card).ranking
    place = ranking.place(item.pk) if ranking else None
    return {"card": card, "place": place, "of": len(ranking.order) if ranking else 0}
