"""Scales: one point, or one point for each of several rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field, model_validator

from pilothouse.surveys.definition import Option, Question, Text
from pilothouse.surveys.questions.columned import Columned
from pilothouse.surveys.questions.declare import Column, Settings
from pilothouse.surveys.questions.wording import AGREEMENT, both, labels, rows, same


class Scale(Settings):
    """`low` and `high` end the scale. `instrument` names the ready-made question this is (CSAT, SUS, ...)."""

    low: int = Field(1, ge=-10, le=1)
    high: int = Field(5, ge=1, le=20)
    instrument: str = ""

    @model_validator(mode="after")
    def has_points(self) -> Scale:
        if self.high - self.low < 1:
            raise ValueError("a scale has at least two points")
        return self


class Stars(Scale):
    high: int = Field(5, ge=2, le=10)
    icon: str = Field("star", pattern="^(star|heart|thumbs-up)$")


class Wide(Scale):
    high: int = Field(7, ge=1, le=20)


class Matrix(Scale):
    pass


class Recommend(Settings):
    """Nothing to set: the score is defined for 0 to 10 only."""

    low: int = Field(0, ge=0, le=0)
    high: int = Field(10, ge=10, le=10)


class Pointed(Columned):
    """Points between two numbers, of which some or all have a label (an option whose id is the point)."""

    group = "scale"
    parts = frozenset(("labels",))

    def points(self, question: Question) -> list[Option]:
        settings, given = self.settings(question), {option.id: option for option in question.options}
        ids = [str(point) for point in range(settings.low, settings.high + 1)]
        return [given.get(id) or Option(id=id) for id in ids]

    def codes(self, question: Question) -> dict[str, Text]:
        return {point.id: point.text or same(point.id) for point in self.points(question)}

    def fitted(self, question: Question) -> Question:
        """Labels of points that the scale no longer has are dropped."""
        ids = {point.id for point in self.points(question)}
        return question.model_copy(update={"options": [one for one in question.options if one.id in ids]})

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        """A point as the number it is, so that "at least 4" can be asked."""
        code = self.cells(question, answer).get(part)
        return None if code is None else int(code)


class OnePoint(Pointed):
    def columns(self, question: Question) -> list[Column]:
        codes = self.codes(question)
        return [Column(question=question.id, code=question.code, label=question.text, measure="ordinal", codes=codes)]

    def shown(self, question: Question, answer: Any, language: str) -> str:
        label = self.codes(question).get(str(answer))
        text = label.get(language) if label else ""
        return text if text == str(answer) or not text else f"{answer} {text}"


class Rating(OnePoint):
    slug, icon, name = "rating", "star", _("Rating")
    asks = _("Stars: quick, but people differ in how freely they give them.")
    Settings = Stars

    def new(self, question: Question) -> Question:
        text = both("How would you rate it overall?", "你给它的整体评价是几颗星？")
        ends = labels(1, 5, ("Poor", "很差"), ("Excellent", "很好"))
        return question.model_copy(update={"text": text, "options": ends})


class Nps(OnePoint):
    slug, icon, name = "nps", "gauge", _("NPS (0 to 10)")
    asks = _("Would people recommend it? Compare over time, not with other companies; below 100 answers it wavers.")
    Settings = Recommend

    def new(self, question: Question) -> Question:
        text = both(
            "How likely are you to recommend us to a friend or colleague?", "你有多大可能把我们推荐给朋友或同事？"
        )
        ends = labels(0, 10, ("Not at all likely", "完全不可能"), ("Extremely likely", "非常可能"))
        return question.model_copy(update={"text": text, "options": ends})


class Likert(OnePoint):
    slug, icon, name = "scale", "sliders-horizontal", _("Scale")
    asks = _("One statement with a labelled scale from one end to the other.")
    Settings = Scale

    def new(self, question: Question) -> Question:
        text = both("It does what I need.", "它能满足我的需要。")
        return question.model_copy(update={"text": text, "options": labels(1, 5, *AGREEMENT)})


class ByRow(Pointed):
    """One point for each row; a row may stand for an item of the product."""

    shape = "flat"
    parts = frozenset(("labels", "rows"))
    least_rows = 1

    def wanted(self, question: Question) -> int:
        return len(self.columns(question))

    def columns(self, question: Question) -> list[Column]:
        codes = self.codes(question)
        return [
            Column(
                question=question.id, key=row.id, code=f"{question.code}_{row.id}", label=self.label(row),
                measure="ordinal", codes=codes, item=row.item,
            )
            for row in question.rows
        ]  # fmt: skip

    def label(self, row: Any) -> Text:
        text: Text = row.text
        return text

    def complete(self, question: Question, answer: Any) -> bool:
        return len(self.cells(question, answer)) == len(question.rows)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells, codes = self.cells(question, answer), self.codes(question)
        said = [(self.label(row), codes[cells[row.id]]) for row in question.rows if row.id in cells]
        return in_lines([(label.get(language), point.get(language)) for label, point in said], language)


def in_lines(pairs: Sequence[tuple[str, str]], language: str) -> str:
    """One line for each part of an answer; what ends as a question needs no colon."""
    colon, space = ("：", "") if language.startswith("zh") else (": ", " ")
    return "\n".join(f"{left}{space if left.endswith(('?', '？')) else colon}{right}" for left, right in pairs)


class MatrixOfPoints(ByRow):
    slug, icon, name = "matrix", "grid-3x3", _("Matrix")
    asks = _("Several statements on one scale. Keep it under ten rows: people stop reading.")
    Settings = Matrix

    def new(self, question: Question) -> Question:
        text = both("How far do you agree?", "你在多大程度上同意以下说法？")
        first = rows(("It is easy to use.", "它很好用。"), ("It does what I need.", "它能满足我的需要。"))
        return question.model_copy(update={"text": text, "rows": first, "options": labels(1, 5, *AGREEMENT)})


class Differential(ByRow):
    slug, icon, name = "differential", "arrow-left-right", _("Semantic differential")
    asks = _("Pairs of opposites, such as slow and fast: how something feels.")
    Settings = Wide
    more = {"right": _("Right-hand word")}

    def new(self, question: Question) -> Question:
        pairs = ((("Slow", "慢"), ("Fast", "快")), (("Confusing", "难懂"), ("Clear", "清楚")))
        lines = [
            row.model_copy(update={"more": {"right": both(*right)}})
            for row, (_left, right) in zip(rows(*(left for left, _right in pairs)), pairs, strict=True)
        ]
        text = both("How does it feel to you?", "它给你的感觉是？")
        return question.model_copy(update={"text": text, "rows": lines, "settings": {"low": 1, "high": 7}})

    def label(self, row: Any) -> Text:
        right = row.more.get("right", Text())
        languages = dict.fromkeys([*row.text.words, *right.words])
        return Text(words={tag: f"{row.text.get(tag)} – {right.get(tag)}" for tag in languages})

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        if any(not row.more.get("right") for row in question.rows):
            yield gettext("A pair lacks its right-hand word.")
