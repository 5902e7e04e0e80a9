"""What the builder shows: the outline of all parts, and one of them to edit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.surveys.building import logic, settings_of
from pilothouse.surveys.building.naming import language_names, page_name, short
from pilothouse.surveys.definition import Page, Question, Questionnaire
from pilothouse.surveys.flow import Problem, check
from pilothouse.surveys.models import Survey
from pilothouse.surveys.questions import TYPES

AROUND = ("welcome", "ends", "quotas", "hidden")


def problems_of(survey: Survey) -> list[Problem]:
    return check(survey.questionnaire, survey.rules.redirect_hosts)


def shows_here(problem: Problem) -> bool:
    """Missing translations have a page of their own."""
    return problem.code not in ("untranslated", "outdated")


def at_path(path: str) -> str:
    """The place in the builder where a problem is mended: questions.q1.text -> q.q1."""
    part, *rest = path.split(".")
    if part in ("questions", "pages") and rest:
        return f"{part[0]}.{rest[0]}"
    return part if part in AROUND else "welcome" if part in ("title", "intro", "consent") else ""


def outline(survey: Survey, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    found = survey.questionnaire
    wrong = Counter(at_path(problem.path) for problem in problems if shows_here(problem))
    return {
        "pages": [
            {
                "id": page.id,
                "name": page_name(found, page, language),
                "wrong": wrong[f"p.{page.id}"],
                "conditional": bool(page.show_if or page.jumps),
                "questions": [row(one, found, wrong[f"q.{one.id}"], language) for one in page.questions],
            }
            for page in found.pages
        ],
        "around": around(found, wrong),
        "count": sum(len(page.questions) for page in found.pages),
    }


def row(question: Question, questionnaire: Questionnaire, wrong: int, language: str) -> dict[str, Any]:
    declared = TYPES.get(question.type)
    return {
        "id": question.id,
        "code": question.code,
        "text": short(question.text.get(language, questionnaire.source), 80) or _("No wording yet"),
        "written": bool(question.text),
        "icon": declared.icon if declared else "circle-help",
        "type": declared.name if declared else question.type,
        "required": question.required,
        "conditional": question.show_if is not None,
        "wrong": wrong,
    }


def around(questionnaire: Questionnaire, wrong: Counter[str]) -> list[dict[str, Any]]:
    counts = {"ends": len(questionnaire.ends), "quotas": len(questionnaire.quotas), "hidden": len(questionnaire.hidden)}
    names = {
        "welcome": (_("Welcome and consent"), "door-open"), "ends": (_("Endings"), "flag"),
        "quotas": (_("Quotas"), "chart-pie"), "hidden": (_("Hidden fields"), "eye-off"),
    }  # fmt: skip
    return [
        {"at": at, "name": name, "icon": icon, "n": counts.get(at), "wrong": wrong[at]}
        for at, (name, icon) in names.items()
    ]


def types_by_group() -> list[tuple[Any, list[Any]]]:
    """All types of questions as the menu offers them."""
    names = {
        "choice": _("Choosing"), "words": _("Own words"), "scale": _("Rating"), "order": _("Ordering"),
        "instrument": _("Instruments"), "layout": _("Layout"),
    }  # fmt: skip
    return [(name, [one for one in TYPES.values() if one.group == group]) for group, name in names.items()]


def about(problems: Sequence[Problem], at: str) -> list[Problem]:
    return [one for one in problems if at_path(one.path) == at and shows_here(one)]


def question_view(survey: Survey, question: Question, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    found = survey.questionnaire
    everything = list(found.questions())
    place = everything.index(question)
    page = next(page for page in found.pages if question in page.questions)
    declared = TYPES.get(question.type)
    return {
        "question": question,
        "declared": declared,
        "own": own(question),
        "points": points(question),
        "settings": settings_of.shown(question),
        "logic": logic.view(question.show_if, found, everything[:place], language),
        "page": page,
        "page_name": page_name(found, page, language),
        "first_on_page": page.questions[0].id == question.id,
        "previous": everything[place - 1] if place else None,
        "next": everything[place + 1] if place + 1 < len(everything) else None,
        "earlier": [(one.code, short(one.text.get(language, found.source), 60)) for one in everything[:place]],
        "problems": (wrong := about(problems, f"q.{question.id}")),
        "own_row": row(question, found, len(wrong), language),
    }


def own(question: Question) -> Any:
    """Its settings with their defaults; None while they cannot be read."""
    try:
        return TYPES[question.type].settings(question) if question.type in TYPES else None
    except ValueError:
        return None


def points(question: Question) -> list[Any]:
    """The points of a scale; none while its settings cannot be read."""
    try:
        return TYPES[question.type].points(question) if question.type in TYPES else []
    except ValueError:
        return []


def page_view(survey: Survey, page: Page, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    found = survey.questionnaire
    place = found.pages.index(page)
    before = [question for one in found.pages[:place] for question in one.questions]
    return {
        "page": page,
        "page_name": page_name(found, page, language),
        "logic": logic.view(page.show_if, found, before, language),
        "jumps": [
            {"to": jump.to, "when": logic.view(jump.when, found, [*before, *page.questions], language), "at": at}
            for at, jump in enumerate(page.jumps)
        ],
        "targets": targets(found, place, language),
        "problems": about(problems, f"p.{page.id}"),
        "first": place == 0,
        "rows": [row(one, found, 0, language) for one in page.questions],
    }


def targets(questionnaire: Questionnaire, place: int, language: str) -> list[tuple[str, str]]:
    """Where a rule of a page may lead: later pages and ends."""
    later = [(page.id, page_name(questionnaire, page, language)) for page in questionnaire.pages[place + 1 :]]
    return later + [(f"end:{end.id}", end_name(end.id, questionnaire, language)) for end in questionnaire.ends]


def end_name(id: str, questionnaire: Questionnaire, language: str) -> str:
    end = questionnaire.end(id)
    title = short(end.title.get(language, questionnaire.source), 60) if end else ""
    return _("Ending: %(title)s") % {"title": title or id}


def around_view(survey: Survey, at: str, problems: Sequence[Problem], language: str) -> dict[str, Any]:
    found = survey.questionnaire
    known = list(found.questions())
    ends = [(end.id, end_name(end.id, found, language)) for end in found.ends]
    quotas = [{"quota": one, "logic": logic.view(one.when, found, known, language)} for one in found.quotas]
    return {"quotas": quotas if at == "quotas" else [], "ends": ends, "problems": about(problems, at)}


def writing(survey: Survey, wanted: str) -> str:
    """The language that is being written; the source unless another one is asked for."""
    languages: list[str] = survey.draft["languages"]
    return wanted if wanted in languages else languages[0]


def languages(survey: Survey) -> list[tuple[str, str]]:
    return language_names(survey.questionnaire)
