"""What a questionnaire is: pages of questions in several languages, with conditions, jumps, quotas and ends.

It is one JSON document, edited as a draft and frozen as a version when it is published. Parts name each other by short
ids; answers are kept under the ids of questions, rows and options, never under their wording, so that a new wording,
another language or another order leaves earlier answers what they were.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator

FORMAT = "pilothouse.survey/1"
MOST_PAGES, MOST_QUESTIONS, MOST_OPTIONS, MOST_ROWS = 500, 2_000, 500, 500
LONGEST_TEXT = 20_000

Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,40}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[a-z0-9]{2,8})*$")]
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Text(Part):
    """One text in several languages. `basis` remembers, for a translation, a digest of the source text that it was
    made from; when the source changes the translation is out of date."""

    words: dict[Language, str] = {}
    basis: dict[Language, str] = {}

    @model_validator(mode="before")
    @classmethod
    def short_form(cls, given: Any) -> Any:
        """Also taken: {"en": "Why?", "zh-hans": "为什么？"}."""
        if isinstance(given, Mapping) and not {"words", "basis"} & set(given):
            return {"words": dict(given)}
        return given

    @model_validator(mode="after")
    def storable(self) -> Text:
        for text in self.words.values():
            if len(text) > LONGEST_TEXT:
                told = {"limit": f"{LONGEST_TEXT:,}", "given": f"{len(text):,}"}
                raise ValueError(_("At most %(limit)s characters fit here; this has %(given)s.") % told)
            if UNSTORABLE.search(text):
                raise ValueError("a text holds a character that cannot be kept")
        return self

    def __bool__(self) -> bool:
        return any(text.strip() for text in self.words.values())

    def has(self, language: str) -> bool:
        return bool(self.words.get(language, "").strip())

    def get(self, language: str, fallback: str = "") -> str:
        """In this language, else in `fallback`, else in any."""
        if self.has(language):
            return self.words[language]
        return self.words.get(fallback) or next((text for text in self.words.values() if text.strip()), "")

    def outdated(self, language: str, source: str) -> bool:
        """The translation was made from another source text than the present one."""
        made_from = self.basis.get(language)
        return self.has(language) and made_from is not None and made_from != digest(self.words.get(source, ""))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


class Condition(Part):
    """A test of earlier answers: `all`, `any` or `none` of others, or one question, hidden field or the language.

    `part` is a row of the question. `value` is an option's id, a number, a text, or a list of option ids for
    "any_of" and "none_of".
    """

    all: list[Condition] | None = None
    any: list[Condition] | None = None
    none: list[Condition] | None = None
    question: Id | None = None
    hidden: Id | None = None
    language: Language | None = None
    part: str = ""
    op: Literal[
        "answered", "unanswered", "is", "is_not", "any_of", "none_of", "contains", "less", "at_most", "more", "at_least"
    ] = "is"
    value: Any = None

    @model_validator(mode="after")
    def one_form(self) -> Condition:
        forms = [self.all, self.any, self.none, self.question, self.hidden, self.language]
        if sum(form is not None for form in forms) != 1:
            raise ValueError("a condition tests exactly one thing: all, any, none, question, hidden or language")
        return self

    def leaves(self) -> Iterator[Condition]:
        below = self.all if self.all is not None else self.any if self.any is not None else self.none
        if below is None:
            yield self
        for condition in below or ():
            yield from condition.leaves()


class Option(Part):
    """An answer to choose. `exclusive` empties all others, `other` asks for a text, `fixed` keeps its place when the
    options are shuffled; `image` is the key of an uploaded picture."""

    id: Id
    text: Text = Text()
    exclusive: bool = False
    other: bool = False
    fixed: bool = False
    image: str = Field(default="", max_length=200)
    score: float | None = None


class Row(Part):
    """A line of a matrix, or one of the things an instrument asks about. `item` is the number of the requirement (or
    other item of the product) it stands for; `more` holds further wordings, such as Kano's two questions."""

    id: Id
    text: Text = Text()
    item: int | None = None
    reverse: bool = False
    more: dict[Id, Text] = {}


class Question(Part):
    """One question. What its type alone needs stands in `settings`, which the type checks (see `questions`)."""

    id: Id
    type: Id
    code: Annotated[str, Field(pattern=r"^[\w.-]{1,60}$")]
    text: Text = Text()
    help: Text = Text()
    required: bool = False
    show_if: Condition | None = None
    options: list[Option] = Field(default=[], max_length=MOST_OPTIONS)
    rows: list[Row] = Field(default=[], max_length=MOST_ROWS)
    shuffle: bool = False
    settings: dict[str, Any] = {}

    def option(self, id: str) -> Option | None:
        return next((option for option in self.options if option.id == id), None)

    def row(self, id: str) -> Row | None:
        return next((row for row in self.rows if row.id == id), None)


