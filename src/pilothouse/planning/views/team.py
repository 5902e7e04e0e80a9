"""Who works on a product with which skill, and when they are away: what capacity is counted from."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.planning.models import DayOff, Skill, Worker
from pilothouse.planning.plans import actions, staff
from pilothouse.workbench.pages import go, page, product_of, show
from pilothouse.workbench.views.common import Errors
from pilothouse.workbench.writing.cleaning import Invalid


@require_safe
@page
def team(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    return shown(request, actor, product_of(request, actor, key, "read"), {})


def shown(request: HttpRequest, actor: Actor, product: Product, errors: dict[str, str]) -> HttpResponse:
    rows = Skill.objects.filter(product=product).prefetch_related("workers").order_by("pk")
    context = {
        "product": product, "skills": list(rows), "errors": Errors(errors), "typed": request.POST,
        "writable": actor.may("write", product),
        "days_off": list(DayOff.objects.filter(product=product).select_related("worker").order_by("from_on", "pk")),
    }  # fmt: skip
    return show(request, "planning/team.html", context, status=422 if errors else 200)


def changed(request: HttpRequest, actor: Actor, key: str, change: Any, text: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    try:
        change(product)
    except Invalid as invalid:
        return shown(request, actor, product, invalid.errors)
    return go(request, f"{product.url}team", text)


def removed(
    request: HttpRequest, actor: Actor, key: str, rows: type[Skill | Worker | DayOff], pk: int, text: str,
    path: str = "product",
) -> HttpResponse:  # fmt: skip
    return changed(
        request, actor, key, lambda product: actor.find(rows, "write", pk=pk, **{path: product}).delete(), text
    )


@require_POST
@page
def skills(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    name = request.POST.get("name", "")
    return changed(request, actor, key, lambda product: actions.add_skill(actor, product, name), _("Skill added"))


@require_POST
@page
def remove_skill(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    return removed(request, actor, key, Skill, pk, _("Skill removed"))


@require_POST
@page
def workers(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    def add(product: Product) -> None:
        skill = actor.find(Skill, "write", pk=request.POST.get("skill"), product=product)
        staff.add_worker(actor, skill, request.POST.get("name", ""), request.POST.get("days", ""))

    return changed(request, actor, key, add, _("Person added"))


@require_POST
@page
def remove_worker(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    return removed(request, actor, key, Worker, pk, _("Person removed"), path="skill__product")


@require_POST
@page
def days_off(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    def add(product: Product) -> None:
        who = request.POST.get("worker")
        worker = actor.find(Worker, "write", pk=who, skill__product=product) if who else None
        staff.add_days_off(actor, product, worker, request.POST)

    return changed(request, actor, key, add, _("Days off added"))


@require_POST
@page
def remove_day_off(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    return removed(request, actor, key, DayOff, pk, _("Days off removed"))
