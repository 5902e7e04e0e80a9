"""Taking answers and the questionnaire out of a survey."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
    StreamingHttpResponse,
)
from django.utils.translation import get_language_info
from django.views.decorators.http import require_GET

from pilothouse.exchange.answers import making
from pilothouse.exchange.answers.writing import as_csv
from pilothouse.exchange.views.exports import XLSX
from pilothouse.people.access import Actor
from pilothouse.surveys import pictures
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.files.document import written
from pilothouse.surveys.files.table import Table, Wanted
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models import Job
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref

TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX, "sav": "application/x-spss-sav"}


@require_GET
@page
def choose(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref)
    actor.require("inspect")
    wanted = wanted_of(request.GET)
    table = Table(survey, wanted)
    context = {
        **head(actor, survey, tab="responses"),
        "wanted": wanted,
        "total": table.responses().count(),
        "languages": [(code, language_name(code)) for code in table.questionnaires[0].languages],
        "spoken": table.language,
        "query": query(wanted, table.language),
        "files": making.made(actor, survey),
    }
    return show(request, "surveys/files/export.html", context)


def language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def wanted_of(given: QueryDict) -> Wanted:
    """Labelled unless raw is asked for; finished answers only, odd ones too, unless told otherwise."""
    return Wanted(
        labelled=given.get("values") != "raw",
        language=given.get("language", "")[:20],
        unfinished=given.get("unfinished") == "1",
        flagged=given.get("flagged", "1") != "0",
    )


def query(wanted: Wanted, language: str) -> str:
    pairs = QueryDict(mutable=True)
    pairs["values"] = "labelled" if wanted.labelled else "raw"
    pairs["language"] = language
    pairs["unfinished"], pairs["flagged"] = str(int(wanted.unfinished)), str(int(wanted.flagged))
    return pairs.urlencode()


@require_GET
@page
def answers(request: HttpRequest, actor: Actor, ref: Ref, form: str) -> HttpResponseBase:
    """CSV runs as a stream however long it is; the other forms are made at once, or as a job where that takes long."""
    survey = survey_of(request, actor, ref)
    actor.require("inspect")
    wanted = wanted_of(request.GET)
    table = Table(survey, wanted)
    if form == "csv":
        return attached(StreamingHttpResponse(as_csv(table), content_type=TYPES[form]), making.named(survey, form))
    if table.responses().count() > making.AT_ONCE:
        return HttpResponseRedirect(making.begin(actor, survey, form, wanted).url)
    file = making.MAKERS[form](table, lambda done: None)
    return attached(FileResponse(file, content_type=TYPES[form]), making.named(survey, form))


@require_GET
@page
def fetch(request: HttpRequest, actor: Actor, ref: Ref, pk: uuid.UUID) -> HttpResponseBase:
    """A file that a job has made, for whoever asked for it."""
    survey = survey_of(request, actor, ref)
    actor.require("inspect")
    rows = Job.objects.filter(handler=making.make.path, created_by=actor.user, product=survey.item.product)
    job = actor.find(rows, "read", pk=pk, status=Job.DONE)
    path, result = making.place_of(job), job.result or {}
    if result.get("survey") != survey.pk or not path.exists():
        raise Http404
    form = str(result["name"]).rsplit(".", 1)[-1]
    return attached(FileResponse(path.open("rb"), content_type=TYPES[form]), result["name"])


@require_GET
@page
def questionnaire(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The draft, or a published version by its number, with its pictures."""
    survey = survey_of(request, actor, ref)
    found, name = chosen(survey, request.GET.get("version", ""))
    response = HttpResponse(written(found, lambda key: pictures.read(survey, key)), content_type="application/json")
    return attached(response, name)  # type: ignore[return-value]


def chosen(survey: Survey, version: str) -> tuple[Any, str]:
    if not version:
        return survey.questionnaire, f"{survey.item.ref}-questionnaire.json"
    if not version.isdecimal() or len(version) > 9:
        raise Http404
    row = survey.versions.filter(number=int(version)).first()
    if row is None:
        raise Http404
    return row.questionnaire, f"{survey.item.ref}-questionnaire-{row.number}.json"


def attached(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
