"""Changing an item in place: one part of its page at a time, never over what somebody else saved meanwhile."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.kinds import Kind
from pilothouse.people.access import Actor
from pilothouse.people.models import User
from pilothouse.people.once import once
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.models.custom import kinds_of
from pilothouse.workbench.pages import go, is_fragment, page, show, tell
from pilothouse.workbench.sections import copied_along, sections_of
from pilothouse.workbench.showing import words
from pilothouse.workbench.showing.facts import facts
from pilothouse.workbench.team import who_sees
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import body_context, facts_context, shared, thread_context, ties_context
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import Conflict
from pilothouse.workbench.writing.cleaning import Invalid

PARTS = {"head": "items/item_head.html", "body": "items/item_body.html", "fact": "items/item_fact.html",
         "moved": "items/item_moved.html"}  # fmt: skip
MANY = ("choices",)


@page
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """GET: the text in a form. POST: the fields named by `name`, for the part of the page named by `part`."""
    item = item_of(request, actor, ref, "write")
    if request.method == "GET":
        template = "items/item_body_form.html" if is_fragment(request) else "items/item_edit.html"
        return show(request, template, {**shared(actor, item), "typed": item.body})
    try:
        event = actions.change(actor, item, given(request, item), version=version(request))
    except Conflict as conflict:
        return conflicted(request, actor, item, conflict)
    except Invalid as invalid:
        return not_kept(request, actor, item, invalid)
    return changed(request, actor, item_of(request, actor, ref), event)


def names(request: HttpRequest) -> list[str]:
    """The fields a form edits. They stand in the address, so that an emptied box is told from an absent one."""
    return [name for name in request.GET.getlist("name") if name != "rank"]


def given(request: HttpRequest, item: Item) -> dict[str, Any]:
    """What was typed; in the answer to a conflict, fields that keep the other's value are left out."""
    kept = {name: request.POST.get(f"keep-{name}") for name in names(request)}
    mine = {name: typed(request, item, name) for name, side in kept.items() if side != "theirs"}
    both = {name for name, side in kept.items() if side == "both" and is_long(item.declared, name)}
    return {name: joined(item, name, value) if name in both else value for name, value in mine.items()}


def is_long(kind: Kind, name: str) -> bool:
    declared = kind.field_by_slug.get(name)
    return name == "body" or bool(declared and declared.type == "long")


def joined(item: Item, name: str, mine: str) -> str:
    """One text below the other: what stands there twice is struck out by hand, and nothing is lost."""
    theirs = item.body if name == "body" else item.fields.get(name) or ""
    return f"{theirs}\n\n{mine}"


def typed(request: HttpRequest, item: Item, name: str) -> Any:
    values = request.POST.getlist(name)
    declared = item.declared.field_by_slug.get(name)
    if declared and declared.type in MANY:
        return [value for value in values if value]
    return values[-1] if values else ""


