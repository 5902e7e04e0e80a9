"""The import wizard of a survey: a file of answers, how to read it, what its columns become, what would happen."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pilothouse.exchange.answers import steps
from pilothouse.exchange.answers.long import as_people, source_of
from pilothouse.exchange.answers.plan import AnswerPlan
from pilothouse.exchange.answers.views import columns as columns_form
from pilothouse.exchange.answers.views import shape
from pilothouse.exchange.answers.views.common import around, can_be_read, import_of, writable
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.source import Reading, reread
from pilothouse.exchange.taking.steps import MOST_BYTES, TooLarge
from pilothouse.exchange.taking.steps import source_of as file_of
from pilothouse.exchange.views.checking import CHECKED_ROWS, check_page, dry_run, previewed
from pilothouse.exchange.views.common import reading_told
from pilothouse.exchange.views.imports import reading_context
from pilothouse.exchange.views.reports import status
from pilothouse.jinja import decimal
from pilothouse.people.access import Actor
from pilothouse.surveys.building.pages import head
from pilothouse.surveys.models import Survey
from pilothouse.workbench.pages import is_fragment, page, show
from pilothouse.workbench.views.common import Ref


@page
def upload(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = writable(request, actor, ref)
    context = {**head(actor, survey, tab="responses"), "most": MOST_BYTES, "error": None, "imports": history(survey)}
    if request.method != "POST":
        return show(request, "surveys/files/upload.html", context)
    try:
        source = received(request, actor, survey)
    except (Unreadable, TooLarge) as error:
        context["error"] = str(error) or _("The file is larger than 200 MB. Split it and import the parts one by one.")
        return show(request, "surveys/files/upload.html", context, status=422)
    return HttpResponseRedirect(f"{source.url}/reading")


def received(request: HttpRequest, actor: Actor, survey: Survey) -> Import:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Unreadable(_("Choose a file that has something in it."))
    return steps.receive(actor, survey.item.product, survey, file.name or "", file)  # type: ignore[arg-type]


def history(survey: Survey) -> list[dict[str, Any]]:
    rows = Import.objects.filter(survey=survey).select_related("job", "undo_job", "created_by")[:20]
    found = []
    for row in rows:
        row.survey, row.product = survey, survey.item.product
        kind = pgettext("sets of answers", "Answers")
        found.append({"source": row, "url": row.url, "status": status(row), "kind": kind})
    return found


@page
def reading(
    request: HttpRequest, actor: Actor, pk: uuid.UUID, ref: Ref | None = None, key: str | None = None
) -> HttpResponse:
    """How the file is read, with its first rows as they then look; a change is kept at once."""
    source = import_of(request, actor, pk, ref, key)
    if source.job_id:
        return HttpResponseRedirect(source.url)
    error = None
    if request.method == "POST":
        error = reread_as_told(request, source)
        if "next" in request.POST and not error:
            return HttpResponseRedirect(f"{source.url}/{'columns' if source.survey else 'questions'}")
    context = {**around(source, 1), **reading_context(source, error), **shape.context(source)}
    template = "exchange/_reading.html" if is_fragment(request) else "exchange/reading.html"
    return show(request, template, context, status=422 if error else 200)


def reread_as_told(request: HttpRequest, source: Import) -> str | None:
    before = Reading.of(source.reading)
    given = reading_told(request, before)
    table = shape.told(reread(file_of(source), given), given)
    problem = None
    try:
        as_people(table).columns()
    except Unreadable as error:
        problem = str(error)
        if not table.reading.long:
            return problem
    source.reading = table.reading.kept()
    if problem:
        source.plan = {}
    elif table.reading != before or not source.plan:
        source.plan = steps.proposal(source)
    source.save(update_fields=["reading", "plan"])
    return problem


@page
def columns(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, pk, ref, None)
    if source.job_id:
        return HttpResponseRedirect(source.url)
    if not can_be_read(source):
        return HttpResponseRedirect(f"{source.url}/reading")
    problems: list[str] = []
    if request.method == "POST":
        source.plan = columns_form.plan_from(request.POST, source).kept()
        source.save(update_fields=["plan"])
        if "next" in request.POST and not (problems := steps.problems_of(source)):
            steps.begin_check(actor, source)
            return HttpResponseRedirect(f"{source.url}/check")
    context = {**around(source, 2), **columns_form.context(source, actor.user.language), "problems": problems}
    template = "surveys/files/_columns.html" if is_fragment(request) else "surveys/files/columns.html"
    return show(request, template, context, status=422 if problems else 200)


@page
def check(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponse:
    """What would happen: the first rows as they would become, and the dry run over all of them."""
    source = import_of(request, actor, pk, ref, None)
    return check_page(request, actor, source, steps.begin_check, lambda: check_context(source))


def check_context(source: Import) -> dict[str, Any]:
    targets = steps.targets_of(source)
    return {
        **around(source, 3),
        **dry_run(source, lambda n: ngettext("Import %(n)s answer", "Import %(n)s answers", n) % {"n": decimal(n)}),
        **previewed(
            AnswerPlan.of(source.plan),
            lambda column: target.name if (target := targets.get(column.target)) else column.name,
            lambda: zip(source_of(source).sample(CHECKED_ROWS), steps.preview(source, CHECKED_ROWS), strict=True),
        ),
    }
