"""The full form for a new item. Sent twice, it makes one."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, in_panel, page, product_of, show
from pilothouse.workbench.sections import MADE_AT
from pilothouse.workbench.showing import forms
from pilothouse.workbench.viewing.columns import columns_of
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid


@require_http_methods(["GET", "POST"])
@page
def new(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    if request.method == "GET" and kind in MADE_AT:
        return go(request, f"{product.url}{MADE_AT[kind]}")
    if request.method == "GET":
        return shown(request, actor, product, kind, nonce=str(uuid.uuid4()))
    nonce = request.POST.get("nonce", "")
    try:
        data = forms.values(columns_of(kind_of(product, kind)), request.POST)
        item = made_once(actor, product, kind, forms.titled(kind_of(product, kind), data), nonce)
    except Invalid as error:
        return shown(request, actor, product, kind, nonce=nonce, errors=error.errors)
    text = _("%(ref)s added") % {"ref": item.ref}
    again = f"{product.url}{kind}/new" if request.POST.get("again") else item.url
    return go(request, again, text)


def shown(
    request: HttpRequest, actor: Actor, product: Product, kind: str, *, nonce: str, errors: dict[str, str] | None = None
) -> HttpResponse:
    given = request.POST if errors else request.GET
    context = {
        "form": forms.form(actor, product, kind, given, errors or {}),
        "kind": kind_of(product, kind),
        "product": product,
        "nonce": nonce,
    }
    template = "items/_new.html" if in_panel(request) else "items/new.html"
    return show(request, template, context, status=422 if errors else 200)


def made_once(actor: Actor, product: Product, kind: str, data: dict, nonce: str) -> Item:
    """The item that this form made: a second sending waits for the first one and finds its item."""
    try:
        batch = uuid.UUID(nonce)
    except ValueError:
        batch = uuid.uuid4()
    with transaction.atomic():
        Product.objects.select_for_update().get(pk=product.pk)
        earlier = Event.objects.visible_to(actor).filter(batch=batch, verb="created", actor=actor.user, product=product)
        if (found := earlier.select_related("item").first()) and found.item:
            found.item.product = product
            return found.item
        return actions.create(actor, product, kind, data, batch=batch)
