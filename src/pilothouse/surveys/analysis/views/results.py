"""Results: the head of the page at once, each question when it comes into sight."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.crossing import Cross, Means, cross, means_by
from pilothouse.surveys.analysis.fields import fields_of
from pilothouse.surveys.analysis.frame import Asked, Frame
from pilothouse.surveys.analysis.naming import asked_of, field_name, short, value_name
from pilothouse.surveys.analysis.open_answers import open_answers
from pilothouse.surveys.analysis.picking import Selection, is_filter, values_of
from pilothouse.surveys.analysis.reading import read
from pilothouse.surveys.analysis.summary import summary_of
from pilothouse.surveys.analysis.views.common import grouping, is_hidden, page_of
from pilothouse.surveys.answering.flags import FLAGS
from pilothouse.surveys.building.pages import survey_of
from pilothouse.surveys.instruments import Reading, instrument_of
from pilothouse.surveys.models import Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.workbench.pages import is_fragment, page, show
from pilothouse.workbench.views.common import Ref

Section = dict[str, Any]


@page
@require_safe
def results(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref)
    frame, selection, context = page_of(request, actor, survey, "results", "/results")
    sections = sections_of(frame, selection)
    context |= {"sections": sections, "summary": summary_of(survey, frame.n), "flag_names": FLAGS}
    return show(request, "surveys/analysis/results.html", context)


def sections_of(frame: Frame, selection: Selection) -> list[Section]:
    """One a question and way of asking it, without any figures."""
    return [
        {
            "id": id,
            "type": type,
            "code": columns[0].question.code,
            "title": short(asked_of(columns[0].question), 160),
            "icon": TYPES[type].icon,
            "url": selection.url(f"{frame.survey.url}/results/{id}", type=type),
            "versions": versions_words(columns, len(frame.book.versions)),
        }
        for (id, type), columns in frame.book.questions.items()
    ]


def versions_words(columns: list[Asked], n: int) -> str:
    """Which versions asked this, where it was not all of them."""
    numbers = sorted({number for asked in columns for number in asked.versions})
    return "" if len(numbers) == n else ", ".join(str(number) for number in numbers)


@page
@require_safe
def question(request: HttpRequest, actor: Actor, ref: Ref, question: str) -> HttpResponse:
    """One question's reading: the part that the page waits for, or a page of its own."""
    survey = survey_of(request, actor, ref)
    frame, selection, context = page_of(request, actor, survey, "results", f"/results/{question}")
    found = {kind: columns for (id, kind), columns in frame.book.questions.items() if id == question}
    kind = request.GET.get("type", next(iter(found), ""))
    if kind not in found:
        raise Http404
    section = next(one for one in sections_of(frame, selection) if (one["id"], one["type"]) == (question, kind))
    context |= {"section": section, **readings_of(request, frame, selection, found[kind])}
    context["inspects"] = actor.may("inspect")
    return show(request, f"surveys/analysis/{'_question' if is_fragment(request) else 'question'}.html", context)


def readings_of(request: HttpRequest, frame: Frame, selection: Selection, columns: list[Asked]) -> dict[str, Any]:
    asked = columns[0].question
    instrument = instrument_of(asked)
    texts = [column for column in columns if column.column.measure == "text"]
    return {
        "reading": instrument_reading(request, frame, selection, columns)
        if instrument
        else read(columns, frame, selection),
        "instrument": instrument,
        "texts": [open_answers(frame, selection, column) for column in texts],
        "split": split_by(frame, selection, columns),
    }


def instrument_reading(request: HttpRequest, frame: Frame, selection: Selection, columns: list[Asked]) -> Reading:
    asked, instrument = columns[0].question, instrument_of(columns[0].question)
    assert instrument is not None

    def link(part: str) -> str:
        return selection.url(f"{frame.survey.url}/responses", (f"i.{asked.id}", part))

    return instrument.read(asked, frame, request.GET.dict(), link)


def split_by(frame: Frame, selection: Selection, columns: list[Asked]) -> Cross | Means | None:
    """The question by the groups that the page is split by: cells of a choice, means of a grid or of numbers."""
    by = grouping(fields_of(frame), selection.by)
    read = [asked for asked in columns if asked.column.measure not in ("text", "file", "date")]
    if not by or not read:
        return None
    first = read[0].column
    if first.measure == "number" or (first.measure == "ordinal" and len(read) > 1):
        return means_by(frame, [asked for asked in read if asked.column.measure == first.measure], by)
    name = f"q.{first.question}" if first.measure == "flag" or not first.key else f"q.{first.question}.{first.key}"
    return cross(frame, name, by) if name != by else None


@page
@require_safe
def values(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The values that a filter by ?name= can take."""
    survey: Survey = survey_of(request, actor, ref)
    frame, _selection, context = page_of(request, actor, survey, "results", "/results")
    name = request.GET.get("name", "")
    if not is_filter(name) or (is_hidden(name) and not actor.may("inspect")):
        raise Http404
    options = [(value, value_name(frame, name, value)) for value in values_of(frame, name)]
    context |= {"name": name, "field": field_name(frame, name), "options": options, "measure": measure_of(frame, name)}
    return show(request, "surveys/analysis/_values.html", context)


def measure_of(frame: Frame, name: str) -> str:
    if name in ("from", "to"):
        return "day"
    question, _dot, key = name[2:].partition(".")
    asked = frame.book.by_key.get((question, key)) if name.startswith("q.") else None
    return asked.column.measure if asked else "nominal"
