"""The guide: the chapters, each with the tools that do it here and how far this product has come."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from pilothouse.chapters import CHAPTERS
from pilothouse.people.access import Actor
from pilothouse.workbench.frame import current_product
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, show


@require_safe
@page
def guide(request: HttpRequest, actor: Actor) -> HttpResponse:
    product = current_product(request, actor)
    rows = Item.objects.visible_to(actor).live().filter(product=product)  # type: ignore[attr-defined]
    counts = dict(rows.values_list("kind").annotate(Count("pk"))) if product else {}
    language = translation.get_language() or "en"
    chapters = [
        {
            "number": chapter.number,
            "name": chapter.name,
            "leaves_with": chapter.leaves_with,
            "kinds": [{"kind": kind, "count": counts.get(kind.slug, 0)} for kind in chapter.kinds],
            "methods": [{"name": row.name(language), "asks": row.asks(language)} for row in chapter.methods],
        }
        for chapter in CHAPTERS
        if chapter.kinds or chapter.methods
    ]
    return show(request, "guide/guide.html", {"chapters": chapters, "product": product})