class Jump(Part):
    """Where to go after a page: to a later page's id, or to an end as "end:<id>". The first that holds wins."""

    when: Condition | None = None
    to: Annotated[str, Field(max_length=60)]


class Page(Part):
    id: Id
    title: Text = Text()
    show_if: Condition | None = None
    shuffle: bool = False
    questions: list[Question] = []
    jumps: list[Jump] = []


class End(Part):
    """How an interview ends. `redirect` must lie on a host that the survey allows."""

    id: Id
    kind: Literal["complete", "screened_out", "quota_full"] = "complete"
    title: Text = Text()
    text: Text = Text()
    redirect: str = Field(default="", max_length=2_000)


class Quota(Part):
    """At most `limit` complete answers that meet `when`; whoever comes later goes to `end`."""

    id: Id
    name: str = Field(max_length=200)
    when: Condition
    limit: int = Field(ge=0)
    end: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{0,40}$")] = ""  # none: the one that says "full"


class Hidden(Part):
    """A value that comes with the link (?code=…), is never asked, and may steer conditions."""

    code: Id
    default: str = Field(default="", max_length=500)


class Consent(Part):
    """Asked before the first question. `version` changes whenever the text does."""

    text: Text
    retention_days: int | None = Field(default=None, ge=1, le=36_500)

    @property
    def version(self) -> str:
        return digest(repr(sorted(self.text.words.items())))


class Questionnaire(Part):
    """The whole document. The first language is the source that the others are translated from."""

    format: Literal["pilothouse.survey/1"] = "pilothouse.survey/1"
    languages: list[Language] = Field(default=["en"], min_length=1, max_length=20)
    title: Text = Text()
    intro: Text = Text()
    pages: list[Page] = Field(default=[], max_length=MOST_PAGES)
    ends: list[End] = []
    quotas: list[Quota] = Field(default=[], max_length=100)
    hidden: list[Hidden] = Field(default=[], max_length=50)
    consent: Consent | None = None
    show_progress: bool = True
    allow_back: bool = True

    @model_validator(mode="after")
    def told_apart(self) -> Questionnaire:
        questions = list(self.questions())
        if len(questions) > MOST_QUESTIONS:
            raise ValueError(f"a questionnaire has at most {MOST_QUESTIONS:,} questions")
        for what, names in (
            ("question id", [question.id for question in questions]),
            ("question code", [question.code.casefold() for question in questions]),
            ("page id", [page.id for page in self.pages]),
            ("end id", [end.id for end in self.ends]),
            ("quota id", [quota.id for quota in self.quotas]),
            ("hidden field", [hidden.code for hidden in self.hidden]),
        ):
            refuse_twins(what, names)
        for question in questions:
            refuse_twins(f"option id of {question.code}", [option.id for option in question.options])
            refuse_twins(f"row id of {question.code}", [row.id for row in question.rows])
        return self

    @property
    def source(self) -> str:
        return self.languages[0]

    def questions(self) -> Iterator[Question]:
        for page in self.pages:
            yield from page.questions

    def question(self, id: str) -> Question | None:
        return next((question for question in self.questions() if question.id == id), None)

    def page(self, id: str) -> Page | None:
        return next((page for page in self.pages if page.id == id), None)

    def end(self, id: str) -> End | None:
        return next((end for end in self.ends if end.id == id), None)

    def texts(self) -> Iterator[tuple[str, Text]]:
        """Every text with the path of where it stands, in the order a respondent meets them."""
        yield "title", self.title
        yield "intro", self.intro
        if self.consent:
            yield "consent.text", self.consent.text
        for page in self.pages:
            yield f"pages.{page.id}.title", page.title
            for question in page.questions:
                yield from texts_of(question)
        for end in self.ends:
            yield f"ends.{end.id}.title", end.title
            yield f"ends.{end.id}.text", end.text


def texts_of(question: Question) -> Iterator[tuple[str, Text]]:
    yield f"questions.{question.id}.text", question.text
    yield f"questions.{question.id}.help", question.help
    for row in question.rows:
        yield f"questions.{question.id}.rows.{row.id}.text", row.text
        for name, text in row.more.items():
            yield f"questions.{question.id}.rows.{row.id}.more.{name}", text
    for option in question.options:
        yield f"questions.{question.id}.options.{option.id}.text", option.text


def refuse_twins(what: str, names: list[str]) -> None:
    if twins := sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []:
        raise ValueError(f"{what} used twice: {', '.join(twins[:5])}")
