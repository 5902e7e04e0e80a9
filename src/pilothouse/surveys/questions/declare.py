"""What a type of question is: how its answer is read, which columns it fills, and what it still lacks.

A type states only what makes it itself. Its answer is one JSON value, kept under the question's id; its columns are
what exports, imports and every analysis see, so that these know nothing of types.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from django.http import QueryDict
from pydantic import BaseModel, ConfigDict

from pilothouse.surveys.definition import Question, Text

Measure = Literal["nominal", "ordinal", "number", "text", "flag", "date", "file"]


class Refused(Exception):
    """An answer that cannot be kept. `part` is the row or box it stands in; the message is in the reader's language."""

    def __init__(self, message: Any, part: str = "") -> None:
        self.part = part
        super().__init__(str(message))


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of answers. `key` is unique within the question ("" for the only one), `code` the name in files.

    A nominal or ordinal cell is one of `codes` (its order is the scale's); a flag is True or False; a number a float;
    a date an ISO day. A missing cell is None. `item` is the number of the product's item that the column is about.
    """

    question: str
    key: str = ""
    code: str
    label: Text
    measure: Measure
    codes: Mapping[str, Text] = field(default_factory=dict)
    item: int | None = None


class Settings(BaseModel):
    """A type's own settings; a misspelt name is an error."""

    model_config = ConfigDict(extra="forbid")


class QuestionType:
    """Subclassed once a type. Reading never trusts what was posted: only ids that the question declares are kept."""

    slug: ClassVar[str]
    name: ClassVar[Any]
    icon: ClassVar[str]
    group: ClassVar[Literal["choice", "words", "scale", "order", "instrument", "layout"]]
    asks: ClassVar[Any] = ""  # when to use it, one sentence for the builder
    parts: ClassVar[frozenset[str]] = frozenset()  # which lists the builder offers: "options", "rows"
    Settings: ClassVar[type[Settings]] = Settings
    answered: ClassVar[bool] = True  # false: a statement, nothing to answer

    @property
    def template(self) -> str:
        """The fragment that asks it: names its inputs by `name` and `name-<part>`, works without JavaScript."""
        return f"surveys/questions/{self.slug}.html"

    def settings(self, question: Question) -> Any:
        return self.Settings.model_validate(question.settings)

    def new(self, question: Question) -> Question:
        """A question just added in the builder, with whatever makes it answerable at once."""
        return question

    def lacks(self, question: Question) -> list[Any]:
        """What keeps it from being asked, each a sentence."""
        return []

    def read(self, question: Question, posted: QueryDict, name: str) -> Any:
        """The answer in what a browser posted, None where nothing was given. Raises Refused."""
        raise NotImplementedError

    def columns(self, question: Question) -> list[Column]:
        raise NotImplementedError

    def cells(self, question: Question, answer: Any) -> dict[str, Any]:
        """The answer by column key; only keys that have a value."""
        raise NotImplementedError

    def answer(self, question: Question, cells: Mapping[str, Any]) -> Any:
        """The inverse of `cells`, for imports and the API; None where all is missing. Raises Refused."""
        raise NotImplementedError

    def complete(self, question: Question, answer: Any) -> bool:
        """Whether a required question counts as answered."""
        return answer is not None

    def shown(self, question: Question, answer: Any, language: str) -> str:
        """The answer as a person would say it, for piping and for reading one response."""
        raise NotImplementedError

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        """What a condition compares: an option id, a list of ids, a number or a text."""
        return self.cells(question, answer).get(part)
