"""The gallery of layouts, and a new canvas of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.canvases import actions
from pilothouse.kinds.layouts import FAMILIES, LAYOUTS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.cleaning import Invalid
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = actor.product(key, "write" if request.method == "POST" else "read")
    request.product = product  # type: ignore[attr-defined]
    if request.method == "GET":
        return gallery(request, actor, product, {})
    layout = request.POST.get("layout", "")
    try:
        title = request.POST.get("title", "").strip() or (str(LAYOUTS[layout].name) if layout in LAYOUTS else "")
        canvas = actions.create_canvas(actor, product, layout, {"title": title})
    except Invalid as invalid:
        return gallery(request, actor, product, invalid.errors)
    return go(request, canvas.url, _("%(ref)s added") % {"ref": canvas.item.ref})


def gallery(request: HttpRequest, actor: Actor, product: Product, errors: dict[str, str]) -> HttpResponse:
    families = [(name, [one for one in LAYOUTS.values() if one.family == slug]) for slug, name in FAMILIES.items()]
    context = {
        "product": product, "families": [(name, rows) for name, rows in families if rows], "errors": Errors(errors),
        "chosen": request.POST.get("layout") or request.GET.get("layout", ""), "writable": actor.may("write", product),
    }  # fmt: skip
    return show(request, "canvases/new.html", context, status=422 if errors else 200)
