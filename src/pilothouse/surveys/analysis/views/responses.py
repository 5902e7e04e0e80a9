"""Responses: the rows behind any number, and one of them read as a person would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis import actions
from pilothouse.surveys.analysis.frame import Frame, everything
from pilothouse.surveys.analysis.naming import asked_of, short
from pilothouse.surveys.analysis.picking import Selection, selection_in
from pilothouse.surveys.analysis.views.common import bar
from pilothouse.surveys.answering.flags import FLAGS
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.workbench.models import Event
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

PAGE, SHOWN_ANSWERS = 50, 4
SHOWS = {
    "counted": [Response.COMPLETE],
    "started": [Response.STARTED],
    "away": [Response.SCREENED_OUT, Response.QUOTA_FULL],
    "out": [Response.COMPLETE],
}


@page
@require_safe
def responses(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The newest first; ?before= is the last row of the page before."""
    survey = survey_of(request, actor, ref)
    if not actor.may("inspect"):
        return for_members(request, actor, survey)
    selection = selection_in(request.GET)
    shown = request.GET.get("show", "counted")
    shown = shown if shown in SHOWS else "counted"
    before = request.GET.get("before", "")
    whole, path = everything(survey), f"{survey.url}/responses"
    frame = which(whole, shown, selection)
    here = page_after(frame, before)
    context = {
        **head(actor, survey, "responses"),
        **bar(frame, selection, "/responses", None),
        "here": path,
        "n": frame.n,
        "rows": rows_of(frame, here[:PAGE]),
        "show_as": shown,
        "shows": shows(whole, selection, path),
        "next_url": selection.url(path, before=str(here[PAGE - 1]), show=shown) if len(here) > PAGE else None,
        "first_url": selection.url(path, show=shown) if before else None,
        "flag_names": FLAGS,
        "splits": False,
    }
    return show(request, "surveys/analysis/responses.html", context)


def page_after(frame: Frame, before: str) -> list[int]:
    """The ids of one page of responses, the newest first, and of one more where there are more."""
    ids = np.sort(frame.response_ids)[::-1]
    here = ids[ids < int(before)] if before.isdecimal() and len(before) < 18 else ids
    return here[: PAGE + 1].tolist()


def rows_of(frame: Frame, ids: Sequence[int]) -> list[dict[str, Any]]:
    there = Response.objects.select_related("version").in_bulk(ids)
    versions = frame.book.versions
    return [row_of(there[pk], versions[there[pk].version_id].questionnaire) for pk in ids if pk in there]


def shows(whole: Frame, selection: Selection, path: str) -> list[tuple[str, Any, int, str]]:
    """Counted, under way, turned away, taken out: (slug, name, how many, address) of each."""
    found = []
    for slug, name in show_names():
        url = selection.url(path, by="", show="" if slug == "counted" else slug)
        found.append((slug, name, which(whole, slug, selection).n, url))
    return found


def for_members(request: HttpRequest, actor: Actor, survey: Survey) -> HttpResponse:
    """Guests follow the same links from figures; they learn that single answers stay with those who write."""
    return show(request, "surveys/analysis/for_members.html", head(actor, survey, "results"))


def show_names() -> list[tuple[str, Any]]:
    return [("counted", _("Counted")), ("started", _("Under way")), ("away", _("Turned away")), ("out", _("Taken out"))]


def which(whole: Frame, shown: str, selection: Selection) -> Frame:
    """What an analysis reads by default; else those that are not finished, turned away or taken out."""
    out = whole.fact("excluded", np.int8) == 1
    mask = whole.fact_is("status", *SHOWS[shown]) & (out if shown == "out" else ~out)
    if not selection.flagged:
        mask &= whole.fact("flagged", np.int8) != 1
    frame = whole.where(mask)
    return frame.where(selection.mask(frame)) if selection.pairs else frame


def row_of(response: Response, questionnaire: Questionnaire) -> dict[str, Any]:
    """The first few answers, those of one line before grids, which begin alike in every row; a questionnaire is read
    once a version, not once a row."""
    given = [question for question in questionnaire.questions() if question.id in response.answers]
    first = sorted(given, key=is_grid)[:SHOWN_ANSWERS]
    answers = [text for _question, text in said(response, first) if text]
    more = max(0, len(response.answers) - len(first))
    return {"response": response, "answers": [short(" ".join(text.split()), 80) for text in answers], "more": more}


def is_grid(question: Question) -> bool:
    return question.type in TYPES and TYPES[question.type].wanted(question) > 1


def said(
    response: Response, questions: Iterable[Question], answers: dict[str, Any] | None = None
) -> list[tuple[Any, str]]:
    """(question, the answer as a person would say it) in the order of the version that was seen; "" for none."""
    language, found = get_language() or "en", []
    given = response.answers if answers is None else answers
    for question in questions:
        type = TYPES.get(question.type)
        if type is not None and type.answered:
            answer = given.get(question.id)
            found.append((question, "" if answer is None else shown_safely(type, question, answer, language)))
    return found


def shown_safely(type: Any, question: Any, answer: Any, language: str) -> str:
    """An answer that an earlier release kept in another form is shown as it is."""
    try:
        return str(type.shown(question, answer, language))
    except (KeyError, TypeError, ValueError, AttributeError):
        return str(answer)


