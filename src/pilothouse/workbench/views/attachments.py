"""Files on an item. Whoever asks for one is checked each time; nothing but a true picture is shown in place."""

from __future__ import annotations

import uuid

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pilothouse.people.access import Actor
from pilothouse.people.once import once
from pilothouse.workbench.models import Attachment, Item
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.showing.talk import files_of
from pilothouse.workbench.views.common import Errors, Ref, answer, item_of, undo_url
from pilothouse.workbench.views.item import shared
from pilothouse.workbench.writing import conversation
from pilothouse.workbench.writing.cleaning import Invalid

# A file opened in a tab of its own can run nothing and load nothing.
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'none'"


@page
@require_POST
@once
def attachments(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    item = item_of(request, actor, ref, "comment")
    files = request.FILES.getlist("file")
    errors = {} if files else {"file": _("Choose a file.")}
    kept = []
    for file in files:
        try:
            kept.append(conversation.attach(actor, item, file))
        except Invalid as invalid:
            errors = {**errors, **invalid.errors}
    if errors:
        return show(request, "items/item_files.html", context(actor, item, errors), status=422)
    text = ngettext("%(n)s file attached", "%(n)s files attached", len(kept)) % {"n": len(kept)}
    return changed(request, actor, item, text, undo_url(actor, kept[-1].batch))


@page
@require_GET
def attachment(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    """The bytes. The kind of picture is read from them again, whatever the row says."""
    row = file_of(actor, item_of(request, actor, ref), pk)
    try:
        stream = row.file.open("rb")
    except OSError:
        raise Http404 from None
    found = conversation.picture_type(stream.read(16))
    stream.seek(0)
    response = FileResponse(
        stream, as_attachment=not found, filename=row.name, content_type=found or "application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response  # type: ignore[return-value]


@page
@require_POST
def removal(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    item = item_of(request, actor, ref, "comment")
    row = file_of(actor, item, pk)
    if not (actor.may("write") or row.added_by_id == actor.user.pk):
        raise Http404
    entry = conversation.detach(actor, row)
    return changed(request, actor, item, _("%(name)s removed") % {"name": row.name}, undo_url(actor, entry.batch))


def file_of(actor: Actor, item: Item, pk: uuid.UUID) -> Attachment:
    row = actor.find(Attachment, pk=pk, item=item, removed_at=None)
    row.item = item
    return row


def context(actor: Actor, item: Item, errors: dict[str, str] | None = None) -> dict[str, object]:
    return {**shared(actor, item), "files": files_of(actor, item), "errors": Errors(errors or {})}


def changed(request: HttpRequest, actor: Actor, item: Item, text: str, undo: str | None) -> HttpResponse:
    return answer(request, item, "items/item_files.html", context(actor, item), text, undo=undo, anchor="#files")
