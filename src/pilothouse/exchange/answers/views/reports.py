"""What became of an import of answers: its report, taking it back, the rows that were not taken."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pilothouse.exchange.answers import steps
from pilothouse.exchange.answers.long import source_of
from pilothouse.exchange.answers.views.common import around, import_of
from pilothouse.exchange.taking.steps import discard as throw_away
from pilothouse.exchange.taking.steps import may_undo
from pilothouse.exchange.views.common import grouped
from pilothouse.exchange.views.jobs import shown
from pilothouse.exchange.views.reports import rows_to_mend
from pilothouse.people.access import Actor
from pilothouse.surveys.actions import NotReady
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Ref


@require_POST
@page
def start(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, pk, ref, None)
    if source.undone_at is None:
        try:
            steps.begin(actor, source)
        except NotReady:
            text = _("The questionnaire has mistakes that must be mended before answers can belong to it.")
            return go(request, f"{source.url}/check", text)
    return HttpResponseRedirect(source.url)


@require_GET
@page
def report(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    """What became of the file; of one that was not imported yet, the step at which it stands."""
    source = import_of(request, actor, pk, ref, None)
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
        "templates_possible": False,
    }
    return show(request, "exchange/report.html", context)


@require_POST
@page
def undo(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, pk, ref, None)
    if may_undo(actor, source):
        steps.begin_undo(actor, source)
    return HttpResponseRedirect(source.url)


@require_POST
@page
def discard(
    request: HttpRequest, actor: Actor, pk: uuid.UUID, ref: Ref | None = None, key: str | None = None
) -> HttpResponse:
    source = import_of(request, actor, pk, ref, key)
    if source.job_id is None:
        throw_away(source)
    back = f"{source.survey.url}/import" if source.survey else f"{source.product.url}surveys/import"
    return go(request, back, _("The file was thrown away; nothing was imported."))


@require_GET
@page
def failed_rows(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> StreamingHttpResponse:
    """The rows that were not taken, as they stood in the file, with the reason: mend them and import this file."""
    source = import_of(request, actor, pk, ref, None)
    if not source.file_kept:
        raise Http404
    return rows_to_mend(source, source_of(source).columns())
