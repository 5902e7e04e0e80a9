"""What comes with a link: hidden fields, and answers given beforehand (?plan=pro&Q1=a, ?Q2.speed=4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from pilothouse.surveys.definition import UNSTORABLE, Questionnaire
from pilothouse.surveys.questions import TYPES, Refused

LONGEST_HIDDEN, MOST_PREFILLED = 500, 200


def given_hidden(questionnaire: Questionnaire, query: QueryDict, invited: Mapping[str, str]) -> dict[str, str]:
    """The hidden fields of a new response: each as the invitation says, else as the address says, else its default. An
    address cannot change what the invitation says."""
    found = {}
    for field in questionnaire.hidden:
        value = str(invited.get(field.code, query.get(field.code, field.default)))
        found[field.code] = UNSTORABLE.sub("", value)[:LONGEST_HIDDEN]
    return found


def prefilled(questionnaire: Questionnaire, query: QueryDict) -> dict[str, Any]:
    """Answers by the question's code; what a question does not know is left out. They count once their page is sent."""
    if not query:
        return {}
    cells: dict[str, dict[str, str]] = {}
    by_code = {question.code: question for question in questionnaire.questions()}
    for name in list(query)[:MOST_PREFILLED]:
        code, key = next(((name[:at], name[at + 1 :]) for at in cuts(name) if name[:at] in by_code), ("", ""))
        if code:
            cells.setdefault(code, {})[key] = str(query[name])
    answers = {}
    for code, given in cells.items():
        question = by_code[code]
        try:
            answer = TYPES[question.type].answer(question, given) if TYPES[question.type].answered else None
        except Refused:
            continue
        if answer is not None and question.type != "file":
            answers[question.id] = answer
    return answers


def cuts(name: str) -> list[int]:
    """Where in a name such as "Q2.speed" the code of a question may end: at its end, and before each dot; the longest
    first."""
    return [len(name), *(at for at in range(len(name) - 1, 0, -1) if name[at] == ".")]