def response_of(
    request: HttpRequest, actor: Actor, ref: Ref, number: int, verb: str = "read"
) -> tuple[Survey, Response]:
    """What one person said is not for guests, who see what all said together."""
    survey = survey_of(request, actor, ref, verb)
    actor.require("inspect")
    response = actor.find(
        Response.objects.select_related("version", "invitation", "member"), verb, survey=survey, pk=number
    )
    response.survey = survey
    return survey, response


@page
@require_safe
def response(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    survey, row = response_of(request, actor, ref, number)
    return one(request, actor, survey, row)


def one(
    request: HttpRequest, actor: Actor, survey: Survey, row: Response, errors: dict[str, Any] | None = None
) -> HttpResponse:
    questions = list(row.version.questionnaire.questions())
    context = {
        **head(actor, survey, "responses"),
        "response": row,
        "said": [line(question, text) for question, text in said(row, questions)],
        "left": [line(question, text) for question, text in said(row, questions, row.off_path) if text],
        "reason": actions.reason_for(row) if row.excluded else None,
        "flag_names": FLAGS,
        "errors": Errors({name: str(text) for name, text in (errors or {}).items()}),
        "status": dict(Response.STATUSES)[row.status],
        "source": dict(Response.SOURCES)[row.source],
        **neighbours(row),
    }
    return show(request, "surveys/analysis/response.html", context, status=422 if errors else 200)


def line(question: Any, text: str) -> dict[str, Any]:
    """`quotable`: the answer is words, which can become a quote; `file`: something that can be fetched."""
    return {
        "title": asked_of(question),
        "code": question.code,
        "text": text,
        "id": question.id,
        "quotable": question.type in ("text", "long"),
        "file": question.type == "file",
    }


def neighbours(row: Response) -> dict[str, Any]:
    rows = Response.objects.filter(survey=row.survey, status=row.status)
    return {
        "newer": rows.filter(pk__gt=row.pk).order_by("pk").values_list("pk", flat=True).first(),
        "older": rows.filter(pk__lt=row.pk).order_by("-pk").values_list("pk", flat=True).first(),
    }


@page
@require_safe
def data(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Everything that is kept about one person's response, for whoever asks for it."""
    survey, row = response_of(request, actor, ref, number, "write")
    names = (
        "id",
        "source",
        "status",
        "language",
        "hidden",
        "answers",
        "off_path",
        "seen",
        "end",
        "consent_version",
        "flags",
        "excluded",
        "started_at",
        "finished_at",
        "seconds",
    )
    kept = {name: getattr(row, name) for name in names} | {"version": row.version.number, "survey": survey.item.title}
    kept["said"] = {
        question.code: {"question": asked_of(question), "answer": text}
        for question, text in said(row, row.version.questionnaire.questions())
    }
    if row.invitation:
        kept["invitation"] = {"name": row.invitation.name, "email": row.invitation.email}
    answer = JsonResponse(kept, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = f'attachment; filename="response-{row.pk}.json"'
    return answer


@page
@require_POST
def sort_out(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """Take chosen responses (`ids`) out, with a reason, or back in."""
    survey = survey_of(request, actor, ref, "write")
    ids = chosen(request.POST.getlist("ids"))
    try:
        event = (
            actions.include(actor, survey, ids)
            if "back" in request.POST
            else actions.exclude(actor, survey, ids, request.POST.get("reason", ""))
        )
    except Invalid as invalid:
        if len(ids) != 1:
            return go(request, f"{survey.url}/responses", "; ".join(str(text) for text in invalid.errors.values()))
        _survey, row = response_of(request, actor, ref, ids[0], "write")
        return one(request, actor, survey, row, invalid.errors)
    back = f"{survey.url}/responses/{ids[0]}" if len(ids) == 1 else f"{survey.url}/responses"
    return go(request, back, told(event), undo=undo_url(actor, event.batch if event else None))


def chosen(ids: Sequence[str]) -> list[int]:
    return [int(id) for id in ids if id.isdecimal() and len(id) < 18]


def told(event: Event | None) -> str:
    if event is None:
        return _("Nothing changed.")
    n = len(event.changes["responses"])
    if event.verb == "excluded":
        return ngettext("%(n)s response is out of the analysis.", "%(n)s responses are out of the analysis.", n) % {
            "n": n
        }
    return ngettext("%(n)s response counts again.", "%(n)s responses count again.", n) % {"n": n}


@page
@require_POST
def lift(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    """Make a quote, feedback or an insight of one answer's words."""
    survey, row = response_of(request, actor, ref, number, "write")
    text = row.answers.get(request.POST.get("question", ""))
    if not isinstance(text, str) or not text.strip():
        raise Http404
    try:
        made = actions.lift_words(actor, survey, row, text, request.POST.get("kind", "quote"))
    except Invalid as invalid:
        return one(request, actor, survey, row, invalid.errors)
    return go(request, made.url, _("%(ref)s was made of this answer.") % {"ref": made.ref})


@page
@require_POST
def erase(request: HttpRequest, actor: Actor, ref: Ref, number: int) -> HttpResponse:
    survey, row = response_of(request, actor, ref, number, "write")
    actions.erase(actor, survey, row)
    return go(request, f"{survey.url}/responses", _("The answers were deleted for good."))
