"""One change to the selected rows, or to all that match the filter: at once, or as a job where there are many."""

from __future__ import annotations

import uuid
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pilothouse.jinja import decimal
from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.workbench import jobs
from pilothouse.workbench.models import Item, Tag
from pilothouse.workbench.pages import go, page, product_of, say, show
from pilothouse.workbench.sections import OFFERS
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.rows import choices
from pilothouse.workbench.viewing.state import ViewState, all_rows, read
from pilothouse.workbench.writing import bulk
from pilothouse.workbench.writing.cleaning import Invalid

JOB_FROM = 5_000
MOST_OFFERED = 200
# Typed into the bar instead of picked from a menu.
TYPED = ("add_tags", "remove_tags", "start_on", "due_on", "parent", "release")


@require_http_methods(["GET", "POST"])
@page
def many(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    try:
        view = read(actor, product, kind, request.GET)
        if request.method == "GET":
            return show(request, "items/_bulk_more.html", offered(view))
        return changed(request, view)
    except BadFilter as error:
        return say(error, 400)


def offered(view: ViewState) -> dict[str, Any]:
    releases = Item.objects.visible_to(view.actor).live().filter(product=view.product, kind="release", closed_at=None)
    return {
        "view": view,
        "owners": choices(view, view.columns["owner"]),
        "tags": Tag.objects.visible_to(view.actor).filter(product=view.product)[:MOST_OFFERED],
        "releases": releases.order_by("-pk").values_list("number", "title")[:MOST_OFFERED],
        "lifts": [(slug, KINDS[slug].name) for slug in view.kind.lifts_to],
        "offers": OFFERS.get(view.kind.slug, ()),
    }


def changed(request: HttpRequest, view: ViewState) -> HttpResponse:
    back = view.url()
    wanted = asked(request)
    ids = list(chosen(request, view).order_by("pk").values_list("pk", flat=True))
    if not ids or not wanted:
        return go(request, back, _("Nothing was changed: choose rows and a value first."))
    try:
        for change, value in wanted:
            bulk.check(view.actor, view.product, view.kind.slug, change, value)
    except Invalid as error:
        return show(request, "items/bulk_refused.html", {"view": view, "errors": error.errors}, status=422)
    if len(ids) >= JOB_FROM and request.POST.get("all") and len(wanted) == 1:
        return go(request, queued(view, *wanted[0], len(ids)).url)
    batch = uuid.uuid4()
    outcomes = [bulk.apply(view.actor, view.product, ids, change, value, batch) for change, value in wanted]
    text = _("; ").join(outcome.text() for outcome in outcomes)
    undo = f"{view.actor.workspace.url}undo/{batch}" if any(outcome.changed for outcome in outcomes) else None
    return go(request, back, text, undo=undo)


def asked(request: HttpRequest) -> list[tuple[str, str]]:
    """(change, value): the button that was pressed, or everything that was typed."""
    change, equals, value = request.POST.get("set", "").partition("=")
    if equals:
        return [(change, value)]
    return [(name, value) for name in TYPED if (value := request.POST.get(name, "").strip())]


def chosen(request: HttpRequest, view: ViewState) -> QuerySet[Item]:
    """The rows with the ticked ids, or every row of the view; ids of other products are not among either."""
    if request.POST.get("all"):
        return view.rows()
    ids = request.POST.getlist("ids")
    if not all(text.isdecimal() and len(text) < 18 for text in ids):
        raise Http404
    return all_rows(view.actor, view.product, view.kind.slug).filter(pk__in=[int(text) for text in ids])


def queued(view: ViewState, change: str, value: str, total: int) -> Any:
    title = ngettext("Change %(n)s row", "Change %(n)s rows", total) % {"n": decimal(total)}
    arguments = {
        "key": view.product.key, "kind": view.kind.slug, "query": view.query, "change": change, "value": value,
        "batch": str(uuid.uuid4()),
    }  # fmt: skip
    return jobs.start(
        view.actor, bulk.run, title, product=view.product, arguments=arguments, total=total, next_url=view.url()
    )
