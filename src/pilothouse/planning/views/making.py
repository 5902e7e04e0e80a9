"""What a plan and its schedule are alike in: a job makes each of them, and one step writes each into its items."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_POST

from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.planning.plans.actions import KIND, plan_for
from pilothouse.workbench.models import Event
from pilothouse.workbench.pages import go, page
from pilothouse.workbench.views.common import Ref, item_of, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

Shown = Callable[[HttpRequest, Actor, Plan, dict[str, str]], HttpResponse]  # the page, with what was refused
Address = Callable[[Plan], str]
View = Callable[..., HttpResponseBase]


def plan_of(request: HttpRequest, actor: Actor, ref: Ref, verb: str = "read") -> Plan:
    return plan_for(item_of(request, actor, ref, verb, kind=KIND))


def made_by(start: Callable[[Actor, Plan], Any], shown: Shown, address: Address) -> View:
    """The view that starts the job."""

    @require_POST
    @page
    def solution(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
        row = plan_of(request, actor, ref, "write")
        try:
            start(actor, row)
        except Invalid as invalid:
            return shown(request, actor, row, invalid.errors)
        return go(request, address(row))

    return solution


def written_by(
    write: Callable[[Actor, Plan], Sequence[Event]], shown: Shown, address: Address, said: Callable[[int], str]
) -> View:
    """The view that writes it into the items; `said` tells of how many, beside the undo of them all."""

    @require_POST
    @page
    def writing(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
        row = plan_of(request, actor, ref, "write")
        try:
            noted = write(actor, row)[0]
        except Invalid as invalid:
            return shown(request, actor, plan_for(row.item), invalid.errors)
        return go(request, address(row), said(noted.changes["items"]), undo=undo_url(actor, noted.batch))

    return writing
