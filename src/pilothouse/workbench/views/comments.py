"""Comments on an item, the people one may mention there, and whether one hears of its changes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pilothouse.people.access import Actor
from pilothouse.people.once import once
from pilothouse.workbench.models import Comment, Item
from pilothouse.workbench.pages import page, show, sought
from pilothouse.workbench.team import by_first_letters, who_sees
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import shared, talk_context
from pilothouse.workbench.writing import actions, conversation
from pilothouse.workbench.writing.cleaning import Invalid

MOST_NAMES = 8


@page
@require_http_methods(["GET", "POST"])
@once
def comments(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    if request.method == "GET":
        item = item_of(request, actor, ref)
        return show(request, "items/item_talk.html", context(request, actor, item))
    item = item_of(request, actor, ref, "comment")
    text = request.POST.get("comment", "")
    try:
        actions.comment(actor, item, text)
    except Invalid as invalid:
        return not_kept(request, actor, item, {"comment": next(iter(invalid.errors.values()))}, text)
    return talked(request, actor, item)


@page
@require_http_methods(["GET", "POST"])
def comment(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """One's own comment, in a form and changed."""
    item, row = own_comment(request, actor, ref, number)
    if request.method == "GET":
        return show(request, "items/item_comment_form.html", {**shared(actor, item), "row": row, "typed": row.body})
    typed = request.POST.get("comment", "")
    try:
        entry = conversation.edit_comment(actor, row, typed)
    except Invalid as invalid:
        there = {**shared(actor, item), "row": row, "typed": typed, "errors": Errors(invalid.errors)}
        return show(request, "items/item_comment_form.html", there, status=422)
    return talked(request, actor, item, _("Saved"), undo_url(actor, entry.batch))


@page
@require_POST
def removal(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    item, row = own_comment(request, actor, ref, number)
    entry = conversation.remove_comment(actor, row)
    return talked(request, actor, item, _("Comment removed"), undo_url(actor, entry.batch))


def own_comment(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> tuple[Item, Comment]:
    item = item_of(request, actor, ref, "comment")
    row = actor.find(Comment, "comment", pk=number, item=item, removed_at=None)
    if row.author_id != actor.user.pk:
        raise Http404
    row.item = item
    return item, row


def context(request: HttpRequest, actor: Actor, item: Item) -> dict[str, Any]:
    return {**shared(actor, item), **talk_context(request, actor, item)}


def talked(request: HttpRequest, actor: Actor, item: Item, text: str = "", undo: str | None = None) -> HttpResponse:
    return answer(request, item, "items/item_talk.html", context(request, actor, item), text, undo=undo, anchor="#talk")


def not_kept(request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str], typed: str) -> HttpResponse:
    there = {**context(request, actor, item), "errors": errors, "typed": typed}
    return show(request, "items/item_talk.html", there, status=422)


@page
@require_GET
def mentions(request: HttpRequest, actor: Actor, ref: Ref) -> JsonResponse:
    """People who see the product, for the @ menu."""
    item = item_of(request, actor, ref, "comment")
    typed = sought(request)
    people = by_first_letters(who_sees(item.product, typed), typed)[:MOST_NAMES]
    rows = [{"label": str(person), "insert": f"@{person.email}", "hint": person.email} for person in people]
    return JsonResponse(rows, safe=False)


@page
@require_POST
def watch(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = item_of(request, actor, ref)
    watching = conversation.watch(actor, item)
    text = _("You hear of every change.") if watching else _("You no longer hear of changes here.")
    return answer(request, item, "items/item_actions.html", {**shared(actor, item), "watching": watching}, text)
