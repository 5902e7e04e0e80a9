"""Whether a condition holds for given answers. A missing answer meets no test but "unanswered" and the negations."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pilothouse.surveys.definition import Condition, Question, Questionnaire
from pilothouse.surveys.questions import TYPES


@dataclass(frozen=True)
class State:
    """What is known of one respondent."""

    answers: Mapping[str, Any] = field(default_factory=dict)
    hidden: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    seed: int = 0


def holds(condition: Condition | None, questionnaire: Questionnaire, state: State) -> bool:
    """Whether a condition holds for exactly these answers; no condition always does."""
    return decide(condition, {question.id: question for question in questionnaire.questions()}, state)


def decide(condition: Condition | None, questions: Mapping[str, Question], state: State) -> bool:
    if condition is None:
        return True
    if condition.all is not None:
        return all(decide(one, questions, state) for one in condition.all)
    if condition.any is not None:
        return any(decide(one, questions, state) for one in condition.any)
    if condition.none is not None:
        return not any(decide(one, questions, state) for one in condition.none)
    if condition.language is not None:
        return TESTS[condition.op](state.language or None, condition.language)
    return TESTS[condition.op](subject(condition, questions, state), condition.value)


def subject(condition: Condition, questions: Mapping[str, Question], state: State) -> Any:
    """What a condition looks at; None where there is nothing."""
    if condition.hidden is not None:
        return state.hidden.get(condition.hidden) or None
    question = questions.get(condition.question or "")
    answer = state.answers.get(condition.question or "")
    if question is None or answer is None or question.type not in TYPES:
        return None
    found = TYPES[question.type].value(question, answer, condition.part)
    return None if found == "" or found == [] else found


def same(found: Any, wanted: Any) -> bool:
    """Whether two values are equal as a person means it: 5 and "5.0" are, and so are "Yes" and "yes". An answer with
    several choices equals a value if one of the choices does."""
    if isinstance(found, list | tuple | set) and not isinstance(wanted, list | tuple | set):
        return any(same(one, wanted) for one in found)
    if isinstance(found, list | tuple | set):
        return {str(one) for one in found} == {str(one) for one in wanted}
    if (left := number(found)) is not None and (right := number(wanted)) is not None:
        return left == right
    return found is not None and str(found).strip().casefold() == str(wanted).strip().casefold()


def among(found: Any, wanted: Any) -> bool:
    several = wanted if isinstance(wanted, list | tuple | set) else [wanted]
    return any(same(found, one) for one in several)


def within(found: Any, wanted: Any) -> bool:
    """Whether a value is one of several choices, or a part of a text."""
    if isinstance(found, list | tuple | set):
        return same(found, wanted)
    return found is not None and str(wanted).casefold() in str(found).casefold()


def number(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def compared(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """An order between two numbers, or between two days written as 2026-11-22."""

    def compare(found: Any, wanted: Any) -> bool:
        left, right = number(found), number(wanted)
        if left is not None and right is not None:
            return test(left, right)
        texts = isinstance(found, str) and isinstance(wanted, str) and left is None and right is None
        return texts and test(found, wanted)

    return compare


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "answered": lambda found, _wanted: found is not None,
    "unanswered": lambda found, _wanted: found is None,
    "is": same,
    "is_not": lambda found, wanted: not same(found, wanted),
    "any_of": among,
    "none_of": lambda found, wanted: not among(found, wanted),
    "contains": within,
    "less": compared(lambda found, wanted: found < wanted),
    "at_most": compared(lambda found, wanted: found <= wanted),
    "more": compared(lambda found, wanted: found > wanted),
    "at_least": compared(lambda found, wanted: found >= wanted),
}
