"""Prices: four questions about feeling (Van Westendorp), or yes and no along a ladder (Gabor-Granger)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from pilothouse.surveys.definition import Question, Text
from pilothouse.surveys.questions import posted as reading
from pilothouse.surveys.questions.columned import Columned
from pilothouse.surveys.questions.declare import Column, Refused, Settings
from pilothouse.surveys.questions.scale import in_lines
from pilothouse.surveys.questions.wording import both, rows

PRICES = ("too_cheap", "cheap", "expensive", "too_expensive")
WORDING = (
    ("At what price is it so cheap that you would doubt its quality?", "价格低到多少，你会怀疑它的质量？"),
    ("At what price is it a bargain?", "价格是多少时，你会觉得很划算？"),
    (
        "At what price does it begin to feel expensive, but still worth a thought?",
        "价格是多少时，你会觉得有点贵，但还会考虑？",
    ),
    ("At what price is it too expensive to consider?", "价格高到多少，你就不会考虑了？"),
)


class PsmSettings(Settings):
    """`rising` asks people to put their four prices in order before they go on."""

    currency: str = Field("", max_length=10)
    most: float | None = Field(None, gt=0)
    rising: bool = True


class LadderSettings(Settings):
    prices: list[float] = Field([5, 8, 12, 16, 20], min_length=2, max_length=30)
    currency: str = Field("", max_length=10)


class Psm(Columned):
    """Rows carry the four wordings, under fixed ids."""

    slug, icon, name, group = "psm", "banknote", _("Price sensitivity (Van Westendorp)"), "instrument"
    asks = _(
        "Between which prices something seems neither suspect nor too dear. At least 100 people who can picture it."
    )
    shape = "flat"
    Settings = PsmSettings

    def new(self, question: Question) -> Question:
        text = both(
            "Think of it as described above. What would you say about its price?",
            "假设产品如上所述，你怎么看它的价格？",
        )
        lines = [row.model_copy(update={"id": id}) for row, id in zip(rows(*WORDING), PRICES, strict=True)]
        return question.model_copy(update={"text": text, "rows": lines})

    def wording(self, question: Question, key: str) -> Text:
        row = question.row(key)
        return row.text if row and row.text else both(*WORDING[PRICES.index(key)])

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(
                question=question.id, key=key, code=f"{question.code}_{key}", label=self.wording(question, key),
                measure="number",
            )
            for key in PRICES
        ]  # fmt: skip

    def checked(self, question: Question, answer: Any) -> Any:
        settings = self.settings(question)
        for key, price in answer.items():
            reading.bounded(price, 0, settings.most, key)
        given = [(key, answer[key]) for key in PRICES if key in answer]
        for (_low, less), (key, more) in pairwise(given):
            if settings.rising and less >= more:
                raise Refused(gettext("This price should be higher than the one before it."), key)
        return answer

    def complete(self, question: Question, answer: Any) -> bool:
        return len(self.cells(question, answer)) == len(PRICES)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells, unit = self.cells(question, answer), self.settings(question).currency
        said = [(self.wording(question, key).get(language), money(cells[key], unit)) for key in PRICES if key in cells]
        return in_lines(said, language)


class Ladder(Columned):
    slug, icon, name, group = (
        "ladder",
        "chart-no-axes-column-increasing",
        _("Price ladder (Gabor-Granger)"),
        "instrument",
    )
    asks = _("How many would buy at each of a few prices, and which brings most revenue. At least 100 people.")
    shape = "flat"
    Settings = LadderSettings

    def new(self, question: Question) -> Question:
        text = both("Would you buy it at this price?", "如果是这个价格，你会买吗？")
        return question.model_copy(update={"text": text, "settings": {"prices": [5, 8, 12, 16, 20]}})

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        if any(low >= high for low, high in pairwise(settings.prices)) or settings.prices[0] <= 0:
            yield gettext("The prices must rise, from above zero.")

    def prices(self, question: Question) -> dict[str, float]:
        """The prices by the key that their answers are kept under."""
        return {key_of(price): price for price in self.settings(question).prices}

    def columns(self, question: Question) -> list[Column]:
        unit = self.settings(question).currency
        return [
            Column(
                question=question.id, key=key, code=f"{question.code}_{key}",
                label=both(money(price, unit), money(price, unit)), measure="flag",
            )
            for key, price in self.prices(question).items()
        ]  # fmt: skip

    def complete(self, question: Question, answer: Any) -> bool:
        return len(self.cells(question, answer)) == len(self.prices(question))

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells, unit = self.cells(question, answer), self.settings(question).currency
        words = ("会买", "不会") if language.startswith("zh") else ("yes", "no")
        prices = self.prices(question).items()
        return in_lines(
            [(money(price, unit), words[not cells[key]]) for key, price in prices if key in cells], language
        )


def key_of(price: float) -> str:
    return f"{price:.10g}"


def money(amount: float, unit: str) -> str:
    """€12.50, 12.50 元: a sign stands before the amount, a word behind it."""
    text = f"{amount:,.2f}".removesuffix(".00")
    return f"{text} {unit}".strip() if not unit or unit[0].isalpha() else f"{unit}{text}"
