"""What looks odd about a response. A flag never takes an answer out: the analysis says how many are in or out."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES

FLAGS = {
    "speeder": _("Less than 40% of the usual time"),
    "too_fast": _("Faster than the minimum time"),
    "straight_liner": _("The same point in every row of every matrix"),
    "honeypot": _("Filled in a box that people do not see"),
    "no_proof": _("No proof of work: a script, or no JavaScript"),
    "same_address": _("Many from the same address that day"),
    "duplicate": _("This browser had answered before"),
    "erased": _("Answers erased after their retention"),
}
SPEEDY = 0.4  # of the median time
ENOUGH, RECENT = 10, 200  # responses that a median needs; how many it looks at
ROWS = 4  # a matrix shorter than this says nothing about a person
GRIDS = ("matrix", "differential")


def at_the_end(response: Response, questionnaire: Questionnaire) -> list[str]:
    """All flags of a response that is being finished."""
    found = [
        ("speeder", is_speeder(response)),
        ("too_fast", (response.seconds or 0) < response.survey.rules.minimum_seconds),
        ("straight_liner", is_straight(questionnaire.questions(), response.answers)),
    ]
    return sorted({*response.flags, *(flag for flag, odd in found if odd)})


def is_speeder(response: Response) -> bool:
    usual = usual_seconds(response.survey)
    return usual is not None and (response.seconds or 0) < SPEEDY * usual


def usual_seconds(survey: Survey) -> float | None:
    """The median of the latest complete responses; None while there are few. Read once a minute."""
    key = f"survey-{survey.code}-{survey.pk}-usual-seconds"
    found: float | None = caches["process"].get(key, -1)
    if found == -1:
        rows = Response.objects.filter(survey=survey, status=Response.COMPLETE, seconds__isnull=False)
        taken: list[Any] = list(rows.order_by("-id").values_list("seconds", flat=True)[:RECENT])
        found = statistics.median(taken) if len(taken) >= ENOUGH else None
        caches["process"].set(key, found, 60)
    return found


def is_straight(questions: Iterable[Question], answers: dict[str, Any]) -> bool:
    """Every long matrix that was answered has one and the same point throughout."""
    grids = [
        list(TYPES[question.type].cells(question, answers[question.id]).values())
        for question in questions
        if question.type in GRIDS and len(question.rows) >= ROWS and question.id in answers
    ]
    full = [points for points in grids if len(points) >= ROWS]
    return bool(full) and all(len(set(points)) == 1 for points in full)
