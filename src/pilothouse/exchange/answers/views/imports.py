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
from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.reading.source import Reading, reread
from pilothouse.exchange.taking.steps import MOST_BYTES, TooLarge
from pilothouse.exchange.taking.steps import source_of as file_of
from pilothouse.exchange.views.common import grouped
from pilothouse.exchange.views.imports import CHECKED_ROWS, reading_context
from pilothouse.exchange.views.jobs import shown
from pilothouse.jinja import decimal
from pilothouse.people.access import Actor
from pilothouse.surveys.building.pages import head
from pilothouse.surveys.models import Survey
from pilothouse.workbench import jobs
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
    from pilothouse.exchange.views.reports import status

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
    before, given = Reading.of(source.reading), request.POST.dict()
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
    if source.job_id:
        return HttpResponseRedirect(source.url)
    if request.method == "POST":
        steps.begin_check(actor, source)
        return HttpResponseRedirect(f"{source.url}/check")
    if source.check_job is None:
        return HttpResponseRedirect(f"{source.url}/columns")
    return show(request, "exchange/check.html", {**around(source, 3), **check_context(source)})


def check_context(source: Import) -> dict[str, Any]:
    job = source.check_job
    assert job is not None
    counts = job.result or {}
    going = counts.get("created", 0) + counts.get("updated", 0)
    return {
        **shown(job),
        "counts": counts,
        "going": going,
        "verb": ngettext("Import %(n)s answer", "Import %(n)s answers", going) % {"n": decimal(going)},
        **grouped(source, checking=True),
        **previewed(source),
    }


def previewed(source: Import) -> dict[str, Any]:
    plan, targets = AnswerPlan.of(source.plan), steps.targets_of(source)
    places = [place for place, column in enumerate(plan.columns) if column.target]
    named = [(column.name, targets.get(column.target)) for column in plan.columns if column.target]
    try:
        decisions = steps.preview(source, CHECKED_ROWS)
        rows = source_of(source).sample(CHECKED_ROWS)
    except (Unreadable, jobs.JobFailed):
        decisions, rows = [], []
    return {
        "heads": [(name, target.name if target else name) for name, target in named],
        "preview": [preview_row(plan, places, row, one) for row, one in zip(rows, decisions, strict=True)],
    }


def preview_row(plan: AnswerPlan, places: list[int], row: tuple[int, list[str]], decision: Any) -> dict[str, Any]:
    wrong = {reason["column"]: visible(reason["message"]) for reason in decision.reasons}
    cells = [
        {"text": visible(row[1][place][:200]), "error": wrong.pop(plan.columns[place].name, None)} for place in places
    ]
    return {"number": row[0], "cells": cells, "outcome": decision.outcome, "reasons": list(wrong.values())}
