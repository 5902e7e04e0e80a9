"""Kano and importance-satisfaction: two points for each requirement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilothouse.surveys.definition import Option, Question, Row, Text
from pilothouse.surveys.questions.columned import Columned
from pilothouse.surveys.questions.declare import Column, Settings
from pilothouse.surveys.questions.scale import in_lines
from pilothouse.surveys.questions.wording import IMPORTANCE, SATISFACTION, both, labels, rows, same

FUNCTIONAL, DYSFUNCTIONAL, WEIGHT = "f", "d", "importance"
ANSWERS = (
    ("I would like it", "很喜欢"),
    ("I expect it", "理应如此"),
    ("I do not care", "无所谓"),
    ("I can live with it", "勉强接受"),
    ("I would dislike it", "很不喜欢"),
)
WEIGHTS = [str(point) for point in range(1, 10)]


class KanoSettings(Settings):
    """`importance` also asks how much each matters, 1 to 9."""

    importance: bool = False


class Paired(Columned):
    """Several fields for each row, under "row.field". `fields` maps each to its points."""

    group = "instrument"
    shape = "nested"
    parts = frozenset(("rows",))
    least_rows = 1
    needed: ClassVar[tuple[str, ...]]

    def fields(self, question: Question) -> dict[str, dict[str, Text]]:
        raise NotImplementedError

    def field_label(self, row: Row, field: str) -> Text:
        return row.text

    def wanted(self, question: Question) -> int:
        return len(self.columns(question))

    def columns(self, question: Question) -> list[Column]:
        fields = self.fields(question)
        return [
            Column(
                question=question.id, key=f"{row.id}.{field}", code=f"{question.code}_{row.id}_{field}",
                label=self.field_label(row, field), measure="ordinal", codes=codes, item=row.item,
            )
            for row in question.rows
            for field, codes in fields.items()
        ]  # fmt: skip

    def complete(self, question: Question, answer: Any) -> bool:
        cells = self.cells(question, answer)
        return all(f"{row.id}.{field}" in cells for row in question.rows for field in self.needed)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells, columns = self.cells(question, answer), self.columns(question)
        said = [
            (one.label.get(language), one.codes[cells[one.key]].get(language)) for one in columns if one.key in cells
        ]
        return in_lines(said, language)

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        code = self.cells(question, answer).get(part)
        return None if code is None else int(code)


class Kano(Paired):
    """Rows are features; `more` holds the two questions about each. The five options are the five answers."""

    slug, icon, name = "kano", "smile", _("Kano")
    asks = _("Which features people take for granted, which satisfy, which delight. At least 20 people of one segment.")
    parts = frozenset(("rows", "labels"))
    more = {FUNCTIONAL: _("If it is there"), DYSFUNCTIONAL: _("If it is missing")}
    Settings = KanoSettings
    needed = (FUNCTIONAL, DYSFUNCTIONAL)

    def points(self, question: Question) -> list[Option]:
        given = {option.id: option for option in question.options}
        return [given.get(default.id) or default for default in labels(1, 5, *ANSWERS)]

    def fields(self, question: Question) -> dict[str, dict[str, Text]]:
        codes = {point.id: point.text for point in self.points(question)}
        asked = {FUNCTIONAL: codes, DYSFUNCTIONAL: codes}
        return {**asked, WEIGHT: {id: same(id) for id in WEIGHTS}} if self.settings(question).importance else asked

    def field_label(self, row: Row, field: str) -> Text:
        return row.more.get(field) or row.text

    def new(self, question: Question) -> Question:
        text = both("How would you feel about each of these?", "对于下面每一项，你会有什么感受？")
        first = rows(("Tickets open without a signal", "没有信号也能打开车票"))
        made = question.model_copy(update={"text": text, "rows": first, "options": labels(1, 5, *ANSWERS)})
        return self.fitted(made)

    def fitted(self, question: Question) -> Question:
        """A row without its two questions gets them from its name."""
        lines = [row.model_copy(update={"more": {**worded(row), **written(row)}}) for row in question.rows]
        return question.model_copy(update={"rows": lines})

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        if any(not row.more.get(field) for row in question.rows for field in self.needed):
            yield gettext("A feature lacks one of its two questions.")


def written(row: Row) -> dict[str, Text]:
    return {name: text for name, text in row.more.items() if text}


def worded(row: Row) -> dict[str, Text]:
    """The functional and the dysfunctional question about a feature, in the languages its name is written in."""
    asked = {
        FUNCTIONAL: {"en": "How would you feel if you had this: “{name}”?", "zh": "如果有“{name}”，你会觉得？"},
        DYSFUNCTIONAL: {
            "en": "How would you feel if you did not have this: “{name}”?", "zh": "如果没有“{name}”，你会觉得？"
        },
    }  # fmt: skip
    return {
        field: Text(
            words={
                language: forms["zh" if language.startswith("zh") else "en"].format(name=name.rstrip(".。 "))
                for language, name in row.text.words.items()
                if name.strip() and language.partition("-")[0] in ("zh", "en")
            }
        )
        for field, forms in asked.items()
    }


class Opportunity(Paired):
    slug, icon, name = "opportunity", "target", _("Importance and satisfaction")
    asks = _("What matters much and is served badly: the opportunity score. At least 30 people of one segment.")
    Settings = Settings
    needed = ("importance", "satisfaction")

    def fields(self, question: Question) -> dict[str, dict[str, Text]]:
        pairs = {"importance": IMPORTANCE, "satisfaction": SATISFACTION}
        return {name: {point.id: point.text for point in labels(1, 5, *words)} for name, words in pairs.items()}

    def new(self, question: Question) -> Question:
        text = both(
            "How important is each to you, and how satisfied are you with it today?",
            "下面每一项对你有多重要？你对现状有多满意？",
        )
        first = rows(("Boarding without a delay", "上船不用等"))
        return question.model_copy(update={"text": text, "rows": first})
