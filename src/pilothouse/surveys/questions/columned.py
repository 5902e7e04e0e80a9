"""What most types share: each column has an input of its own, called `name-<column key>` (`name` for the only one).

A type then says which columns it has and how its answer is shaped: one value, {key: value}, or
{row: {field: value}} where the keys read "row.field".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal

from django.http import QueryDict

from pilothouse.surveys.definition import Question
from pilothouse.surveys.questions import posted as reading
from pilothouse.surveys.questions.declare import Column, QuestionType, Refused


def input_name(name: str, key: str) -> str:
    return f"{name}-{key}" if key else name


class Columned(QuestionType):
    shape: ClassVar[Literal["one", "flat", "nested"]] = "one"

    def read(self, question: Question, posted: QueryDict, name: str) -> Any:
        given = {
            column.key: as_kept(column, self.cell(question, column, posted.get(input_name(name, column.key))))
            for column in self.columns(question)
        }
        answer = self.packed(question, given)
        return None if answer is None else self.checked(question, self.coherent(question, answer))

    def answer(self, question: Question, cells: Mapping[str, Any]) -> Any:
        return self.answerer(question)(cells)

    def answerer(self, question: Question) -> Callable[[Mapping[str, Any]], Any]:
        columns = self.columns(question)

        def answer(cells: Mapping[str, Any]) -> Any:
            given = {one.key: as_kept(one, self.cell(question, one, cells.get(one.key))) for one in columns}
            packed = self.packed(question, given)
            return None if packed is None else self.coherent(question, packed)

        return answer

    def cells(self, question: Question, answer: Any) -> dict[str, Any]:
        return self.reader(question)(answer)

    def reader(self, question: Question) -> Callable[[Any], dict[str, Any]]:
        columns = self.columns(question)

        def read(answer: Any) -> dict[str, Any]:
            spread = self.spread(answer)
            found = {column.key: cell_of(column, spread.get(column.key)) for column in columns}
            return {key: cell for key, cell in found.items() if cell is not None}

        return read

    def cell(self, question: Question, column: Column, raw: Any) -> Any:
        """What one input or one cell of a file gives."""
        return reading.cell(column, raw)

    def coherent(self, question: Question, answer: Any) -> Any:
        """What must hold wherever the answer comes from. Raises Refused."""
        return answer

    def checked(self, question: Question, answer: Any) -> Any:
        """What is asked of a respondent only: bounds and counts. Raises Refused."""
        return answer

    def packed(self, question: Question, given: Mapping[str, Any]) -> Any:
        kept = {key: cell for key, cell in given.items() if cell is not None}
        if self.shape == "one":
            return kept.get("")
        return (kept if self.shape == "flat" else nested(kept)) or None

    def spread(self, answer: Any) -> dict[str, Any]:
        """The answer by column key, whatever an old or foreign answer may look like."""
        if self.shape == "one":
            return {"": answer}
        if not isinstance(answer, Mapping):
            return {}
        if self.shape == "flat":
            return dict(answer)
        rows = {row: fields for row, fields in answer.items() if isinstance(fields, Mapping)}
        return {f"{row}.{name}": value for row, fields in rows.items() for name, value in fields.items()}


def nested(kept: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    answer: dict[str, dict[str, Any]] = {}
    for key, value in kept.items():
        row, _dot, name = key.partition(".")
        answer.setdefault(row, {})[name] = value
    return answer


def as_kept(column: Column, cell: Any) -> Any:
    """A point of a scale is kept as a whole number, other cells as they are."""
    if cell is None:
        return None
    if column.measure == "ordinal":
        return int(cell)
    return reading.tidy(cell) if column.measure == "number" else cell


def cell_of(column: Column, kept: Any) -> Any:
    """The cell of what is kept; None for what this column does not know (another version's option, say)."""
    try:
        return None if kept is None or isinstance(kept, list | dict) else reading.cell(column, kept, 1_000_000)
    except Refused:
        return None
