"""What became of an import: its report, the rows that were not taken, taking it back, and all imports so far."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from pilothouse.exchange.models import Import, Template
from pilothouse.exchange.taking import steps
from pilothouse.exchange.views.common import around, grouped, import_of, product_by_method
from pilothouse.exchange.views.jobs import shown
from pilothouse.exchange.writing.files import csv_bytes
from pilothouse.kinds import KINDS
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.people.naming import seen
from pilothouse.workbench.models import Job
from pilothouse.workbench.pages import go, page, show

HISTORY_SHOWN = 200


@require_POST
@page
def start(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, key, pk)
    if source.undone_at is None:
        steps.begin(actor, source)
    return HttpResponseRedirect(source.url)


@require_GET
@page
def report(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    """What became of the file; of one that was not imported yet, the step at which it stands."""
    source = import_of(request, actor, key, pk)
    if source.job is None:
        return HttpResponseRedirect(f"{source.url}/{'check' if source.check_job_id else 'columns'}")
    job = source.undo_job or source.job
    context = {
        **around(source, 4 if not (source.finished_at and job.over) else 5),
        **shown(job),
        "undoing": source.undo_job is not None,
        **grouped(source, checking=False),
        "mine": source.created_by_id == actor.user.pk,
        "undone": (source.undo_job.result or {}) if source.undo_job else {},
        "templates_possible": not Template.objects.filter(
            product=source.product, kind=source.kind, plan=source.plan
        ).exists(),
    }
    return show(request, "exchange/report.html", context)


@require_POST
@page
def undo(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, key, pk)
    if steps.may_undo(actor, source):
        steps.begin_undo(actor, source)
    return HttpResponseRedirect(source.url)


@require_POST
@page
def discard(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, key, pk)
    if source.job_id is None:
        steps.discard(source)
    return go(request, f"{source.product.url}imports", _("The file was thrown away; nothing was imported."))


@require_POST
@page
def template(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    """Keep this plan under a name; a name that is there already gets the new plan."""
    source = import_of(request, actor, key, pk)
    name = " ".join(request.POST.get("name", "").replace("\x00", "").split())[:100]
    if seen(name):
        Template.objects.update_or_create(
            product=source.product, kind=source.kind, name=name,
            defaults={"plan": source.plan, "created_by": actor.user},
        )  # fmt: skip
    return go(request, source.url, _("Saved. Files with these columns will propose it.") if seen(name) else "")


@require_GET
@page
def failed_rows(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> StreamingHttpResponse:
    """The rows that were not taken, as they stood in the file, with the reason: mend them and import this file."""
    source = import_of(request, actor, key, pk)
    if not source.file_kept:
        raise Http404
    return rows_to_mend(source, steps.source_of(source).columns())


def rows_to_mend(source: Import, heads: list[str]) -> StreamingHttpResponse:
    added = [_("Row"), _("Why it was not imported")]
    heads = heads[:-2] if heads[-2:] == added else heads
    told = partial(why, str(_("; ")), str(_("%(name)s: %(value)s")))  # sent when the reader's language is gone
    lines = csv_bytes([*heads, *added], failed(source, len(heads), told))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{source.product.key}-rows-not-imported.csv"'
    return response


def failed(source: Import, width: int, told: Callable[[Sequence[Mapping[str, str]]], str]) -> Iterator[list[Any]]:
    for problem, row in steps.problem_rows(source):
        yield [*(row[1][:width] if row else [""] * width), problem.row, told(problem.reasons)]


def why(between: str, pair: str, reasons: Sequence[Mapping[str, str]]) -> str:
    """Why a row was not taken; some reasons are about no column."""
    return between.join(
        pair % {"name": reason["column"], "value": reason["message"]} if reason["column"] else reason["message"]
        for reason in reasons
    )


@require_GET
@page
def history(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_by_method(request, actor, key)
    return show(request, "exchange/history.html", {"product": product, "imports": history_of(product, HISTORY_SHOWN)})


def history_of(product: Product, most: int) -> list[dict[str, Any]]:
    rows = Import.objects.filter(product=product).select_related("job", "undo_job", "created_by", "survey__item")[:most]
    return [{"source": row, "url": url_of(row, product), "status": status(row), "kind": name_of(row)} for row in rows]


def url_of(row: Import, product: Product) -> str:
    row.product = product
    if row.survey:
        row.survey.item.product = product
    return row.url


def name_of(row: Import) -> str:
    if row.answers:
        named = _("Answers to %(ref)s") % {"ref": row.survey.item.ref} if row.survey else ""
        return named or pgettext("sets of answers", "Answers")
    return str(KINDS[row.kind].plural)


def status(source: Import) -> tuple[str, str | None]:
    """(words, tone) of how far an import has come."""
    if source.undone_at:
        return _("Taken back"), None
    if source.job is None:
        return _("Not imported yet"), "sea"
    if source.finished_at:
        return (
            (_("Imported, some rows were not"), "watch") if source.failed else (pgettext("a file", "Imported"), "good")
        )
    known = {Job.FAILED: (_("Stopped by an error"), "bad"), Job.CANCELLED: (_("Stopped"), "watch")}
    return known.get(source.job.status, (_("Running"), "sea"))
