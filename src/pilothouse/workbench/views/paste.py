"""Rows copied in Excel or WPS: a preview with what is wrong in each row, then the items, which can be taken back."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.once import once
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, is_fragment, page, product_of, show
from pilothouse.workbench.writing import actions, pasting
from pilothouse.workbench.writing.cleaning import Invalid

SHOWN = 100


@require_http_methods(["GET", "POST"])
@page
@once
def paste(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    text = request.POST.get("rows", "")
    context = {
        "kind": kind_of(product, kind),
        "product": product,
        "rows": text,
        "shown": SHOWN,
        "pasted": None,
        "errors": {},
    }
    if request.method == "GET":
        return show(request, "items/paste.html", context)
    try:
        context["pasted"] = pasted = pasting.read(actor, product, kind, text)
        if request.POST.get("create"):
            return made(request, actor, product, kind, pasted)
    except Invalid as error:
        context["errors"] = error.errors
    template = "items/_paste_panel.html" if is_fragment(request) else "items/paste.html"
    return show(request, template, context, status=422 if context["errors"] else 200)


def made(request: HttpRequest, actor: Actor, product: Product, kind: str, pasted: pasting.Pasted) -> HttpResponse:
    batch = uuid.uuid4()
    items = actions.create_many(actor, product, kind, [line.data for line in pasted.good], batch=batch)
    text = ngettext("%(n)s row added", "%(n)s rows added", len(items)) % {"n": len(items)}
    undo = f"{actor.workspace.url}undo/{batch}" if items else None
    return go(request, f"{product.url}{kind}/?view=list&sort=-created&group=none", text, undo=undo)
