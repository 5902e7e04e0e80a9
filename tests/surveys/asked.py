"""A published survey and people who answered it, for tests of what is made of answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.surveys import order
from pilothouse.surveys.actions import create_survey, publish
from pilothouse.surveys.definition import Page, Question, Questionnaire
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.questions.wording import both


def published(actor: Actor, product: Product, questions: Sequence[Question], title: str = "Riders") -> Survey:
    pages = [Page(id=f"p{place}", questions=[question]) for place, question in enumerate(questions, start=1)]
    made = create_survey(
        actor, product, Questionnaire(languages=["en", "zh-hans"], title=both(title, title), pages=pages)
    )
    made.live = publish(actor, made)
    return made


def answered(survey: Survey, people: Iterable[Mapping[str, Any]], **more: Any) -> list[Response]:
    """Each person's answers by question id, finished now."""
    rows = [
        Response(
            survey=survey, version=survey.live, language="en", answers=dict(answers), status=Response.COMPLETE,
            finished_at=timezone.now(), changed=order.stamp(), source=Response.API, **more,
        )
        for answers in people
    ]  # fmt: skip
    return Response.objects.bulk_create(rows)


def by_cells(question: Question, rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Answers to one question out of cells, through the product's own reading."""
    kind = TYPES[question.type]
    return [{question.id: answer} for row in rows if (answer := kind.answer(question, row)) is not None]