def version(request: HttpRequest) -> int:
    """The version the person saw; without one, every later change counts as unseen."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def changed(request: HttpRequest, actor: Actor, item: Item, event: Event | None) -> HttpResponse:
    undo = undo_url(actor, event.batch if event else None)
    template, context = part(request, actor, item)
    return answer(request, item, template, context, _("Saved") if event else "", undo=undo)


def part(
    request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str] | None = None
) -> tuple[str, dict[str, Any]]:
    """The template and context of the part of the page that a form stands in."""
    wanted = request.GET.get("part", "head")
    context = {**shared(actor, item), "errors": Errors(errors or {})}
    if wanted == "body":
        return PARTS["body"], {**context, **body_context(request, actor, item)}
    if wanted == "fact":
        rows = facts(item, who_sees(item.product), errors=errors)
        return PARTS["fact"], {**context, "fact": next((row for row in rows if row.name in names(request)), rows[0])}
    context |= thread_context(actor, item)
    if errors or "state" not in names(request):
        return PARTS["head"], context
    along = {**facts_context(actor, item), "sections": sections_of(actor, item)}
    return PARTS["moved"], {**context, **along}


def not_kept(request: HttpRequest, actor: Actor, item: Item, invalid: Invalid) -> HttpResponse:
    """The form again, what was typed still in it, with what is wrong."""
    if not is_fragment(request) or request.GET.get("part") == "body":
        template = "items/item_body_form.html" if is_fragment(request) else "items/item_edit.html"
        there = {"errors": Errors(invalid.errors), "typed": request.POST.get("body", item.body)}
        return show(request, template, {**shared(actor, item), **there}, status=422)
    template, context = part(request, actor, item, invalid.errors)
    context["typed"] = {name: typed(request, item, name) for name in names(request)}
    return tell(show(request, template, context, status=422), first_error(invalid), tone="error")


def first_error(invalid: Invalid) -> str:
    return next(iter(invalid.errors.values()))


def conflicted(request: HttpRequest, actor: Actor, item: Item, conflict: Conflict) -> HttpResponse:
    """Both versions side by side; nothing typed is lost, nothing is overwritten in silence."""
    context = {
        **shared(actor, item),
        "now": conflict.item,
        "who": who_saved(conflict.item),
        "fields": [both_sides(item, name, conflict) for name in conflict.theirs],
        "action": request.get_full_path(),
    }
    template = "items/item_conflict.html" if is_fragment(request) else "items/item_conflict_page.html"
    return show(request, template, context, status=409)


def both_sides(item: Item, name: str, conflict: Conflict) -> dict[str, Any]:
    mine, theirs = conflict.mine[name], conflict.theirs[name]
    both = [value for value in (mine, theirs) if value]
    people = User.objects.in_bulk(both) if name == "owner" else {}
    items = {row.pk: row for row in item.product.items.filter(pk__in=both)} if name == "parent" else {}
    for row in items.values():
        row.product = item.product
    kind = item.declared
    return {
        "name": name,
        "label": words.label(kind, name),
        "mine": words.value(kind, name, mine, people, items),
        "theirs": words.value(kind, name, theirs, people, items),
        "typed": sent(mine, items),
        "long": is_long(kind, name),
    }


def sent(mine: Any, items: dict[int, Item]) -> list[str]:
    """What the form sends again for the value that was typed."""
    if isinstance(mine, list):
        return [str(value) for value in mine]
    return [items[mine].ref if mine in items else "" if mine is None else str(mine)]


def who_saved(item: Item) -> str:
    last = item.events.select_related("actor").order_by("-id").first()
    return str(last.actor) if last and last.actor else _("Somebody")


@page
@require_POST
def trash(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = item_of(request, actor, ref, "write")
    events = actions.trash(actor, [item])
    text = _("%(ref)s is in the trash.") % {"ref": item.ref}
    undo = undo_url(actor, events[0].batch if events else None)  # somebody else may have been a moment sooner
    return go(request, f"{item.product.url}{item.kind}/", text, undo=undo)


@page
@require_POST
def restore(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    actor.require("write")
    item = item_of(request, actor, ref)
    actions.restore(actor, [item])
    return go(request, item.url, _("%(ref)s is back.") % {"ref": item.ref})


@page
@require_POST
@once
def duplicate(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """A second item with the same words, properties and parent; links, comments and files stay with the first."""
    item = item_of(request, actor, ref, "write")
    made = actions.create(actor, item.product, item.kind, copied(item))
    copied_along(actor, item, made)
    batch = Event.objects.filter(item=made, verb="created").values_list("batch", flat=True).first()
    return go(request, made.url, _("%(ref)s is a copy.") % {"ref": made.ref}, undo=undo_url(actor, batch))


def copied(item: Item) -> dict[str, Any]:
    title = _("%(title)s (copy)") % {"title": item.title[:480]}
    same = {name: getattr(item, name) for name in ("body", "owner", "parent", "start_on", "due_on")}
    tags = [tag.name for tag in item.tags.all()]
    declared = {name: value for name, value in item.fields.items() if name in item.declared.field_by_slug}
    return {**declared, **same, "title": title, "tags": tags}


@page
@require_POST
@once
def add_child(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """One item below this one for each line typed, of the same kind unless another is named."""
    item = item_of(request, actor, ref, "write")
    kind = request.POST.get("kind") or item.kind
    lines = [line.strip() for line in request.POST.get("title", "").splitlines() if line.strip()]
    try:
        if kind not in kinds_of(item.product) or not lines:
            raise Invalid({"title": _("A title is needed.")})
        made = actions.create_many(actor, item.product, kind, [{"title": line, "parent": item} for line in lines])
    except Invalid as invalid:
        return children_answer(request, actor, item, invalid.errors)
    batch = Event.objects.filter(item=made[0]).values_list("batch", flat=True).first()
    text = ngettext("%(n)s item added below", "%(n)s items added below", len(made)) % {"n": len(made)}
    return children_answer(request, actor, item, {}, text, undo_url(actor, batch))


def children_answer(
    request: HttpRequest, actor: Actor, item: Item, errors: dict[str, str], text: str = "", undo: str | None = None
) -> HttpResponse:
    context = {**shared(actor, item), **ties_context(actor, item), "errors": Errors(errors)}
    if errors:
        context["typed"] = request.POST.get("title", "")
        return show(request, "items/item_children.html", context, status=422)
    return answer(request, item, "items/item_children.html", context, text, undo=undo, anchor="#children")
