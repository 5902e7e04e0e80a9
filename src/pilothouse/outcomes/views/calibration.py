"""How well what was said about decisions fits what came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.outcomes.calibration import reading, said
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import page, product_of, show

MOST_LISTED = 200


@require_safe
@page
def calibration(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """`?who=7` for one person; `?all=1` for every product that the reader sees."""
    product = product_of(request, actor, key)
    everywhere, who = "all" in request.GET, request.GET.get("who", "")
    everybody = said(actor, None if everywhere else product, None)
    person = int(who) if who.isdecimal() and len(who) < 18 else None
    rows = [one for one in everybody if person is None or (one.who and one.who.pk == person)]
    people = {one.who.pk: str(one.who) for one in everybody if one.who}
    context = {
        "product": product, "rows": rows[:MOST_LISTED], "reading": reading(rows), "everywhere": everywhere,
        "people": sorted(((str(pk), name) for pk, name in people.items()), key=lambda pair: pair[1]), "who": who,
    }  # fmt: skip
    return show(request, "outcomes/calibration.html", context)
