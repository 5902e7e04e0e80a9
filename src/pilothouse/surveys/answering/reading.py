"""From a posted page to answers: only of questions that are asked there, and every refusal beside its question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from pilothouse.surveys import flow
from pilothouse.surveys.answering.asking import name_of
from pilothouse.surveys.definition import Page, Question, Questionnaire
from pilothouse.surveys.questions import TYPES, Refused


@dataclass(frozen=True)
class Reading:
    """`answers` of the questions asked, None for one left empty; `errors` by question and part; `fresh` is true where
    an answer brought up a question that the browser had not shown yet."""

    answers: dict[str, Any]
    errors: dict[str, dict[str, str]]
    fresh: bool

    def onto(self, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Put over the answers known so far; a refused one stays what it was."""
        kept = {id: value for id, value in answers.items() if self.answers.get(id, value) is not None}
        return kept | {id: value for id, value in self.answers.items() if value is not None}


def read(
    questionnaire: Questionnaire,
    page: Page,
    state: flow.State,
    posted: QueryDict,
    refused: Mapping[str, str] | None = None,
) -> Reading:
    """`refused` are files that could not be taken, by question."""
    values, errors = every_box(page, posted)
    errors |= {id: {"": why} for id, why in (refused or {}).items()}
    values = {id: value for id, value in values.items() if id not in errors}
    given = {id: value for id, value in state.answers.items() if id not in values}
    given |= {id: value for id, value in values.items() if value is not None}
    asked = flow.shown(questionnaire, page, replace(state, answers=given))
    ids = {question.id for question in asked}
    wrong = {id: messages for id, messages in errors.items() if id in ids}
    wrong |= missing(asked, values, wrong)
    seen = set(" ".join(posted.getlist("asked")).split())
    fresh = any(question.id not in seen for question in asked if TYPES[question.type].answered)
    return Reading({id: value for id, value in values.items() if id in ids}, wrong, fresh)


def every_box(page: Page, posted: QueryDict) -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
    values: dict[str, Any] = {}
    errors: dict[str, dict[str, str]] = {}
    for question in page.questions:
        if question.type in TYPES and TYPES[question.type].answered:
            try:
                values[question.id] = TYPES[question.type].read(question, posted, name_of(question))
            except Refused as refusal:
                errors[question.id] = {refusal.part: str(refusal)}
    return values, errors


def missing(asked: list[Question], values: Mapping[str, Any], refused: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What is required and not given, or not given in full."""
    return {
        question.id: {"": _("Please answer this question.") if values.get(question.id) is None else unfinished()}
        for question in flow.lacking(asked, values)
        if question.id not in refused
    }


def unfinished() -> str:
    return _("Please answer every part of this question.")
