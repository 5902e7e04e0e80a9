"""Small changes without leaving the view: a row added by its title, a cell edited where it stands."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.people.access import Actor
from pilothouse.people.once import once
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.pages import go, is_fragment, page, product_of, say, show, tell
from pilothouse.workbench.viewing import rows
from pilothouse.workbench.viewing.columns import columns_of
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.state import ViewState, read
from pilothouse.workbench.views import lists
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.changes import Conflict
from pilothouse.workbench.writing.cleaning import Invalid

GIVEN_BY_FILTER = ("state", "choice", "owner", "tag")


@require_POST
@page
@once
def add(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    """One more item. It takes over what the filter asks of it, so that it shows up in the view it was added to."""
    product = product_of(request, actor, key, "write")
    try:
        view = read(actor, product, kind, request.GET)
        item = actions.create(actor, product, kind, {**wanted(view), "title": request.POST.get("title", "")})
    except BadFilter as error:
        return say(error, 400)
    except Invalid as error:
        return say("; ".join(error.errors.values()), 400)
    batch = Event.objects.filter(item=item).values_list("batch", flat=True).first()
    text, undo = _("%(ref)s added") % {"ref": item.ref}, f"{actor.workspace.url}undo/{batch}"
    if not is_fragment(request):
        return go(request, view.url(), text, undo=undo)
    context = {**lists.LAYOUTS[view.layout](request, view), **lists.around(view, [])}
    return tell(show(request, "items/_view.html", context), text, undo=undo)


def wanted(view: ViewState) -> dict[str, Any]:
    """The values that the filter asks for, where it leaves no choice."""
    groups = view.filter.groups()
    if len(groups) != 1:
        return {}
    return {
        condition.column.edit: condition.values[0]
        for condition in next(iter(groups.values()))
        if condition.column.edit
        and condition.column.type in GIVEN_BY_FILTER
        and condition.operator in ("eq", "has")
        and len(condition.values) == 1
    }


@require_POST
@page
def cell(request: HttpRequest, actor: Actor, ref: tuple[str, int]) -> HttpResponse:
    """One value of one item, with the version that the person saw; the answer is the cell as it is now kept."""
    product = actor.product(ref[0], "write")
    item = actor.find(Item.objects.live().select_related("owner"), "write", product=product, number=ref[1])
    item.product = product
    column = columns_of(item.declared).get(request.GET.get("column", ""))
    version = request.GET.get("version", "")
    if column is None or not column.edit or column.edit not in request.POST or not version.isdecimal():
        raise Http404
    try:
        actions.change(actor, item, {column.edit: request.POST[column.edit]}, version=int(version[:9]))
    except Invalid as error:
        return say("; ".join(error.errors.values()), 422)
    except Conflict as conflict:
        return say(changed_meanwhile(conflict, rows.cell(column, conflict.item, rows.NOTHING).display), 409)
    return show(request, "items/_one_cell.html", fresh(actor, item, column.slug))


def changed_meanwhile(conflict: Conflict, theirs: str) -> str:
    text = _(
        "%(ref)s was changed meanwhile: it now says “%(theirs)s”. Nothing was overwritten; load the page to go on."
    )
    return text % {"ref": conflict.item.ref, "theirs": theirs or "–"}


def fresh(actor: Actor, item: Item, slug: str) -> dict[str, Any]:
    kept = Item.objects.select_related("owner").prefetch_related("tags").get(pk=item.pk)
    kept.product = item.product
    view = read(actor, item.product, item.kind, {"view": "table", "cols": slug})
    rows.prepared(view, [kept])
    found = rows.extras(view, [kept], dots=False)
    return {
        "row": rows.row(view, kept, found),
        "cell": rows.cell(view.columns[slug], kept, found),
    }
