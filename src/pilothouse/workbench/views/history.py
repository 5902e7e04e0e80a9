"""Everything that happened to an item, in words; taking back one's own, and bringing back an older text."""

from __future__ import annotations

import difflib
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pilothouse.people.access import Actor
from pilothouse.workbench.models import Event, Item
from pilothouse.workbench.pages import go, is_fragment, page, show, tell
from pilothouse.workbench.showing.talk import events_of
from pilothouse.workbench.showing.words import describe
from pilothouse.workbench.views.common import Ref, item_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing import actions
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo as take_back

A_PAGE = 50
MOST_LINES = 2_000


@page
@require_GET
def history(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = item_of(request, actor, ref)
    before = request.GET.get("before", "")
    events = events_of(item, A_PAGE + 1, int(before) if before.isdecimal() and len(before) < 18 else None)
    lines = describe(actor, events[:A_PAGE])
    more = f"{item.url}/history?before={events[A_PAGE - 1].pk}" if len(events) > A_PAGE else None
    return show(request, "items/item_history.html", {**shared(actor, item), "lines": lines, "more": more})


@page
@require_GET
def difference(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """What one event changed in a long text, line by line, and the text before it to bring back."""
    item = item_of(request, actor, ref)
    entry = actor.find(Event, pk=number, item=item)
    entry.item = item
    line = describe(actor, [entry])[0]
    texts = [{"change": change, "rows": compared(change.before, change.after)} for change in line.changes]
    there = {**shared(actor, item), "line": line, "entry": entry, "texts": texts}
    return show(request, "items/item_difference.html", there)


def compared(before: str, after: str) -> list[dict[str, str]]:
    """Lines that stayed, went and came; the first 2,000."""
    old, new = before.splitlines()[:MOST_LINES], after.splitlines()[:MOST_LINES]
    marks = {" ": "same", "-": "gone", "+": "new"}
    rows = difflib.unified_diff(old, new, n=3, lineterm="")
    told = [row for row in rows if row[0] in marks and row[:3] not in ("---", "+++")]
    return [{"mark": marks[row[0]], "text": row[1:]} for row in told]


@page
@require_POST
def bring_back(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Set a text to what it was before one event, whoever made that one."""
    item = item_of(request, actor, ref, "write")
    entry = actor.find(Event, pk=number, item=item)
    texts = texts_of(item)
    wanted = {name: pair[0] for name, pair in entry.changes.items() if name in texts and isinstance(pair, list)}
    if not wanted:
        raise Http404
    try:
        event = actions.change(actor, item, {name: value or "" for name, value in wanted.items()})
    except Invalid as invalid:
        return go(request, f"{item.url}/history", next(iter(invalid.errors.values())))
    return go(request, item.url, _("The older text is back."), undo=undo_url(actor, event.batch if event else None))


def texts_of(item: Item) -> set[str]:
    return {"title", "body", *(field.slug for field in item.declared.fields if field.type in ("text", "long"))}


@page
@require_POST
def undo(request: HttpRequest, actor: Actor, batch: uuid.UUID) -> HttpResponse:
    """Take back one action of one's own, on however many items."""
    outcome = take_back(actor, batch)
    if request.headers.get("X-Live"):  # a page that keeps itself fresh: it stays, and looks for what changed
        return tell(HttpResponse(status=204), told(outcome.count, len(outcome.kept)))
    level = messages.WARNING if outcome.kept else messages.SUCCESS
    messages.add_message(request, level, told(outcome.count, len(outcome.kept)))
    if not is_fragment(request):
        return HttpResponseRedirect(back(request, actor))
    # The page is read anew, and says then what was done: a toast of before would be gone with it.
    return HttpResponse(status=204, headers={"HX-Refresh": "true"})


def told(count: int, kept: int) -> str:
    taken = ngettext("%(n)s change taken back", "%(n)s changes taken back", count) % {"n": count}
    if not kept:
        return taken
    left = ngettext("%(n)s was changed since and stays", "%(n)s were changed since and stay", kept) % {"n": kept}
    return _("%(taken)s; %(left)s") % {"taken": taken, "left": left}


def back(request: HttpRequest, actor: Actor) -> str:
    """Where the person was, if that was here."""
    here = request.META.get("HTTP_REFERER", "")
    fine: Any = url_has_allowed_host_and_scheme(here, {request.get_host()}, request.is_secure())
    return here if fine else actor.workspace.url
