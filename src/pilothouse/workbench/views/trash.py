"""What was thrown away: back with one click, gone for good only by those who manage the workspace."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Item, ItemQuerySet
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.writing import actions

A_PAGE = 100
KEPT_DAYS = 30


@require_http_methods(["GET", "POST"])
@page
def trash(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key, "write" if request.method == "POST" else "inspect")
    if request.method == "POST":
        return emptied(request, actor, product)
    rows = thrown_away(actor, product).select_related("owner").defer("body").order_by("-trashed_at", "-pk")
    items = list(rows[: A_PAGE + 1])
    for item in items:
        item.product = product
    restorable = actor.may("write", product)
    return show(
        request,
        "home/trash.html",
        {
            "product": product, "items": items[:A_PAGE], "more": len(items) > A_PAGE, "kinds": KINDS, "days": KEPT_DAYS,
            "may_restore": restorable, "may_purge": restorable and actor.may("administer"),
        },
    )  # fmt: skip


def thrown_away(actor: Actor, product: Product) -> ItemQuerySet:
    return Item.objects.visible_to(actor).filter(product=product, trashed_at__isnull=False)


def emptied(request: HttpRequest, actor: Actor, product: Product) -> HttpResponse:
    ids = request.POST.getlist("ids")
    if not all(text.isdecimal() and len(text) < 18 for text in ids):
        raise Http404
    items = list(thrown_away(actor, product).filter(pk__in=[int(text) for text in ids]))
    url = f"{product.url}trash"
    if request.POST.get("set") == "purge":
        count = actions.purge(actor, items)
        return go(
            request, url, ngettext("%(n)s item is gone for good", "%(n)s items are gone for good", count) % {"n": count}
        )
    events = actions.restore(actor, items)
    undo = f"{actor.workspace.url}undo/{events[0].batch}" if events else None
    text = ngettext("%(n)s item is back", "%(n)s items are back", len(events)) % {"n": len(events)}
    return go(request, url, text, undo=undo)
