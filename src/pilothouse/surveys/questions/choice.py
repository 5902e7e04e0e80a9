"""Choosing from a list: one answer, several, or pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from pilothouse.surveys.definition import Option, Question
from pilothouse.surveys.questions import posted as reading
from pilothouse.surveys.questions.declare import Column, QuestionType, Refused, Settings
from pilothouse.surveys.questions.wording import both, options

OTHER, OTHER_TEXT = "other", "other.text"  # the box beside "other", and its column
LONGEST_OTHER = 1_000


class SingleSettings(Settings):
    """`instrument` names the ready-made question this is (product-market fit, say); `columns` lays it out."""

    instrument: str = ""
    dropdown: bool = False


class MultipleSettings(Settings):
    minimum: int | None = Field(None, ge=0, le=500)
    maximum: int | None = Field(None, ge=1, le=500)


class PictureSettings(MultipleSettings):
    many: bool = False


class Choosing(QuestionType):
    """Options, of which one may ask for words of the respondent's own."""

    group = "choice"
    parts = frozenset(("options",))
    least_options = 2

    def new(self, question: Question) -> Question:
        first = options(("First answer", "第一个选项"), ("Second answer", "第二个选项"))
        return question.model_copy(update={"options": first})

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        if sum(option.other for option in question.options) > 1:
            yield gettext("Only one answer can ask for other words.")
        least, most = getattr(settings, "minimum", None), getattr(settings, "maximum", None)
        if least is not None and least > (most or len(question.options)):
            yield gettext("More answers are asked for than can be chosen.")

    def many(self, question: Question) -> bool:
        raise NotImplementedError

    def read(self, question: Question, posted: QueryDict, name: str) -> Any:
        ids = reading.declared(posted.getlist(name), by_id(question))
        other = reading.words(posted.get(f"{name}-{OTHER}"), LONGEST_OTHER, OTHER)
        if other and not ids:
            ids = [option.id for option in question.options if option.other][:1]
        answer = self.packed(question, ids, other)
        return self.counted(question, answer) if self.many(question) and answer else answer

    def packed(self, question: Question, ids: list[str], other: str | None) -> Any:
        """Raises Refused for what contradicts itself: two answers to one, or "none of these" and another."""
        if not ids:
            return None
        if len(ids) > 1 and not self.many(question):
            raise Refused(gettext("Choose one answer only."))
        chosen = [option for option in question.options if option.id in ids]
        if len(ids) > 1 and (alone := next((option for option in chosen if option.exclusive), None)):
            raise Refused(
                gettext("“%(answer)s” cannot be chosen together with others.") % {"answer": alone.text.get("")}
            )
        answer: dict[str, Any] = {"ids": [option.id for option in chosen]} if self.many(question) else {"id": ids[0]}
        return {**answer, "other": other} if other and any(option.other for option in chosen) else answer

    def counted(self, question: Question, answer: dict[str, Any]) -> dict[str, Any]:
        settings, n = self.settings(question), len(answer["ids"])
        if any(option.exclusive and option.id in answer["ids"] for option in question.options):
            return answer
        if settings.minimum is not None and n < settings.minimum:
            text = ngettext("Choose at least %(n)s answer.", "Choose at least %(n)s answers.", settings.minimum)
            raise Refused(text % {"n": settings.minimum})
        if settings.maximum is not None and n > settings.maximum:
            text = ngettext("Choose at most %(n)s answer.", "Choose at most %(n)s answers.", settings.maximum)
            raise Refused(text % {"n": settings.maximum})
        return answer

    def columns(self, question: Question) -> list[Column]:
        if self.many(question):
            found = [
                Column(
                    question=question.id, key=option.id, code=f"{question.code}_{option.id}",
                    label=option.text, measure="flag",
                )
                for option in question.options
            ]  # fmt: skip
        else:
            codes = {option.id: option.text for option in question.options}
            found = [
                Column(question=question.id, code=question.code, label=question.text, measure="nominal", codes=codes)
            ]
        if not any(option.other for option in question.options):
            return found
        label = next(option.text for option in question.options if option.other)
        words = Column(
            question=question.id, key=OTHER_TEXT, code=f"{question.code}_other_text", label=label, measure="text"
        )
        return [*found, words]

    def cells(self, question: Question, answer: Any) -> dict[str, Any]:
        return self.reader(question)(answer)

    def reader(self, question: Question) -> Callable[[Any], dict[str, Any]]:
        many, known, asks_words = self.many(question), by_id(question), any(o.other for o in question.options)

        def read(answer: Any) -> dict[str, Any]:
            ids = chosen_ids(answer)
            found: dict[str, Any] = {}
            if many and ids:
                found = {id: id in ids for id in known}
            elif ids and ids[0] in known:
                found = {"": ids[0]}
            if asks_words and isinstance(answer, Mapping) and isinstance(other := answer.get("other"), str):
                found[OTHER_TEXT] = other
            return found

        return read

    def answer(self, question: Question, cells: Mapping[str, Any]) -> Any:
        known = by_id(question)
        if self.many(question):
            ids = [id for id in known if reading.flag(cells.get(id), id)]
        else:
            ids = [id for id in [reading.code(cells.get(""), known)] if id]
        other = reading.words(cells.get(OTHER_TEXT), LONGEST_OTHER, OTHER)
        if other and not ids:
            ids = [option.id for option in question.options if option.other][:1]
        return self.packed(question, ids, other)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        other, known = (answer.get("other") if isinstance(answer, Mapping) else None), by_id(question)
        texts = [
            str(other) if other and known[id].other else known[id].text.get(language)
            for id in chosen_ids(answer)
            if id in known
        ]
        return ("、" if language.startswith("zh") else ", ").join(texts)

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        if part:
            return self.cells(question, answer).get(part)
        ids = chosen_ids(answer)
        return ids if self.many(question) else next(iter(ids), None)


def by_id(question: Question) -> dict[str, Option]:
    return {option.id: option for option in question.options}


def chosen_ids(answer: Any) -> list[str]:
    if not isinstance(answer, Mapping):
        return []
    ids = answer.get("ids", [answer["id"]] if "id" in answer else [])
    return [id for id in ids if isinstance(id, str)] if isinstance(ids, list) else []


class Single(Choosing):
    slug, icon, name = "single", "circle-dot", _("Single choice")
    asks = _("One answer out of a list, where the answers exclude each other.")
    Settings = SingleSettings

    def many(self, question: Question) -> bool:
        return False


class Multiple(Choosing):
    slug, icon, name = "multiple", "square-check-big", _("Multiple choice")
    asks = _("Every answer that applies; “none of these” can stand alone.")
    Settings = MultipleSettings

    def many(self, question: Question) -> bool:
        return True


class Picture(Choosing):
    slug, icon, name = "picture", "image", _("Picture choice")
    asks = _(
        "Choosing between pictures, such as two drafts of a screen. Each picture needs words for who cannot see it."
    )
    Settings = PictureSettings

    def new(self, question: Question) -> Question:
        first = options(("Picture A", "图 A"), ("Picture B", "图 B"))
        return question.model_copy(update={"options": first, "text": both("Which do you prefer?", "你更喜欢哪一张？")})

    def many(self, question: Question) -> bool:
        return self.settings(question).many

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        yield from super().misses(question, settings)
        if any(not option.image for option in question.options):
            yield gettext("An answer has no picture yet.")
        if any(not option.text for option in question.options):
            yield gettext("A picture needs words for people who cannot see it.")
