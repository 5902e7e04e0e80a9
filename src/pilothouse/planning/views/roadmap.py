"""The roadmap: now, next and later; a timeline; by goal and by release. The address is all of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilothouse.jinja import day
from pilothouse.people.access import Actor
from pilothouse.planning.forecast.ladder import foretell
from pilothouse.planning.roadmap import dates, showing
from pilothouse.planning.roadmap.view import RoadmapView, read
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, is_fragment, page, product_of, say, show, tell
from pilothouse.workbench.viewing import chips, grouping
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.state import all_rows
from pilothouse.workbench.views import board, look
from pilothouse.workbench.views.common import Errors, last_batch, undo_url
from pilothouse.workbench.writing.changes import Conflict
from pilothouse.workbench.writing.cleaning import Invalid


@require_safe
@page
def roadmap(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key)
    try:
        view = read(actor, product, request.GET)
    except BadFilter as error:
        return show(request, "items/list_refused.html", {"view": read(actor, product, {}), "error": error}, status=400)
    return show(request, "planning/roadmap.html", context(request, view))


@require_safe
@page
def slashless(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """/roadmap, as people type it, leads to /roadmap/."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{product_of(request, actor, key).url}roadmap/{f'?{query}' if query else ''}")


def context(request: HttpRequest, view: RoadmapView) -> dict[str, Any]:
    return {
        "view": view, "product": view.product, "tabs_of_view": showing.tabs(view), "chips": chips.of(view),
        "fields": chips.fields(view), "or_url": chips.editor_url(view, "filter", **{"in": chips.next_group(view)}),
        "foretold": foretell(view.actor, view.product),
        "editor": None, "may_write": view.actor.may("write", view.product),
        **showing.SHOWN[view.layout](request, view),
    }  # fmt: skip


@require_safe
@page
def filter_by(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    """Ask for a condition, or put the given one into the filter."""
    product = product_of(request, actor, key)
    try:
        view = read(actor, product, request.GET)
        column = view.columns.get(request.GET.get("column", ""))
        if request.GET.get("apply") and column:
            return HttpResponseRedirect(view.url(filter=look.filtered(view, column, request.GET)))
        place = request.GET.get("was", "")
        known = place.isdecimal() and len(place) < 3 and int(place) < len(view.filter.conditions)
        old = view.filter.conditions[int(place)] if known else None
        asked = look.asked(view, column, old, place, request.GET.get("in", "1"))
    except BadFilter as error:
        return say(error, 400)
    if is_fragment(request):
        return show(request, "items/_edit_filter.html", {"view": view, **asked})
    return show(
        request, "planning/roadmap.html", {**context(request, view), **asked, "editor": "items/_edit_filter.html"}
    )


@require_POST
@page
def place(request: HttpRequest, actor: Actor, key: str, pk: int) -> HttpResponse:
    """A card goes to another horizon or place; `before` and `after` are the cards it now stands between."""
    product = product_of(request, actor, key, "write")
    try:
        view = read(actor, product, request.GET)
    except BadFilter as error:
        return say(error, 400)
    item: Item = actor.find(all_rows(actor, product, view.kind.slug), "write", pk=pk)  # type: ignore[arg-type]
    above, below = (board.neighbour(view, request.POST.get(name)) for name in ("before", "after"))
    try:
        board.move(view, item, request.POST.get("column", ""), above, below)
    except Invalid as error:
        return say("; ".join(error.errors.values()), 422)
    counts = {group.value: group.count for group in grouping.groups(view.rows(), view.columns["horizon"], view.kind)}
    undo = undo_url(actor, last_batch(item, actor, "changed"))
    return tell(JsonResponse({"counts": counts}), _("%(ref)s moved.") % {"ref": item.ref}, undo=undo)


@require_http_methods(["GET", "HEAD", "POST"])
@page
def item_dates(request: HttpRequest, actor: Actor, key: str, number: int) -> HttpResponse:
    """The first and last day of a requirement or a release: asked for on a page, sent by a form or by the timeline."""
    product = product_of(request, actor, key, "write")
    item: Item = actor.find(Item.objects.live(), "write", product=product, number=number)
    item.product = product
    if item.kind not in dates.FIELDS:
        raise Http404
    starts, ends = dates.current(item)
    if request.method != "POST":
        return form(request, item, starts, ends)
    return saved(request, actor, item, request.POST.get("from", ""), request.POST.get("to", ""))


def saved(request: HttpRequest, actor: Actor, item: Item, starts: str, ends: str) -> HttpResponse:
    seen = request.POST.get("version", "")
    try:
        event = dates.put(actor, item, starts, ends, int(seen) if seen.isdecimal() and len(seen) < 10 else None)
    except Invalid as error:
        return refused(request, item, starts, ends, error.errors)
    except Conflict as conflict:
        return overtaken(request, conflict.item, starts, ends)
    item.refresh_from_db(fields=["version", "fields", "start_on", "due_on"])
    undo = undo_url(actor, event.batch) if event else None
    text = in_words(item)
    if is_fragment(request):
        begin, stop = dates.current(item)
        return tell(JsonResponse({"version": item.version, "from": begin, "to": stop}), text, undo=undo)
    return go(request, f"{item.product.url}roadmap/?view=timeline", text, undo=undo)


def in_words(item: Item) -> str:
    first, last = (showing_day(text) for text in dates.current(item))
    if not first and not last:
        return _("%(ref)s has no dates any more.") % {"ref": item.ref}
    return _("%(ref)s: %(first)s to %(last)s.") % {"ref": item.ref, "first": first or "…", "last": last or "…"}


def showing_day(text: str) -> str:
    found = dates.as_date(text)
    return day(found) if found else ""


def refused(request: HttpRequest, item: Item, starts: str, ends: str, errors: dict[str, str]) -> HttpResponse:
    if is_fragment(request):
        return say(" ".join(errors.values()), 422)
    first, last = dates.FIELDS[item.kind]
    named = Errors({"from": errors.get(first, ""), "to": errors.get(last, "") or errors.get("to", "")})
    return form(request, item, starts, ends, named, 422)


def overtaken(request: HttpRequest, item: Item, starts: str, ends: str) -> HttpResponse:
    """Somebody changed the same days meanwhile: they are shown, and nothing is overwritten."""
    text = _("Somebody moved %(ref)s meanwhile: it now runs %(dates)s. Nothing was overwritten.")
    first, last = (showing_day(one) or "…" for one in dates.current(item))
    said = text % {"ref": item.ref, "dates": f"{first} – {last}"}
    if is_fragment(request):
        return say(said, 409)
    return form(request, item, starts, ends, Errors({"": said}), 409)


def form(
    request: HttpRequest, item: Item, starts: str, ends: str, errors: Errors | None = None, status: int = 200
) -> HttpResponse:
    context = {"item": item, "product": item.product, "starts": starts, "ends": ends, "errors": errors or Errors()}
    return show(request, "planning/roadmap_dates.html", context, status=status)
