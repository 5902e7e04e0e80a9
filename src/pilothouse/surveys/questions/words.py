"""Answers in people's own words: text, numbers, dates, files; and what asks for none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from pilothouse.surveys.definition import Question
from pilothouse.surveys.questions import posted as reading
from pilothouse.surveys.questions.columned import Columned
from pilothouse.surveys.questions.declare import Column, Refused, Settings
from pilothouse.surveys.questions.wording import both

LONGEST = 20_000


class TextSettings(Settings):
    """`kind` of text: an e-mail address and a web address are checked."""

    longest: int = Field(1_000, ge=1, le=LONGEST)
    kind: Literal["any", "email", "link"] = "any"


class LongSettings(Settings):
    longest: int = Field(LONGEST, ge=1, le=LONGEST)


class NumberSettings(Settings):
    minimum: float | None = None
    maximum: float | None = None
    whole: bool = False
    unit: str = Field("", max_length=40)

    @model_validator(mode="after")
    def ordered(self) -> NumberSettings:
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValueError("minimum is above maximum")
        return self


class DateSettings(Settings):
    minimum: date | None = None
    maximum: date | None = None


class One(Columned):
    """One column under the question's own code."""

    group: ClassVar[Any] = "words"
    measure: ClassVar[Any] = "text"

    def columns(self, question: Question) -> list[Column]:
        return [Column(question=question.id, code=question.code, label=question.text, measure=self.measure)]

    def shown(self, question: Question, answer: Any, language: str) -> str:
        return "" if answer is None else str(answer)


class ShortText(One):
    slug, icon, name = "text", "text-cursor-input", _("Short text")
    asks = _("A name, a place, a word: what fits on one line.")
    Settings: ClassVar[Any] = TextSettings

    def cell(self, question: Question, column: Column, raw: Any) -> Any:
        return reading.words(raw, self.settings(question).longest)

    def coherent(self, question: Question, answer: Any) -> Any:
        return answer

    def checked(self, question: Question, answer: Any) -> Any:
        kind = getattr(self.settings(question), "kind", "any")
        try:
            if kind == "email":
                validate_email(answer)
            elif kind == "link":
                URLValidator(schemes=("http", "https"))(answer)
        except ValidationError:
            email = gettext("This does not look like an e-mail address.")
            raise Refused(email if kind == "email" else gettext("A link starts with http:// or https://.")) from None
        return answer


class LongText(ShortText):
    slug, icon, name = "long", "text-initial", _("Long text")
    asks = _("Open answers in people's own words; they can be coded with the same codes as interviews.")
    Settings = LongSettings


class Number(One):
    slug, icon, name = "number", "hash", _("Number")
    asks = _("A count, an amount, an age.")
    measure = "number"
    Settings = NumberSettings

    def checked(self, question: Question, answer: Any) -> Any:
        settings = self.settings(question)
        if settings.whole and not float(answer).is_integer():
            raise Refused(gettext("A whole number is needed here."))
        return reading.bounded(answer, settings.minimum, settings.maximum)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        if not isinstance(answer, int | float):
            return ""
        return f"{answer:,.10g} {question.settings.get('unit') or ''}".strip()


class Date(One):
    slug, icon, name = "date", "calendar", _("Date")
    asks = _("A day in the calendar.")
    measure = "date"
    Settings = DateSettings

    def checked(self, question: Question, answer: Any) -> Any:
        settings = self.settings(question)
        if settings.minimum and answer < settings.minimum.isoformat():
            raise Refused(gettext("The earliest date is %(day)s.") % {"day": settings.minimum.isoformat()})
        if settings.maximum and answer > settings.maximum.isoformat():
            raise Refused(gettext("The latest date is %(day)s.") % {"day": settings.maximum.isoformat()})
        return answer


class Consent(One):
    """Agreed or not answered: there is no "no" to keep."""

    slug, icon, name, group = "consent", "shield-check", _("Consent"), "layout"
    asks = _("A box to tick before going on, such as permission to be called back.")
    measure = "flag"

    def new(self, question: Question) -> Question:
        text = both("I agree to be contacted about my answers.", "我同意你们就我的回答与我联系。")
        return question.model_copy(update={"text": text})

    def packed(self, question: Question, given: Mapping[str, Any]) -> Any:
        return True if given.get("") else None

    def shown(self, question: Question, answer: Any, language: str) -> str:
        return ("同意" if language.startswith("zh") else "Agreed") if answer is True else ""


class Statement(One):
    slug, icon, name, group = "statement", "info", _("Text only"), "layout"
    asks = _("Words or a picture between questions; nothing to answer.")
    answered = False

    def columns(self, question: Question) -> list[Column]:
        return []

    def complete(self, question: Question, answer: Any) -> bool:
        return True

    def packed(self, question: Question, given: Mapping[str, Any]) -> Any:
        return None

    def unwritten(self, question: Question) -> Iterable[Any]:
        if not question.text and not question.help:
            yield gettext("The text is still empty.")
