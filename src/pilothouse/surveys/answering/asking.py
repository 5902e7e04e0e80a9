"""What a page shows: each question with its texts, its order, what was given, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from markupsafe import Markup

from pilothouse.surveys import flow
from pilothouse.surveys.answering.words import Voice
from pilothouse.surveys.definition import Option, Page, Question, Questionnaire, Row, Text
from pilothouse.surveys.questions import TYPES, QuestionType
from pilothouse.surveys.questions.choice import Choosing, chosen_ids
from pilothouse.surveys.questions.columned import input_name
from pilothouse.surveys.questions.posted import tidy
from pilothouse.surveys.questions.price import money
from pilothouse.surveys.questions.upload import File

Given = Mapping[str, list[str]]


def name_of(question: Question) -> str:
    """The name of the form field for a part of a question. No id holds a colon, so two questions never share a name."""
    return f"{question.id}:"


@dataclass(frozen=True)
class Asked:
    """One question as its template asks it. `given` and `errors` are by part: "" for the only box."""

    question: Question
    voice: Voice
    number: int | None
    given: Given = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    pictures: str = ""

    @property
    def type(self) -> QuestionType:
        return TYPES[self.question.type]

    @cached_property
    def settings(self) -> Any:
        return self.type.settings(self.question)

    @property
    def id(self) -> str:
        return f"q-{self.question.id}"

    @property
    def text(self) -> Markup:
        return self.voice(self.question.text)

    @property
    def help(self) -> Markup:
        return self.voice.block(self.question.help)

    @property
    def error(self) -> str:
        return self.errors.get("", "")

    @property
    def described(self) -> str:
        """The ids of the elements that a screen reader reads out together with the question's fields."""
        return " ".join(f"{self.id}-{part}" for part, there in (("help", self.help), ("error", self.errors)) if there)

    def box(self, part: str = "") -> str:
        return input_name(name_of(self.question), part)

    def element(self, *parts: object) -> str:
        """The id of an element that belongs to it."""
        return "-".join([self.id, *(str(part) for part in parts)])

    def value(self, part: str = "") -> str:
        return next(iter(self.given.get(part, ())), "")

    def has(self, value: str, part: str = "") -> bool:
        return value in self.given.get(part, ())

    @cached_property
    def options(self) -> list[Option]:
        return flow.options(self.question, self.voice.state.seed)

    @cached_property
    def rows(self) -> list[Row]:
        return flow.rows(self.question, self.voice.state.seed)

    @cached_property
    def points(self) -> list[Option]:
        return self.type.points(self.question)

    def ranked(self) -> list[Option]:
        """Options by the place they were given, the others behind."""
        places = {option.id: self.value(option.id) for option in self.options}
        return sorted(self.options, key=lambda one: int(places[one.id]) if places[one.id].isdecimal() else 9_999)

    def say(self, text: Text | None) -> Markup:
        return self.voice(text)

    def picture(self, option: Option) -> str:
        return f"{self.pictures}{option.image}"

    def money(self, amount: float) -> str:
        return money(amount, self.settings.currency)


def on_page(
    questionnaire: Questionnaire, page: Page, state: flow.State, *, pictures: str = "",
    posted: QueryDict | None = None, errors: Mapping[str, Mapping[str, str]] | None = None,
) -> list[Asked]:  # fmt: skip
    """The questions of a page for this respondent; `posted` is shown as it was typed, else what is kept."""
    here = flow.arrive(questionnaire, page, state)
    voice, number, found = Voice(questionnaire, here.state), here.before, []
    for question in here.asked:
        answered = TYPES[question.type].answered
        number += answered
        given = typed(posted, question) if posted is not None else kept(question, state.answers.get(question.id))
        wrong = (errors or {}).get(question.id, {})
        found.append(Asked(question, voice, number if answered else None, given, wrong, pictures))
    return found


def typed(posted: QueryDict, question: Question) -> Given:
    name = name_of(question)
    return {key[len(name) :].removeprefix("-"): posted.getlist(key) for key in posted if key.startswith(name)}


def kept(question: Question, answer: Any) -> Given:
    """An answer as its boxes hold it."""
    kind = TYPES[question.type]
    if answer is None:
        return {}
    if isinstance(kind, Choosing):
        other = answer.get("other") if isinstance(answer, Mapping) else None
        return {"": chosen_ids(answer), **({"other": [other]} if other else {})}
    if isinstance(kind, File):
        return {"": [kind.token(question, answer["key"], answer["name"], answer["size"])], "name": [answer["name"]]}
    return {key: [written(cell)] for key, cell in kind.cells(question, answer).items()}


def written(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return str(tidy(cell)) if isinstance(cell, int | float) else str(cell)
