"""The guided step from one station of the thread to the next, with what it rests on beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilothouse.kinds import KINDS
from pilothouse.kinds.declare import Field
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.once import once
from pilothouse.workbench import search
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, is_fragment, page, product_of, show, sought
from pilothouse.workbench.thread.evidence import evidence_for
from pilothouse.workbench.views.common import Errors, Ref, chosen, item_of, other_of, undo_url
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.lifting import carried, lift, lift_onto, takes_several

MOST_OFFERED = 8


@page
@require_http_methods(["GET", "POST"])
@once
def lift_one(request: HttpRequest, actor: Actor, ref: Ref, kind: str) -> HttpResponse:
    return step(request, actor, [item_of(request, actor, ref, "write")], kind)


@page
@require_http_methods(["GET", "POST"])
@once
def lift_many(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    """The rows selected in a list: `ids`."""
    product = product_of(request, actor, key, "write")
    ids = request.POST.getlist("ids") or request.GET.getlist("ids")
    return step(request, actor, chosen(actor, product, ids), kind)


def step(request: HttpRequest, actor: Actor, sources: list[Item], kind: str) -> HttpResponse:
    """The form, what is found while typing into it, and what it makes. A list posts its rows here to get the form."""
    if any(kind not in source.declared.lifts_to for source in sources):
        raise Http404
    if "q" in request.GET:
        found = offered(actor, sources[0].product, kind, sought(request))
        return show(request, "thread/lift_found.html", {"found": found, "kind": KINDS[kind]})
    if request.method == "GET" or not {"title", "existing"} & set(request.POST):
        return form(request, actor, sources, kind)
    try:
        return made(request, actor, sources, kind)
    except Invalid as invalid:
        return form(request, actor, sources, kind, invalid.errors)


def made(request: HttpRequest, actor: Actor, sources: list[Item], kind: str) -> HttpResponse:
    batch, product = uuid.uuid4(), sources[0].product
    if existing := request.POST.get("existing", "").strip():
        target = other_of(actor, product, existing)
        if target.kind != kind:
            raise Invalid({"existing": _("%(ref)s is of another kind.") % {"ref": target.ref}})
        lift_onto(actor, sources, target, batch)
        text = _("Linked to %(ref)s") % {"ref": target.ref}
        return go(request, target.url, text, undo=undo_url(actor, batch))
    items = lift(actor, sources, kind, rows(request, sources, kind), batch=batch)
    if len(items) == 1:
        return go(request, items[0].url, _("%(ref)s made") % {"ref": items[0].ref}, undo=undo_url(actor, batch))
    text = _("%(n)s made, the first is %(ref)s") % {"n": len(items), "ref": items[0].ref}
    return go(request, sources[0].url, text, undo=undo_url(actor, batch))


def rows(request: HttpRequest, sources: list[Item], kind: str) -> list[dict[str, Any]]:
    """One row for each line where a thing is broken down, else one."""
    title, body = request.POST.get("title", ""), request.POST.get("body", "")
    several = takes_several(sources, kind)
    titles = [line for line in title.splitlines() if line.strip()] if several else [title]
    along = carried(sources, kind)
    return [{**along, "title": line, **({"body": body} if body and not several else {})} for line in titles]


def told(field: Field, value: Any) -> str:
    """A field's name and value as a person reads them."""
    values = value if isinstance(value, list) else [value]
    return " ".join([str(field.name), *(str(field.option_name(each)) for each in values)])


def form(
    request: HttpRequest, actor: Actor, sources: list[Item], kind: str, errors: dict[str, str] | None = None
) -> HttpResponse:
    product = sources[0].product
    declared = kind_of(product, kind)
    context = {
        "sources": sources,
        "product": product,
        "made": declared,
        "action": request.path,
        "evidence": evidence_for(actor, sources),
        "several": takes_several(sources, kind),
        "carried": " · ".join(
            told(declared.field_by_slug[name], value) for name, value in carried(sources, kind).items()
        ),
        "found": offered(actor, product, kind, ""),
        "kind": declared,
        "errors": Errors(errors or {}),
        "typed": request.POST if errors else {},
    }
    template = "thread/lift_form.html" if is_fragment(request) and errors else "thread/lift.html"
    return show(request, template, context, status=422 if errors else 200)


def offered(actor: Actor, product: Product, kind: str, typed: str) -> list[Item]:
    """Items of that kind: of the number typed, or with the words typed, in the title first; else the newest open."""
    items = Item.objects.visible_to(actor).live().filter(product=product, kind=kind)
    if typed.strip():
        found = [hit.item for hit in search.best(items, search.Asked(typed, [product.pk], kind), MOST_OFFERED)]
    else:
        found = list(items.filter(closed_at=None).order_by("-updated_at", "-id")[:MOST_OFFERED])
    for item in found:
        item.product = product
    return found
