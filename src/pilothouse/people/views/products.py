"""The products of a workspace: the list, a new one, one's settings."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.people.forms import NewProductForm, ProductForm
from pilothouse.people.models import Membership, Product, Role
from pilothouse.people.pages import go, page, product_of, show
from pilothouse.people.products import SETTINGS, change_product, create_product, free_key, set_archived, set_people


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


@page
def product_settings(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key, "manage")
    form = ProductForm(request.POST or None, initial={name: getattr(product, name) for name in SETTINGS})
    if form.is_valid():
        change_product(actor, product, form.cleaned_data)
        return back(request, product, _("The settings are saved."))
    context = {"form": form, "product": product, "people": who_sees(actor, product)}
    return show(request, "people/product_settings.html", context, status=422 if form.is_bound else 200)


def who_sees(actor: Actor, product: Product) -> list[dict]:
    """Everyone in the workspace: whether they see the product, and whether that can be chosen for them."""
    rows = Membership.objects.filter(workspace=actor.workspace).select_related("user")
    named = set(product.members.values_list("pk", flat=True))
    people = [
        {"user": row.user, "role": row.get_role_display(), "by": choice(row, product), "named": row.user_id in named}
        for row in rows
    ]
    return sorted(people, key=lambda person: (person["by"] == "role", str(person["user"]).casefold()))


def choice(row: Membership, product: Product) -> str:
    """Guests are named one by one, members where the product is private; the others see it by their role."""
    return "name" if row.role == Role.GUEST or (row.role == Role.MEMBER and product.private) else "role"


@page
@require_POST
def product_people(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = actor.product(key, "manage")
    rows = Membership.objects.filter(workspace=actor.workspace).select_related("user")
    here = {str(row.user_id): row.user for row in rows}
    ids = set(request.POST.getlist("people"))
    if not ids <= here.keys():
        raise Http404
    set_people(actor, product, [here[pk] for pk in ids])
    return back(request, product, _("The settings are saved."))


@page
@require_POST
def product_archive(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = actor.product(key, "manage")
    archived = request.POST.get("archived") == "1"
    set_archived(actor, product, archived)
    text = _("%(name)s is archived. Nothing was deleted.") if archived else _("%(name)s is back among the products.")
    here = request.POST.get("next", "")
    url = here if here.startswith(actor.workspace.url) else f"{product.url}settings"
    return go(request, url, text % {"name": product.name})


def back(request: HttpRequest, product: Product, text: str) -> HttpResponse:
    return go(request, f"{product.url}settings", text)
