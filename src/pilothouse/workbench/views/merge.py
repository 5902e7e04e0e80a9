"""Merging duplicates: which one is kept, and which near-duplicates there are."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, product_of, show, sought
from pilothouse.workbench.thread.duplicates import near_duplicates
from pilothouse.workbench.views.common import Errors, Ref, chosen, item_of, other_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.views.lift import offered
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.merge import merge as merge_items


@page
@require_POST
def merge_many(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """The rows selected in a list, `ids`: the page of the first one, with the others ticked."""
    first, *others = chosen(actor, product_of(request, actor, key, "write"), request.POST.getlist("ids"))
    query = urlencode({"other": [other.ref for other in others]}, doseq=True)
    return HttpResponseRedirect(f"{first.url}/merge?{query}")


@page
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """`other`: those to merge, by number. `keep`: "this" one, or the "other" where there is one. `q` finds more."""
    item = item_of(request, actor, ref, "write")
    if "q" in request.GET:
        marked = ticked(request, actor, item)
        found = offered(actor, item.product, item.kind, sought(request))
        there = {"marked": marked, "found": [other for other in found if other not in (item, *marked)]}
        return show(request, "items/item_merge_found.html", there)
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
    """What was ticked; where nothing was, what was typed has to be numbers."""
    typed = request.POST.getlist("other") or [request.POST.get("q", "")]
    refs = dict.fromkeys(part.strip() for text in typed for part in text.replace("，", ",").split(",") if part.strip())
    return [other_of(actor, item.product, text) for text in refs] or [other_of(actor, item.product, "")]


def ticked(request: HttpRequest, actor: Actor, item: Item) -> list[Item]:
    """Rows that came along from a list, or that were ticked before something was refused."""
    refs = (request.POST if request.method == "POST" else request.GET).getlist("other")
    numbers = [int(end) for ref in refs if (end := ref.rpartition("-")[2]).isdecimal() and len(end) < 10]
    rows = Item.objects.visible_to(actor).live().filter(product=item.product, kind=item.kind, number__in=numbers)
    found = list(rows.exclude(pk=item.pk).order_by("number"))
    for other in found:
        other.product = item.product
    return found


def form(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str] | None = None) -> HttpResponse:
    marked = ticked(request, actor, item)
    context = {
        **shared(actor, item),
        "marked": marked,
        "near": [other for other in near_duplicates(actor, item) if other not in marked],
        "errors": Errors(errors or {}),
        "typed": request.POST.get("q", ""),
    }
    return show(request, "items/item_merge.html", context, status=422 if errors else 200)
