"""A whole response at once, as programs hand it in: held to what a person's answers are held to, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pilothouse.surveys import flow
from pilothouse.surveys.answering import recording
from pilothouse.surveys.answering.reading import missing
from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.models import Response, Survey
from pilothouse.surveys.questions import TYPES, Refused
from pilothouse.surveys.questions.columned import Columned
from pilothouse.workbench.writing.cleaning import Invalid

LONGEST_HIDDEN = 500


@dataclass(frozen=True)
class Given:
    """`answers` go by the code of a question, or by its id; `seconds` is how long the person took, where known."""

    answers: Mapping[str, Any]
    language: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    external_id: str = ""
    started_at: datetime | None = None
    seconds: float | None = None


def hand_in(survey: Survey, given: Given) -> Response:
    """A finished response of the version that people answer. Raises Invalid, naming each answer that cannot be kept."""
    assert survey.live is not None
    questionnaire = survey.live.questionnaire
    response = Response(
        survey=survey, version=survey.live, source=Response.API, language=language_of(questionnaire, given.language),
        hidden=hidden_of(questionnaire, given.hidden), external_id=given.external_id or None, seconds=given.seconds,
        seen=[page.id for page in questionnaire.pages],
    )  # fmt: skip
    response.answers = clean(questionnaire, given.answers)
    walk(questionnaire, response)
    return kept(response, given)


def clean(questionnaire: Questionnaire, given: Mapping[str, Any]) -> dict[str, Any]:
    by_name = {question.code: question for question in questionnaire.questions()}
    by_name |= {question.id: question for question in questionnaire.questions()}
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for name, value in given.items():
        question = by_name.get(name)
        if question is None or not is_asked(question):
            errors[place(name)] = _("There is no such question.")
            continue
        if value is None:
            continue
        try:
            answers[question.id] = answer_of(question, value)
        except Refused as refusal:
            errors[place(name, refusal.part)] = str(refusal)
    if errors:
        raise Invalid(errors)
    return answers


def is_asked(question: Question) -> bool:
    return question.type in TYPES and TYPES[question.type].answered and question.type != "file"


def place(name: str, part: str = "") -> str:
    return ".".join(filter(None, ("answers", name[:60], part)))


def answer_of(question: Question, value: Any) -> Any:
    """The answer, if the type would have kept the very same from a person. Raises Refused."""
    kind = TYPES[question.type]
    try:
        cells = kind.cells(question, value)
        answer = kind.answer(question, cells)
    except (TypeError, ValueError, KeyError, AttributeError):
        answer = None
    if answer is None or answer != value:
        raise Refused(_("This is no answer to the question; its form stands in the documentation of the API."))
    if isinstance(kind, Columned):
        return kind.checked(question, answer)
    return kind.counted(question, answer) if isinstance(answer, dict) and "ids" in answer else answer  # type: ignore[attr-defined]


def walk(questionnaire: Questionnaire, response: Response) -> None:
    """Go along the pages that these answers lead to. Raises Invalid where a required answer is missing, or where there
    are answers to questions that are not asked on this way."""
    route = recording.route_of(response)
    codes = {question.id: question.code for question in questionnaire.questions()}
    if route.current is not None:
        asked = flow.shown(questionnaire, route.current, recording.state_of(response))
        lacking = missing(asked, response.answers, {})
        raise Invalid({place(codes[id]): next(iter(words.values())) for id, words in lacking.items()})
    if strange := [id for id in response.answers if id not in route.answers]:
        text = _("This question is not asked of whoever gives the other answers.")
        raise Invalid({place(codes[id]): text for id in strange})


def kept(response: Response, given: Given) -> Response:
    """Store the response and finish it like any other: counted in the quotas and flagged where it looks odd. Raises
    Invalid for an external id that is there already."""
    try:
        with transaction.atomic():
            response.save()
            if given.started_at:
                response.started_at = given.started_at
                response.save(update_fields=["started_at"])
            recording.finish(response)
    except IntegrityError:
        raise Invalid({"external_id": _("There is a response with this id already.")}) from None
    return response


def language_of(questionnaire: Questionnaire, wanted: str) -> str:
    if wanted and wanted not in questionnaire.languages:
        raise Invalid({"language": _("The questionnaire has no language “%(name)s”.") % {"name": wanted[:20]}})
    return wanted or questionnaire.source


def hidden_of(questionnaire: Questionnaire, given: Mapping[str, str]) -> dict[str, str]:
    known = {one.code: one.default for one in questionnaire.hidden}
    if strange := [name for name in given if name not in known]:
        raise Invalid({f"hidden.{strange[0][:60]}": _("The questionnaire has no such hidden field.")})
    long = [name for name, text in given.items() if len(text) > LONGEST_HIDDEN]
    if long:
        raise Invalid({f"hidden.{long[0]}": _("At most %(most)s characters fit.") % {"most": LONGEST_HIDDEN}})
    return {name: text for name, text in {**known, **given}.items() if text}
