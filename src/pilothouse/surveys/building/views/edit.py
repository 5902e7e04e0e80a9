"""The builder: the outline beside one part at a time, each small change kept by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from pydantic import ValidationError

from pilothouse.people.access import Actor
from pilothouse.surveys import actions, delta, pictures
from pilothouse.surveys.building import editor, edits
from pilothouse.surveys.building.changing import change
from pilothouse.surveys.building.editing import Edit
from pilothouse.surveys.building.pages import head, number, survey_of
from pilothouse.surveys.building.showing_delta import differing
from pilothouse.surveys.checking import Problem
from pilothouse.surveys.models import Survey
from pilothouse.surveys.rows import survey_for
from pilothouse.workbench.models import Event
from pilothouse.workbench.pages import go, is_fragment, page, show, tell
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid
from pilothouse.workbench.writing.undo import undo


@page
@require_safe
def edit(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The whole page, or only the part that was picked."""
    survey = survey_of(request, actor, ref, "write")
    context = page_context(request, actor, survey, request.GET.get("at", ""))
    return show(request, "surveys/build/editor.html" if is_fragment(request) else "surveys/build/edit.html", context)


@page
@require_POST
def part(request: HttpRequest, actor: Actor, ref: Ref, at: str) -> HttpResponse:
    """Keep what one form holds, and do what was pressed in it."""
    survey = survey_of(request, actor, ref, "write")
    version = number(request.POST.get("version", ""))
    base = actions.draft_at(survey, version)
    if base is None:
        return conflicted(request, actor, survey, at, [])
    language = editor.writing(survey, request.POST.get("in", ""))
    try:
        wanted = Edit(edits.copied(base), request.POST, language, at, images=images(request, actor, survey))
        done = checked(wanted)
        event = actions.save_draft(actor, survey, done.document, version, edited=True)
    except actions.Overlap as overlap:
        return conflicted(request, actor, survey, at, overlap.mine)
    except Invalid as invalid:
        return refused(request, actor, survey, at, invalid)
    return saved(request, actor, survey, done, event)


def images(request: HttpRequest, actor: Actor, survey: Survey) -> dict[str, str]:
    """Pictures that came with the form are kept with the survey; their keys by option."""
    found = {}
    for name in request.FILES:
        file = request.FILES.get(name)
        if name.startswith("image-") and file is not None and file.size:
            found[name.removeprefix("image-")] = pictures.keep(actor, survey, file.read())
    return found


def checked(wanted: Edit) -> Edit:
    """What no questionnaire can hold (a text of megabytes, a NUL) is refused like any other value."""
    try:
        return change(wanted)
    except ValidationError as error:
        raise Invalid(actions.refusals(error)) from None


def address(survey: Survey, at: str, language: str) -> str:
    return f"{survey.url}/edit?at={at}&in={language}"


def saved(request: HttpRequest, actor: Actor, survey: Survey, done: Edit, event: Event | None) -> HttpResponse:
    undone = undo_url(actor, event.batch if event else None)
    if not is_fragment(request):
        return go(
            request, address(survey, done.at, done.language), done.told or (_("Saved") if event else ""), undo=undone
        )
    survey = survey_for(survey.item)
    light = not (done.whole or done.outline or done.at.startswith("p."))
    context = {
        **page_context(request, actor, survey, done.at, done.language, light=light),
        "focus": done.focus, "whole": done.whole, "with_outline": done.outline,
    }  # fmt: skip
    response = show(request, "surveys/build/saved.html", context)
    return tell(response, done.told, undo=undone) if done.told else response


def refused(request: HttpRequest, actor: Actor, survey: Survey, at: str, invalid: Invalid) -> HttpResponse:
    """What cannot be kept is said at its field; what was typed stays in the page."""
    language = editor.writing(survey, request.POST.get("in", ""))
    context = {**page_context(request, actor, survey, at, language), "errors": Errors(invalid.errors)}
    template = "surveys/build/refused.html" if is_fragment(request) else "surveys/build/edit.html"
    return show(request, template, context, status=422)


def conflicted(request: HttpRequest, actor: Actor, survey: Survey, at: str, mine: delta.Delta) -> HttpResponse:
    """Somebody saved the same place: both wordings are shown, nothing typed is lost."""
    survey = survey_for(survey.item)
    language = editor.writing(survey, request.POST.get("in", ""))
    context = {
        **page_context(request, actor, survey, at, language),
        "collisions": differing(survey.questionnaire, survey.draft, mine),
        "who": last_saver(survey),
    }
    template = "surveys/build/refused.html" if is_fragment(request) else "surveys/build/edit.html"
    return show(request, template, context, status=409)


def last_saver(survey: Survey) -> str:
    rows = Event.objects.filter(item=survey.item, verb__in=actions.DRAFTED).select_related("actor")
    last = rows.order_by("-pk").first()
    return str(last.actor) if last and last.actor else _("Somebody")


@page
@require_POST
def take_back(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """The newest change of one's own, step by step back."""
    survey = survey_of(request, actor, ref, "write")
    mine = Event.objects.filter(item=survey.item, actor=actor.user, verb="drafted", undone_at=None)
    batch = mine.order_by("-pk").values_list("batch", flat=True).first()
    if batch is None:
        text = _("There is nothing of yours to take back.")
    else:
        kept = undo(actor, batch).kept
        text = _("Somebody changed the same place since; it stays as it is.") if kept else _("Taken back")
    at, language = request.POST.get("at", ""), editor.writing(survey, request.POST.get("in", ""))
    if not is_fragment(request):
        return go(request, address(survey, at, language), text)
    there = page_context(request, actor, survey_for(survey.item), at, language)
    return tell(show(request, "surveys/build/saved.html", {**there, "whole": True, "with_outline": True}), text)


def page_context(
    request: HttpRequest, actor: Actor, survey: Survey, at: str, language: str = "", *, light: bool = False
) -> dict[str, Any]:
    """Everything that the builder shows; `at` is the part: q.<id>, p.<id>, welcome, ends, quotas, hidden. `light`
    leaves the outline out, of which a kept change needs one row only."""
    found = survey.questionnaire
    language = editor.writing(survey, language or request.GET.get("in", ""))
    problems = editor.problems_of(survey)
    at = at if exists(survey, at) else first(survey)
    return {
        **head(actor, survey, "edit"),
        "at": at,
        "kind_of_part": at.partition(".")[0],
        "language_code": language,
        "languages": editor.languages(survey),
        "source": found.source,
        "found": found,
        "outline": None if light else editor.outline(survey, problems, language),
        "types": editor.types_by_group(),
        "saved_at": timezone.localtime(),
        "moving": request.GET.get("move") == "1",
        "focus": "", "whole": False, "with_outline": False, "collisions": [], "who": "",
        **part_view(survey, at, problems, language),
    }  # fmt: skip


def part_view(survey: Survey, at: str, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    """What the part itself shows; `at` names one that is there."""
    kind, _dot, id = at.partition(".")
    if kind == "q":
        question = survey.questionnaire.question(id)
        assert question
        return editor.question_view(survey, question, problems, language)
    if kind == "p":
        shown = survey.questionnaire.page(id)
        assert shown
        return editor.page_view(survey, shown, problems, language)
    return editor.around_view(survey, at, problems, language)


def exists(survey: Survey, at: str) -> bool:
    kind, _dot, id = at.partition(".")
    found = survey.questionnaire
    return bool(found.question(id) if kind == "q" else found.page(id) if kind == "p" else at in editor.AROUND)


def first(survey: Survey) -> str:
    question = next(survey.questionnaire.questions(), None)
    return f"q.{question.id}" if question else "welcome"
