"""Looking over what would be published, publishing it, and opening and closing the survey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.people.access import Actor
from pilothouse.surveys import actions
from pilothouse.surveys.building import editor
from pilothouse.surveys.building.comparing import differences
from pilothouse.surveys.building.naming import language_name
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.building.translating import fill
from pilothouse.surveys.flow import Problem
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models import Event
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Ref, last_batch, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

MOST_TOLD = 60


@page
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """GET: what is new and what is wrong. POST: the next version, of exactly the draft that was looked over."""
    survey = survey_of(request, actor, ref, "write")
    if request.method == "GET":
        return show(request, "surveys/build/publish.html", look_over(actor, survey))
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() and len(seen) < 10 else 0
    try:
        made = actions.publish(actor, survey, request.POST.get("note", ""), version=version)
    except actions.NotReady:
        return show(request, "surveys/build/publish.html", look_over(actor, survey), status=422)
    except actions.Overlap:
        context = {**look_over(actor, survey_of(request, actor, ref, "write")), "changed_since": True}
        return show(request, "surveys/build/publish.html", context, status=409)
    text = _("Version %(n)s is live") % {"n": made.number}
    return go(request, f"{survey.url}/collect", text, undo=undo_url(actor, last_batch(survey.item, actor, "published")))


def look_over(actor: Actor, survey: Survey) -> dict[str, Any]:
    problems = editor.problems_of(survey)
    found = survey.questionnaire
    return {
        **head(actor, survey, "edit"),
        "found": found,
        "serious": placed(survey, [one for one in problems if one.serious]),
        "notes": placed(survey, [one for one in problems if not one.serious and editor.shows_here(one)]),
        "differences": differences(survey, actor.user.language),
        "fill": [(language_name(code), fill(found, code)) for code in found.languages[1:]],
        "changed_since": False,
        "next_number": survey.live.number + 1 if survey.live else 1,
        "questions": sum(1 for _question in found.questions()),
    }


def placed(survey: Survey, problems: list[Problem]) -> list[dict[str, Any]]:
    """Each problem with its place by name and where it is mended."""
    return [
        {
            "text": one.message,
            "place": place_name(survey, one.path),
            "url": f"{survey.url}/edit?at={editor.at_path(one.path)}",
        }
        for one in problems[:MOST_TOLD]
    ]


def place_name(survey: Survey, path: str) -> str:
    part, *below = path.split(".")
    question = survey.questionnaire.question(below[0]) if part == "questions" and below else None
    if question:
        return question.code
    page = survey.questionnaire.page(below[0]) if part == "pages" and below else None
    if page:
        return _("Page %(n)s") % {"n": survey.questionnaire.pages.index(page) + 1}
    names = {"ends": _("Endings"), "quotas": _("Quotas"), "hidden": _("Hidden fields"), "pages": _("Questions")}
    return names.get(part, _("Welcome and consent"))


STATES: dict[str, Callable[[Actor, Survey], Event | None]] = {
    "pause": actions.pause, "close": actions.close, "reopen": actions.reopen
}  # fmt: skip


@page
@require_POST
def state(request: HttpRequest, actor: Actor, ref: Ref, verb: str) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    if verb not in STATES:
        raise Http404
    try:
        event = STATES[verb](actor, survey)
    except Invalid as invalid:
        return go(request, survey.url, next(iter(invalid.errors.values())))
    told = {"pause": _("Paused: nobody can answer"), "close": _("Closed"), "reopen": _("Open: people can answer")}[verb]
    return go(request, survey.url, told, undo=undo_url(actor, event.batch if event else None))


@page
@require_POST
def copy(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    survey = survey_of(request, actor, ref, "write")
    made = actions.copy_survey(actor, survey)
    return go(request, f"{made.url}/edit", _("%(ref)s is a copy.") % {"ref": made.item.ref})
