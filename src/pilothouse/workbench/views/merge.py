"""Merging duplicates: which one is kept, and which near-duplicates there are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.thread.duplicates import near_duplicates
from pilothouse.workbench.views.common import Errors, Ref, item_of, other_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.merge import merge as merge_items


@page
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """`other`: those to merge, by number. `keep`: "this" one, or the "other" where there is one."""
    item = item_of(request, actor, ref, "write")
    if request.method == "GET":
        return form(request, actor, item)
    try:
        others = others_of(request, actor, item)
        kept, closed = (others[0], [item]) if request.POST.get("keep") == "other" else (item, others)
        batch = merge_items(actor, kept, closed)
    except Invalid as invalid:
        return form(request, actor, item, invalid.errors)
    told = ngettext("%(n)s item merged into %(ref)s", "%(n)s items merged into %(ref)s", len(closed))
    return go(request, kept.url, told % {"n": len(closed), "ref": kept.ref}, undo=undo_url(actor, batch))


def others_of(request: HttpRequest, actor: Actor, item: Item) -> list[Item]:
    typed = [part for text in request.POST.getlist("other") for part in text.replace("，", ",").split(",")]
    refs = list(dict.fromkeys(part.strip() for part in typed if part.strip()))
    return [other_of(actor, item.product, text) for text in refs] or [other_of(actor, item.product, "")]


def form(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str] | None = None) -> HttpResponse:
    context = {
        **shared(actor, item),
        "near": near_duplicates(actor, item),
        "errors": Errors(errors or {}),
        "typed": request.POST.get("other", "") if errors else "",
    }
    return show(request, "items/item_merge.html", context, status=422 if errors else 200)
