"""A new survey: from an instrument, from requirements that were picked, from a file, or empty."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from pydantic import ValidationError

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.once import once
from pilothouse.surveys import actions
from pilothouse.surveys.building.naming import language_name
from pilothouse.surveys.definition import Questionnaire, Text
from pilothouse.surveys.instruments import READY, Ready, together
from pilothouse.surveys.rows import KIND
from pilothouse.workbench.models import Item
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.views.common import Errors, chosen
from pilothouse.workbench.writing.cleaning import Invalid

ABOUT, MOST_OFFERED = ("requirement", "need"), 60
WRITTEN = ("en", "zh-hans")


@page
@require_http_methods(["GET", "POST"])
@once
def new(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """?items=12,14 begins with these requirements or needs; ?instrument=kano has it picked already."""
    product = product_of(request, actor, key, "write")
    items = picked(request, actor, product)
    if request.method == "GET" or "make" not in request.POST:  # rows selected in a list are posted here
        return show(request, "surveys/build/new.html", context(request, actor, product, items))
    try:
        survey = actions.create_survey(actor, product, wanted(request, product, items), asked_about=items)
    except Invalid as invalid:
        there = {**context(request, actor, product, items), "errors": Errors(invalid.errors)}
        return show(request, "surveys/build/new.html", there, status=422)
    return go(
        request, f"{survey.url}/edit", _("%(ref)s is a draft: look it over, then publish.") % {"ref": survey.item.ref}
    )


def picked(request: HttpRequest, actor: Actor, product: Product) -> list[Item]:
    """The items of the address or the form, or all that were offered; 404 where one is not this product's."""
    if "every" in request.POST:
        return offered(actor, product)
    ids = request.POST.getlist("ids") or [one for one in request.GET.get("items", "").split(",") if one]
    return chosen(actor, product, ids) if ids else []


def offered(actor: Actor, product: Product) -> list[Item]:
    """What instruments can ask about: the open requirements and needs, in the order of their lists."""
    rows = Item.objects.live().visible_to(actor).filter(product=product, kind__in=ABOUT, closed_at=None)
    found = list(rows.defer("body", "fields").order_by("-kind", "rank", "pk")[:MOST_OFFERED])
    for item in found:
        item.product = product
    return found


def wanted(request: HttpRequest, product: Product, items: list[Item]) -> Questionnaire:
    """Raises Invalid where what was picked does not go together."""
    languages = [code for code in request.POST.getlist("languages") if code in dict(settings.LANGUAGES)]
    if file := request.FILES.get("file"):
        return from_file(file.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
    slugs = [slug for slug in request.POST.getlist("instrument") if slug in READY]
    if not slugs:
        return blank(request.POST.get("title", "").strip()[:200], languages or ["en"])
    ready = [READY[slug] for slug in slugs]
    for one in ready:
        refuse_too_few(one, items)
    try:
        return together(ready, product, items, languages or WRITTEN)
    except ValidationError:
        raise Invalid(
            {"instrument": _("These instruments cannot be put together; take one after the other.")}
        ) from None


def blank(title: str, languages: list[str]) -> Questionnaire:
    try:
        return Questionnaire(languages=languages, title=Text(words={languages[0]: title} if title else {}))
    except ValidationError:
        raise Invalid({"title": _("This holds characters that cannot be kept (NUL or half a character).")}) from None


def refuse_too_few(ready: Ready, items: list[Item]) -> None:
    """With nothing picked the instrument brings an example; with a few it says how many it needs."""
    fit = [item for item in items if item.kind in ready.kinds]
    if ready.kinds and items and len(fit) < ready.least:
        raise Invalid(
            {"instrument": _("%(name)s needs at least %(n)s items.") % {"name": ready.name, "n": ready.least}}
        )


def from_file(data: bytes) -> Questionnaire:
    try:
        found = json.loads(data.decode("utf-8-sig"))
        return Questionnaire.model_validate(found.get("questionnaire", found) if isinstance(found, dict) else found)
    except (ValueError, ValidationError, RecursionError) as error:
        where = error.errors()[0]["loc"] if isinstance(error, ValidationError) else ()
        place = ".".join(str(part) for part in where)
        raise Invalid({"file": _("This is no questionnaire: %(place)s") % {"place": place or "JSON"}}) from None


def context(request: HttpRequest, actor: Actor, product: Product, items: list[Item]) -> dict[str, Any]:
    own = actor.user.language
    return {
        "product": product,
        "kind": kind_of(product, KIND),
        "ready": list(READY.values()),
        "items": items,
        "offered": [] if items else offered(actor, product),
        "picked": request.POST.getlist("instrument") or [request.GET.get("instrument", "")],
        "languages": [(code, language_name(code), True) for code in sorted(WRITTEN, key=lambda code: code != own)],
        "title": request.POST.get("title", ""),
        "errors": Errors(),
    }
