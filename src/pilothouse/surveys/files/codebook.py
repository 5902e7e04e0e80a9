"""The columns of a survey's answers as files know them: one variable each, named, labelled, with its codes numbered.

Versions of a survey may ask different things: their columns stand together, the newest wording first, so that one file
holds every answer and nothing is told apart that was only reworded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from pilothouse.surveys.definition import Question, Questionnaire
from pilothouse.surveys.questions import TYPES, Column

# A question that was asked in another way keeps its earlier answers in a column of their own.
Place = tuple[str, str, str]
LONGEST_REMEMBERED, MOST_REMEMBERED = 300, 20_000
TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Variable:
    """A column with the question it belongs to. `name` is unique in the file, whatever the case of its letters."""

    column: Column
    question: Question
    name: str

    @property
    def place(self) -> Place:
        return self.column.question, self.column.key, self.column.measure

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The codes as programs of statistics want them: from 1, or what the codes say where all are numbers."""
        codes = list(self.column.codes)
        if (
            codes
            and all(code.isdecimal() and len(code) < 9 for code in codes)
            and len({int(c) for c in codes}) == len(codes)
        ):
            return {code: int(code) for code in codes}
        return {code: number for number, code in enumerate(codes, 1)}

    def label(self, language: str, source: str) -> str:
        return plain(self.column.label.get(language, source)) or self.name

    def labels(self, language: str, source: str) -> dict[str, str]:
        return {code: plain(text.get(language, source)) or code for code, text in self.column.codes.items()}


def plain(text: str) -> str:
    return " ".join(TAG.sub("", text).split())


def variables(questionnaires: Sequence[Questionnaire], taken: Iterable[str] = ()) -> list[Variable]:
    """Every column of these questionnaires, the newest given first; each column once, under a name not `taken` yet."""
    found: dict[Place, Variable] = {}
    for questionnaire in questionnaires:
        for question in questionnaire.questions():
            for column in columns(question):
                variable = Variable(column, question, column.code)
                there = found.get(variable.place)
                found[variable.place] = merged(there, column) if there else variable
    return list(named(found.values(), taken))


def columns(question: Question) -> list[Column]:
    kind = TYPES.get(question.type)
    return kind.columns(question) if kind and kind.answered else []


def merged(variable: Variable, older: Column) -> Variable:
    """Codes that only an older version had stay readable."""
    more = {code: text for code, text in older.codes.items() if code not in variable.column.codes}
    if not more:
        return variable
    return replace(variable, column=replace(variable.column, codes={**variable.column.codes, **more}))


def named(variables: Iterable[Variable], names: Iterable[str]) -> Iterator[Variable]:
    taken = {name.casefold() for name in names}
    for variable in variables:
        name, n = variable.name, 2
        while name.casefold() in taken:
            name, n = f"{variable.name}_{n}", n + 1
        taken.add(name.casefold())
        yield replace(variable, name=name)


class Cells:
    """Reads the answers of one version. A file asks a hundred thousand times: questions are looked up once, and equal
    answers are read once."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        known = [question for question in questionnaire.questions() if question.type in TYPES]
        self.readers = {question.id: TYPES[question.type].reader(question) for question in known}
        self.measures = {
            question.id: {column.key: column.measure for column in columns(question)} for question in known
        }
        self.remembered: dict[tuple[str, str], dict[Place, Any]] = {}

    def read(self, answers: Mapping[str, Any]) -> dict[Place, Any]:
        """What one response says; what its version does not ask is left out."""
        found: dict[Place, Any] = {}
        for id, answer in answers.items():
            if id in self.readers and answer is not None:
                found |= self.one(id, answer)
        return found

    def one(self, id: str, answer: Any) -> dict[Place, Any]:
        text = repr(answer)
        found = self.remembered.get((id, text))
        if found is None:
            measures = self.measures[id]
            cells = self.readers[id](answer)
            found = {(id, key, measures[key]): value for key, value in cells.items() if key in measures}
            if len(text) <= LONGEST_REMEMBERED and len(self.remembered) < MOST_REMEMBERED:
                self.remembered[id, text] = found
        return found
