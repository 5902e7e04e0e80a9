"""How the riders' survey came about: made from the requirements, published, answered, and used as priority."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.practice import riders, story
from pilothouse.surveys import order
from pilothouse.surveys.actions import create_survey, publish
from pilothouse.surveys.answering import recording
from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.instruments import READY, priority, together
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.surveys.questions import TYPES
from pilothouse.surveys.questions.wording import both
from pilothouse.workbench.models import Event, Item

LANGUAGES = (["en", "zh-hans"], ["zh-hans", "en"])
PAGES_SEEN = ["p1", "p2", "p3"]


def ask_riders(actor: Actor, product: Product, language: int, requirements: Mapping[str, Item]) -> Survey:
    """The survey with its answers, in use. What happened to which item on which day is left to the story."""
    made = questionnaire(product, language, requirements)
    data = {"title": riders.TITLE[language], "body": riders.BODY[language], "audience": riders.AUDIENCE[language]}
    survey = create_survey(actor, product, made, data)
    survey.live = publish(actor, survey)
    rows = {key: f"i{item.number}" for key, item in requirements.items()}
    keep(survey, [response(survey, language, one) for one in riders.riders(language, rows, timezone.now())])
    priority.use(actor, survey, {})
    return survey


def questionnaire(product: Product, language: int, requirements: Mapping[str, Item]) -> Questionnaire:
    """Kano and NPS, with the requirements' names in both languages."""
    made = together([READY["kano"], READY["nps"]], product, list(requirements.values()), LANGUAGES[language])
    made.title, made.intro = both(*riders.TITLE), both(*riders.INTRO)
    for page in made.pages:
        page.questions = [
            with_names(question, requirements) if question.id == "kano" else question for question in page.questions
        ]
    return Questionnaire.model_validate(made.model_dump())


def with_names(question: Question, requirements: Mapping[str, Item]) -> Question:
    titles = {item.number: story.REQUIREMENTS[key][4] for key, item in requirements.items()}
    rows = [row.model_copy(update={"text": both(*titles[row.item or 0]), "more": {}}) for row in question.rows]
    return TYPES["kano"].fitted(question.model_copy(update={"rows": rows}))


def response(survey: Survey, language: int, one: Mapping[str, Any]) -> Response:
    """As a rider left it. Most answered in the language of their product."""
    spoken = LANGUAGES[language][0 if one["own"] else 1]
    return Response(
        survey=survey, version=survey.live, language=spoken, status=Response.COMPLETE, source=Response.LINK,
        answers=one["answers"], seen=PAGES_SEEN, end="thanks", flags=one["flags"], seconds=one["seconds"],
        started_at=began(one), finished_at=one["finished_at"], changed=order.stamp(), save_count=len(PAGES_SEEN),
    )  # fmt: skip


def began(one: Mapping[str, Any]) -> datetime:
    start: datetime = one["finished_at"] - timedelta(seconds=one["seconds"])
    return start


def keep(survey: Survey, responses: list[Response]) -> None:
    """All at once, and counted as if each had arrived by itself."""
    began_at = [response.started_at for response in responses]
    Response.objects.bulk_create(responses)
    for row, start in zip(responses, began_at, strict=True):
        row.started_at = start  # was set to now on the way in
    Response.objects.bulk_update(responses, ["started_at"])
    Version.objects.filter(survey=survey).update(created_at=min(began_at) - timedelta(hours=2))
    recording.add(survey.pk, [recording.TOTAL], {}, len(responses))


def told(survey: Survey) -> list[Event]:
    """What using the survey wrote into the history of the requirements."""
    rows = Event.objects.filter(product=survey.item.product)
    return list(rows.filter(verb__in=(priority.SURVEYED, "linked", priority.USED), pk__gte=first_of(survey)))


def first_of(survey: Survey) -> int:
    return Event.objects.filter(item=survey.item, verb="linked").order_by("pk").values_list("pk", flat=True)[0]
