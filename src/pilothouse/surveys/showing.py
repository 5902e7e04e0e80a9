"""Where surveys show on the workbench's pages: a section on the survey's item page."""

from __future__ import annotations

from typing import Any

from pilothouse.people.access import Actor
from pilothouse.surveys.models import Response
from pilothouse.surveys.rows import KIND, survey_for
from pilothouse.workbench.models import Item
from pilothouse.workbench.sections import add_section


def register() -> None:
    add_section(KIND, survey_section)


def survey_section(actor: Actor, item: Item) -> dict[str, Any]:
    survey = survey_for(item)
    finished = Response.objects.filter(survey=survey, status=Response.COMPLETE).count()
    questions = sum(len(page["questions"]) for page in survey.draft.get("pages", ()))
    context = {"survey": survey, "finished": finished, "questions": questions}
    return {"template": "surveys/build/section.html", "context": context}
