"""The gallery of layouts, and a new canvas of one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.canvases import actions
from pilothouse.canvases.miniature import miniature
from pilothouse.canvases.models import OwnLayout
from pilothouse.kinds.canvas import OWN
from pilothouse.kinds.layouts import FAMILIES, LAYOUTS, Layout
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.once import once
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.views.common import Errors
from pilothouse.workbench.writing.cleaning import Invalid

MOST_NAMED, MOST_CANVASES = 3, 1_000


@require_http_methods(["GET", "POST"])
@page
@once
def new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """`layout` is a declared one, or own-<number> for one of the product's own; ?layout= opens it."""
    product = product_of(request, actor, key, "write" if request.method == "POST" else "read")
    if request.method == "GET":
        return gallery(request, actor, product, {})
    slug = request.POST.get("layout", "")
    own = own_of(actor, product, slug)
    name = own.name if own else LAYOUTS[slug].name if slug in LAYOUTS else _("Canvas")
    try:
        title = request.POST.get("title", "").strip() or str(name)
        canvas = actions.create_canvas(actor, product, slug, {"title": title}, own=own)
    except Invalid as invalid:
        return gallery(request, actor, product, invalid.errors)
    return go(request, canvas.url, _("%(ref)s added") % {"ref": canvas.item.ref})


def own_of(actor: Actor, product: Product, slug: str) -> OwnLayout | None:
    """The product's own layout that "own-12" names, else None; 404 where there is none."""
    start, _dash, number = slug.partition("-")
    if start != OWN or not number:
        return None
    if not number.isdecimal() or len(number) > 17:
        raise Http404
    return actor.find(OwnLayout, pk=int(number), product=product)


def gallery(request: HttpRequest, actor: Actor, product: Product, errors: dict[str, str]) -> HttpResponse:
    there = canvases_of(actor, product)
    owns = OwnLayout.objects.visible_to(actor).filter(product=product).order_by("name", "pk")
    families: list[tuple[Any, Any]] = [
        (_("Own layouts of this product"), [card(f"{OWN}-{own.pk}", own.declared, []) for own in owns])
    ]
    for slug, name in FAMILIES.items():
        rows = [card(one.slug, one, there[one.slug]) for one in LAYOUTS.values() if one.family == slug]
        families.append((name, rows))
    wanted = request.POST.get("layout") or request.GET.get("layout", "")
    cards = [row for _name, rows in families for row in rows]
    context = {
        "product": product, "families": [(name, rows) for name, rows in families if rows], "errors": Errors(errors),
        "chosen": next((row for row in cards if row["slug"] == wanted), None), "own": there[OWN],
        "writable": actor.may("write", product), "typed": request.POST.get("title") or request.GET.get("title", ""),
    }  # fmt: skip
    return show(request, "canvases/new.html", context, status=422 if errors else 200)


def card(slug: str, layout: Layout, canvases: list[Item]) -> dict[str, Any]:
    return {
        "slug": slug, "layout": layout, "miniature": miniature(layout), "canvases": canvases[:MOST_NAMED],
        "more": max(0, len(canvases) - MOST_NAMED), "own": slug.partition("-")[2],
    }  # fmt: skip


def canvases_of(actor: Actor, product: Product) -> dict[str, list[Item]]:
    """The product's live canvases by layout, the newest first."""
    found: dict[str, list[Item]] = defaultdict(list)
    rows = Item.objects.visible_to(actor).live().filter(product=product, kind=actions.KIND).defer("body")
    for item in rows.order_by("-updated_at", "-pk")[:MOST_CANVASES]:
        item.product = product
        found[str(item.fields.get("layout") or "")].append(item)
    return found
