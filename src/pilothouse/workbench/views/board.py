"""A card is carried to another column or place, by mouse, finger or the menu that every card has."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, say, tell
from pilothouse.workbench.viewing import grouping
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.paging import Order
from pilothouse.workbench.viewing.state import ViewState, all_rows, read
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid


@require_POST
@page
def place(request: HttpRequest, actor: Actor, key: str, kind: str, pk: int) -> HttpResponse:
    """`before` and `after` are the cards that it now stands between, either may be missing; `column` is where."""
    product = actor.product(key, "write")
    try:
        view = read(actor, product, kind, request.GET)
    except BadFilter as error:
        return say(error, 400)
    item: Item = actor.find(all_rows(actor, product, kind), "write", pk=pk)  # type: ignore[arg-type]
    if view.group is None or not view.group.movable:
        raise Http404
    column = request.POST.get("column", "")
    above, below = neighbour(view, request.POST.get("before")), neighbour(view, request.POST.get("after"))
    try:
        move(view, item, column, above, below)
    except Invalid as error:
        return say("; ".join(error.errors.values()), 422)
    return warned(JsonResponse({"counts": counts(view)}), view, column)


def counts(view: ViewState) -> dict[str, int]:
    """What every column's head now says: others may have moved cards meanwhile, and a card may have left the view."""
    return {group.value: group.count for group in grouping.groups(view.rows(), view.group, view.kind)}  # type: ignore[arg-type]


def neighbour(view: ViewState, pk: str | None) -> Item | None:
    """A card next to the new place; none when it has gone meanwhile."""
    if not pk or not pk.isdecimal() or len(pk) > 17:
        return None
    return all_rows(view.actor, view.product, view.kind.slug).filter(pk=int(pk)).first()


def move(view: ViewState, item: Item, column: str, above: Item | None, below: Item | None) -> None:
    data = {view.group.edit: column}  # type: ignore[union-attr]
    if view.order != Order():
        # Sorted by something else than by hand, a card changes its column, not its place.
        actions.change(view.actor, item, data)
        return
    if above and below is None:
        below = following(view, item, column, above)
    actions.move(view.actor, item, after=above, before=below, **data)


def following(view: ViewState, item: Item, column: str, above: Item) -> Item | None:
    """The card below the last one that was shown: there may be more than the board has loaded."""
    rows = grouping.within(all_rows(view.actor, view.product, view.kind.slug), view.group, column)  # type: ignore[arg-type]
    return rows.filter(rank__gt=above.rank).exclude(pk=item.pk).order_by("rank", "pk").first()


def warned(response: HttpResponse, view: ViewState, column: str) -> HttpResponse:
    """More cards than a column is meant to hold are allowed, and said."""
    state = view.kind.state_by_slug.get(column) if view.group and view.group.type == "state" else None
    if state is None or state.limit is None:
        return response
    count = all_rows(view.actor, view.product, view.kind.slug).filter(state=column).count()
    if count <= state.limit:
        return response
    text = _("“%(state)s” now holds %(n)s; it is meant for %(limit)s at most.")
    return tell(response, text % {"state": state.name, "n": count, "limit": state.limit}, tone="warn")
