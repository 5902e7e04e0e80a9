"""What a type of question is: how its answer is read, which columns it fills, and what it still lacks.

A type states only what makes it itself. Its answer is one JSON value, kept under the question's id; its columns are
what exports, imports and every analysis see, so that these know nothing of types.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pydantic import BaseModel, ConfigDict, ValidationError

from pilothouse.surveys.definition import Option, Question, Text

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
    # Which lists the builder offers: "options", "rows", or "labels" (a text for each of `points`, ids fixed).
    parts: ClassVar[frozenset[str]] = frozenset()
    least_options: ClassVar[int] = 0
    least_rows: ClassVar[int] = 0
    more: ClassVar[Mapping[str, Any]] = {}  # further wordings of each row, by id: Kano's two questions
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

    def fitted(self, question: Question) -> Question:
        """After an edit: what follows from the rest (a design, the wording of a new row) is made again."""
        return question

    def points(self, question: Question) -> list[Option]:
        """The points of a scale, lowest first, with the labels that they have."""
        return []

    def lacks(self, question: Question) -> list[Any]:
        """What keeps it from being asked, each a sentence."""
        try:
            settings = self.settings(question)
        except ValidationError as error:
            return [_("A setting cannot be used: %(name)s.") % {"name": name} for name in misset(error)]
        return [*self.unwritten(question), *self.misses(question, settings)]

    def unwritten(self, question: Question) -> Iterable[Any]:
        if not question.text:
            yield _("The question has no wording yet.")
        if len(question.options) < (n := self.least_options):
            yield ngettext("It needs at least %(n)s answer.", "It needs at least %(n)s answers.", n) % {"n": n}
        if len(question.rows) < (n := self.least_rows):
            yield ngettext("It needs at least %(n)s row.", "It needs at least %(n)s rows.", n) % {"n": n}
        if "options" in self.parts and any(not option.text and not option.image for option in question.options):
            yield _("An answer has no wording yet.")
        if "rows" in self.parts and any(not row.text for row in question.rows):
            yield _("A row has no wording yet.")

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        """What this type alone asks for."""
        return ()

    def wanted(self, question: Question) -> int:
        """How many answers a person is asked for: one for each row where rows are asked one by one."""
        return int(self.answered)

    def read(self, question: Question, posted: QueryDict, name: str) -> Any:
        """The answer in what a browser posted, None where nothing was given. Raises Refused."""
        raise NotImplementedError

    def columns(self, question: Question) -> list[Column]:
        raise NotImplementedError

    def cells(self, question: Question, answer: Any) -> dict[str, Any]:
        """The answer by column key; only keys that have a value."""
        raise NotImplementedError

    def reader(self, question: Question) -> Callable[[Any], dict[str, Any]]:
        """`cells` for many answers of one question: what follows from the question is worked out once."""
        return lambda answer: self.cells(question, answer)

    def answer(self, question: Question, cells: Mapping[str, Any]) -> Any:
        """The inverse of `cells`, for imports and the API; None where all is missing. Raises Refused."""
        raise NotImplementedError

    def answerer(self, question: Question) -> Callable[[Mapping[str, Any]], Any]:
        """`answer`, made ready once for many rows."""
        return lambda cells: self.answer(question, cells)

    def complete(self, question: Question, answer: Any) -> bool:
        """Whether a required question counts as answered."""
        return answer is not None

    def shown(self, question: Question, answer: Any, language: str) -> str:
        """The answer as a person would say it, for piping and for reading one response."""
        raise NotImplementedError

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        """What a condition compares: an option id, a list of ids, a number or a text."""
        return self.cells(question, answer).get(part)


def misset(error: ValidationError) -> list[str]:
    """The names of settings that are wrong."""
    return sorted({".".join(map(str, problem["loc"])) or "settings" for problem in error.errors()})
