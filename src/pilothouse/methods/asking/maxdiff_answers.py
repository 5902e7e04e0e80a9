"""Best-worst answers as tasks: which items were shown to whom, which was best and which worst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilothouse.methods.shared.checks import is_missing, sequence
from pilothouse.methods.shared.items import columns, hashable
from pilothouse.methods.shared.method import MethodError


@dataclass(frozen=True)
class Task:
    respondent: Any
    items: tuple[Any, ...]
    best: Any
    worst: Any


@dataclass(frozen=True)
class Answers:
    items: tuple[Any, ...]
    tasks: tuple[Task, ...]
    respondents: tuple[Any, ...]
    incomplete: int


def read(answers: Any, sets: Any, items: Sequence[Any] | None) -> Answers:
    """Codes: no_sets, unknown_question, unknown_item, not_in_set, same_item, no_answers."""
    found = columns(answers, ("best", "worst"), ("respondent", "question", "set"), nested=("set",), field="answers")
    shown = _shown(found, _by_question(sets))
    respondents = found.get("respondent") or [None] * len(shown)
    tasks = [
        _task(row, *cells)
        for row, cells in enumerate(zip(respondents, shown, found["best"], found["worst"], strict=True))
        if not (is_missing(cells[2]) or is_missing(cells[3]))
    ]
    if not tasks:
        raise MethodError("no_answers", field="best")
    everything = _known([task.items for task in tasks], sets, items)
    for row, task in enumerate(tasks):
        if any(item not in everything for item in task.items):
            raise MethodError("unknown_item", field="items", row=row)
    people = tuple(dict.fromkeys(task.respondent for task in tasks))
    return Answers(tuple(everything), tuple(tasks), people, len(shown) - len(tasks))


def _known(shown: list[tuple[Any, ...]], sets: Any, items: Sequence[Any] | None) -> dict[Any, None]:
    """Every item there is, in order."""
    if items is not None:
        return dict.fromkeys(hashable(sequence(items, field="items", least_count=2), "items"))
    return dict.fromkeys(item for one in (*_by_question(sets).values(), *shown) for item in one)


def _by_question(sets: Any) -> dict[Any, tuple[Any, ...]]:
    if sets is None:
        return {}
    pairs = sets.items() if isinstance(sets, Mapping) else enumerate(sequence(sets, field="sets"), start=1)
    return {question: _distinct(one, question) for question, one in pairs}


def _distinct(items: Any, row: Any) -> tuple[Any, ...]:
    result = tuple(hashable(sequence(items, field="sets", least_count=2), "sets"))
    if len(set(result)) < len(result):
        raise MethodError("same_item", field="sets", row=row)
    return result


def _shown(found: Mapping[str, list[Any]], by_question: Mapping[Any, tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    if "set" in found:
        return [_distinct(one, row) for row, one in enumerate(found["set"])]
    if not by_question or "question" not in found:
        raise MethodError("no_sets", field="sets")
    for row, question in enumerate(found["question"]):
        if question not in by_question:
            raise MethodError("unknown_question", field="question", row=row, value=question)
    return [by_question[question] for question in found["question"]]


def _task(row: int, respondent: Any, items: tuple[Any, ...], best: Any, worst: Any) -> Task:
    for field, value in (("best", best), ("worst", worst)):
        if value not in items:
            raise MethodError("not_in_set", field=field, row=row, value=value)
    if best == worst:
        raise MethodError("same_item", field="worst", row=row, value=worst)
    return Task(respondent, items, best, worst)
