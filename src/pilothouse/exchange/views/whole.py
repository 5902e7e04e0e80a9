"""Whole products as files: out of one, into a new one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pilothouse.exchange.taking.steps import MOST_BYTES, TooLarge
from pilothouse.exchange.views.common import product_by_method
from pilothouse.exchange.whole import steps
from pilothouse.exchange.whole.outgoing import lines
from pilothouse.people.access import Actor
from pilothouse.people.models import KEY, Product
from pilothouse.workbench.models.custom import kinds_of
from pilothouse.workbench.pages import page, product_of, show


@require_GET
@page
def choose(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key)
    return show(request, "exchange/export.html", {"product": product, "kinds": kinds_of(product)})


@require_GET
@page
def product_file(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    return download(actor, product_by_method(request, actor, key))


def download(actor: Actor, product: Product) -> StreamingHttpResponse:
    response = StreamingHttpResponse(
        (line.encode("utf-8", "replace") for line in lines(product, actor.user)), content_type="application/json"
    )
    name = f"{product.key}-{timezone.localdate().isoformat()}.json"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@page
def new_product(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new product from such a file."""
    actor.require("create_product")
    context = {"most": MOST_BYTES, "errors": {}, "given": {"key": "", "name": ""}}
    if request.method != "POST":
        return show(request, "exchange/new_product.html", context)
    given = {"key": request.POST.get("key", "").strip().upper(), "name": request.POST.get("name", "").strip()[:100]}
    file = request.FILES.get("file")
    errors = problems(actor, given["key"], file)
    if not errors:
        try:
            job = steps.begin(actor, file, given["key"], given["name"])  # type: ignore[arg-type]
            return HttpResponseRedirect(job.url)
        except TooLarge:
            errors["file"] = _("The file is larger than 200 MB. Use `pilothouse import` on the server for it.")
    return show(request, "exchange/new_product.html", {**context, "errors": errors, "given": given}, status=422)


def problems(actor: Actor, key: str, file: object) -> dict[str, str]:
    errors = {}
    try:
        KEY(key)
    except ValidationError as error:
        errors["key"] = error.messages[0]
    if not errors and Product.objects.filter(workspace=actor.workspace, key=key).exists():
        errors["key"] = _("There is a product with the key %(key)s already.") % {"key": key}
    if not file:
        errors["file"] = _("Choose a file that has something in it.")
    return errors
