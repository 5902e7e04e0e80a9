"""The products of a workspace: the list, a new one, one's settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.people.forms import NewProductForm
from pilothouse.people.pages import go, page, show
from pilothouse.people.products import create_product, free_key


@page
@require_safe
def products(request: HttpRequest, actor: Actor) -> HttpResponse:
    live = [product for product in actor.products if not product.archived_at]
    archived = [product for product in actor.products if product.archived_at]
    return show(request, "people/products.html", {"live": live, "archived": archived})


@page
def new_product(request: HttpRequest, actor: Actor) -> HttpResponse:
    actor.require("create_product")
    form = NewProductForm(request.POST or None, actor=actor)
    if form.is_valid():
        product = create_product(actor, form.cleaned_data)
        return go(request, product.url, _("%(name)s is ready.") % {"name": product.name})
    return show(request, "people/product_new.html", {"form": form}, status=422 if form.is_bound else 200)


@page
@require_safe
def product_key(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A free key for a name, while it is being typed."""
    actor.require("create_product")
    return JsonResponse({"key": free_key(actor, request.GET.get("name", "")[:100])})
