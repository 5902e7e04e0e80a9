"""Products: those one may see, a new one, its settings, its kinds, and the whole of it as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from ninja import Header, Router

from pilothouse.api.auth import caller
from pilothouse.api.idempotency import once
from pilothouse.api.schemas import KindOut, ProductIn, ProductOut, ProductPatch, kind_out, product_out
from pilothouse.exchange.views.whole import download
from pilothouse.people.forms import NewProductForm, ProductForm
from pilothouse.people.products import SETTINGS, change_product, create_product
from pilothouse.workbench.models.custom import kinds_of
from pilothouse.workbench.writing.cleaning import Invalid

router = Router()


@router.get("/products", response=list[ProductOut], summary="The products you may see")
def products(request: HttpRequest) -> Any:
    return [product_out(product) for product in caller(request).products]


@router.post("/products", response={201: ProductOut}, summary="Create a product")
def create(request: HttpRequest, payload: ProductIn, idempotency_key: str | None = Header(None)) -> Any:
    actor = caller(request)
    actor.require("create_product")
    form = NewProductForm(payload.dict(), actor=actor)
    return once(request, lambda: (201, product_out(create_product(actor, cleaned(form)))))


@router.get("/products/{key}", response=ProductOut, summary="One product")
def product(request: HttpRequest, key: str) -> Any:
    return product_out(caller(request).product(key))


@router.patch("/products/{key}", response=ProductOut, summary="Change a product's name or purpose")
def change(request: HttpRequest, key: str, payload: ProductPatch) -> Any:
    """For who may manage it: owners, admins, and the member who made it."""
    actor = caller(request)
    product = actor.product(key, "manage")
    now = {name: getattr(product, name) for name in SETTINGS}
    change_product(actor, product, cleaned(ProductForm({**now, **payload.dict(exclude_unset=True)})))
    return product_out(product)


def cleaned(form: forms.Form) -> dict[str, Any]:
    """What the form of the pages lets through. Raises Invalid, naming its fields."""
    if not form.is_valid():
        raise Invalid({name: messages[0] for name, messages in form.errors.items()})
    return form.cleaned_data


@router.get(
    "/products/{key}/kinds", response=list[KindOut], summary="The kinds of a product, with its own fields and states"
)
def kinds(request: HttpRequest, key: str) -> Any:
    return [kind_out(kind) for kind in kinds_of(caller(request).product(key)).values()]


@router.get("/products/{key}/export", response={200: dict[str, Any]}, summary="The whole product as one JSON file")
def export(request: HttpRequest, key: str) -> HttpResponseBase:
    """Everything in it, as `pilothouse import` and the page for new products take it. Not for guests."""
    actor = caller(request)
    return download(actor, actor.product(key, "inspect"))
