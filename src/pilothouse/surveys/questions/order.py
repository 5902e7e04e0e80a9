"""Putting things in order, or sharing out a sum among them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field

from pilothouse.surveys.definition import Question, Text
from pilothouse.surveys.questions import posted as reading
from pilothouse.surveys.questions.columned import Columned
from pilothouse.surveys.questions.declare import Column, Refused, Settings
from pilothouse.surveys.questions.scale import in_lines
from pilothouse.surveys.questions.wording import both, options

NEAR = 1e-6


class RankingSettings(Settings):
    """The first `maximum` places are asked for; `minimum` of them make a full answer."""

    minimum: int | None = Field(None, ge=1, le=500)
    maximum: int | None = Field(None, ge=1, le=500)


class SumSettings(Settings):
    total: float = Field(100, gt=0, le=1e12)
    unit: str = Field("", max_length=40)
    whole: bool = True


class ByOption(Columned):
    """One number for each option."""

    group = "order"
    shape = "flat"
    parts = frozenset(("options",))
    least_options = 2
    wording: ClassVar[Text]

    def columns(self, question: Question) -> list[Column]:
        return [
            Column(
                question=question.id, key=option.id, code=f"{question.code}_{option.id}", label=option.text,
                measure="number",
            )
            for option in question.options
        ]  # fmt: skip

    def new(self, question: Question) -> Question:
        first = options(("Price", "价格"), ("Speed", "速度"), ("Support", "服务"))
        return question.model_copy(update={"text": self.wording, "options": first})


class Ranking(ByOption):
    """Ids from best to worst; a browser posts the place of each option (1 is best)."""

    slug, icon, name = "ranking", "list-ordered", _("Ranking")
    asks = _("Putting up to seven things in order; for more, MaxDiff asks less of people.")
    wording = both("Put these in order, the most important first.", "请按重要程度排序，最重要的排第一。")
    Settings = RankingSettings

    def misses(self, question: Question, settings: Any) -> Iterable[Any]:
        if (settings.minimum or 1) > (settings.maximum or len(question.options) or 1):
            yield gettext("More places are asked for than can be given.")

    def packed(self, question: Question, given: Mapping[str, Any]) -> Any:
        places = {key: place for key, place in given.items() if place is not None}
        taken: dict[float, str] = {}
        for key, place in places.items():
            if place < 1 or not float(place).is_integer():
                raise Refused(gettext("A place is 1, 2, 3 and so on."), key)
            if place in taken:
                raise Refused(gettext("Place %(n)s is given twice.") % {"n": f"{place:g}"}, key)
            taken[place] = key
        return [taken[place] for place in sorted(taken)] or None

    def checked(self, question: Question, answer: Any) -> Any:
        most = self.settings(question).maximum
        if most is not None and len(answer) > most:
            raise Refused(ngettext("Give %(n)s place only.", "Give the first %(n)s places only.", most) % {"n": most})
        return answer

    def spread(self, answer: Any) -> dict[str, Any]:
        found = [id for id in answer if isinstance(id, str)] if isinstance(answer, list) else []
        return {id: place for place, id in enumerate(found, start=1)}

    def complete(self, question: Question, answer: Any) -> bool:
        settings = self.settings(question)
        wanted = settings.minimum or min(settings.maximum or len(question.options), len(question.options))
        return isinstance(answer, list) and len(answer) >= wanted

    def shown(self, question: Question, answer: Any, language: str) -> str:
        found = [option for id in self.spread(answer) if (option := question.option(id))]
        return "\n".join(f"{place}. {option.text.get(language)}" for place, option in enumerate(found, start=1))

    def value(self, question: Question, answer: Any, part: str = "") -> Any:
        """The ids in order, or the place of one."""
        return self.spread(answer).get(part) if part else list(self.spread(answer)) or None


class ConstantSum(ByOption):
    slug, icon, name = "sum", "chart-pie", _("Constant sum")
    asks = _("Sharing out 100 points: how much more one thing matters than another.")
    wording = both("Share out 100 points by how much each matters to you.", "请按重要程度把 100 分分配给下列各项。")
    Settings = SumSettings

    def checked(self, question: Question, answer: dict[str, Any]) -> Any:
        settings = self.settings(question)
        for key, value in answer.items():
            reading.bounded(value, 0, settings.total, key)
            if settings.whole and not float(value).is_integer():
                raise Refused(gettext("Whole numbers are needed here."), key)
        given = math.fsum(answer.values())
        if abs(given - settings.total) > NEAR * settings.total:
            raise Refused(
                gettext("It adds up to %(given)s; it should be %(total)s.")
                % {"given": f"{given:,.10g}", "total": f"{settings.total:,.10g}"}
            )
        return {option.id: answer.get(option.id, 0) for option in question.options}

    def read(self, question: Question, posted: QueryDict, name: str) -> Any:
        """Boxes left at zero are as good as empty: who shared out nothing has not answered."""
        boxes = [posted.get(f"{name}-{option.id}") or "" for option in question.options]
        if all(box.strip() in ("", "0") for box in boxes):
            return None
        return super().read(question, posted, name)

    def shown(self, question: Question, answer: Any, language: str) -> str:
        cells = self.cells(question, answer)
        said = [
            (option.text.get(language), f"{cells[option.id]:,.10g}")
            for option in question.options
            if option.id in cells
        ]
        return in_lines(said, language)
