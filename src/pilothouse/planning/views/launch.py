"""The launch of a release: gates, what changed in scope, release notes, and the people who asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.planning.launch import actions
from pilothouse.planning.launch.content import askers, notes, requirements_of, scope_changes
from pilothouse.planning.models import Gate
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.team import colleague, who_sees
from pilothouse.workbench.views.common import Errors, Ref, item_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing.cleaning import Invalid


def release_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read") -> Item:
    return item_of(request, actor, ref, verb, kind=actions.KIND)


@require_safe
@page
def launch(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    return shown(request, actor, release_of(request, actor, ref))


def shown(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str] | None = None) -> HttpResponse:
    requirements = requirements_of(actor, item)
    gates = list(Gate.objects.filter(release=item).select_related("owner", "done_by").order_by("pk"))
    context = {
        **shared(actor, item), "requirements": requirements, "gates": gates, "errors": Errors(errors or {}),
        "open_gates": sum(gate.done_at is None for gate in gates), "usual": actions.usual(),
        "team": who_sees(item.product), "scope": scope_changes(actor, item),
        "draft": item.fields.get("changelog") or notes(item, requirements), "kept": bool(item.fields.get("changelog")),
        "askers": askers(actor, item, requirements),
    }  # fmt: skip
    return show(request, "planning/launch.html", context, status=422 if errors else 200)


@require_POST
@page
def gates(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Add the usual gates, or one of one's own."""
    item = release_of(request, actor, ref, "write")
    who = request.POST.get("owner", "")
    try:
        names = actions.usual() if "usual" in request.POST else [request.POST.get("name", "")]
        actions.add_gates(actor, item, names, colleague(actor, item.product, who) if who else None)
    except Invalid as invalid:
        return shown(request, actor, item, invalid.errors)
    return go(request, f"{item.url}/launch")


def gate_of(request: HttpRequest, actor: Actor, ref: Ref, pk: int) -> Gate:
    item = release_of(request, actor, ref, "write")
    gate = actor.find(Gate, "write", pk=pk, release=item)
    gate.release = item
    return gate


@require_POST
@page
def gate(request: HttpRequest, actor: Actor, ref: Ref, pk: int) -> HttpResponse:
    found = gate_of(request, actor, ref, pk)
    actions.pass_gate(actor, found, request.POST.get("done") == "1")
    return go(request, f"{found.release.url}/launch")


@require_POST
@page
def remove_gate(request: HttpRequest, actor: Actor, ref: Ref, pk: int) -> HttpResponse:
    found = gate_of(request, actor, ref, pk)
    actions.remove_gate(actor, found)
    return go(request, f"{found.release.url}/launch", _("Gate removed"))


@require_POST
@page
def release_notes(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = release_of(request, actor, ref, "write")
    try:
        event = actions.keep_notes(actor, item, request.POST.get("changelog", ""))
    except Invalid as invalid:
        return shown(request, actor, item, invalid.errors)
    return go(
        request, f"{item.url}/launch", _("Release notes kept"), undo=undo_url(actor, event.batch if event else None)
    )


@require_POST
@page
def told(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    item = release_of(request, actor, ref, "write")
    asked = actor.find(Item.objects.live(), "write", product=item.product, number=number)
    actions.tell(actor, item, asked)
    return go(request, f"{item.url}/launch", _("Marked as told"))
