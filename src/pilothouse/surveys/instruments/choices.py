"""Choices between products, to part-worths, what a unit is worth, and money."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bar, bars
from pilothouse.methods import MethodError
from pilothouse.methods import choice_based_conjoint as conjoint
from pilothouse.surveys.analysis.frame import Frame
from pilothouse.surveys.definition import Question, Row, Text
from pilothouse.surveys.instruments.columns import codes
from pilothouse.surveys.instruments.declare import Instrument, Link, Options, Reading, Table, cell, counted
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.remembered import remembered
from pilothouse.surveys.instruments.words import name_of, number, percent, said, spread
from pilothouse.surveys.questions.price import money
from pilothouse.surveys.questions.trade import NONE, Conjoint

CHOSEN = "choice"
DIGITS = 3


class Choices(Instrument):
    slug, method = "conjoint", "choice_based_conjoint"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        settings = Conjoint().settings(question)
        result = remembered(frame, question, lambda: fitted(question, frame))
        words = {row.id: name_of(row) for row in question.rows}
        first = max(result.importance, key=result.importance.__getitem__)
        return Reading(
            sentence=_("%(name)s moves the choice most: %(share)s of the difference between products.")
            % {"name": words[first], "share": percent(result.importance[first] / 100)},
            sure=_("n = %(n)s people, %(tasks)s choices; the model explains %(fit)s of what chance leaves open.")
            % {"n": result.respondents, "tasks": result.tasks, "fit": percent(result.mcfadden_r2)},
            caveats=self.caveats(result),
            figures=[
                counted(
                    _("Importance of each attribute"),
                    self.chart(result, words),
                    result.respondents,
                    self.importances(result, words),
                )
            ],
            tables=[self.table(question, result, settings), self.fit(result)],
            how=how("conjoint"),
            n=result.respondents,
            missing=frame.n - result.respondents,
            method=self.method,
            inputs={"coef": result.coef, "tasks": result.tasks},
        )

    def caveats(self, result: conjoint.Result) -> list[str]:
        words = {
            "few_tasks": _("People × tasks × products ÷ levels is below 500: part-worths may change."),
            "positive_price": _("A dearer product seems better: check the amounts of the price levels."),
        }
        return [words[flag] for flag in result.flags if flag in words] + [
            _("The model takes a copy of a product for a new one; do not add near twins to a simulation.")
        ]

    def chart(self, result: conjoint.Result, words: dict[str, str]) -> dict[str, Any]:
        order = sorted(result.importance.items(), key=lambda pair: -pair[1])
        return bars(
            [
                Bar(words[id], share / 100, percent(share / 100), f"{words[id]}: {percent(share / 100)}")
                for id, share in order
            ]
        )

    def importances(self, result: conjoint.Result, words: dict[str, str]) -> Table:
        order = sorted(result.importance.items(), key=lambda pair: -pair[1])
        rows = [[words[id], percent(share / 100, 1)] for id, share in order]
        return Table([_("Attribute"), _("Importance")], rows, _("Importance of each attribute"))

    def table(self, question: Question, result: conjoint.Result, settings: Any) -> Table:
        """Every level with its part-worth, every number with what a unit of it is worth, and both in money where the
        price allows it."""
        numbers = Conjoint().numbers(question)
        rows = [
            row
            for attribute in question.rows
            for row in (
                self.of_number(attribute, result, settings, numbers[attribute.id])
                if attribute.id in numbers
                else self.of_levels(attribute, result, settings)
            )
        ]
        if NONE in result.coef:
            rows.append([_("None of these"), worth(result.coef[NONE]), worth(result.se[NONE]), ""])
        return Table([_("Level"), _("Part-worth"), _("Standard error"), _("Worth in money")], rows, _("Part-worths"))

    def of_levels(self, attribute: Row, result: conjoint.Result, settings: Any) -> list[Any]:
        found = []
        for level, text in attribute.more.items():
            effect = f"{attribute.id}{level}"
            error = worth(result.se[effect]) if effect in result.se else _("base")
            part = worth(result.part_worths[attribute.id][level])
            found.append([named(attribute, text), part, error, self.money(result, effect, settings)])
        return found

    def of_number(self, attribute: Row, result: conjoint.Result, settings: Any, read: dict[str, float]) -> list[Any]:
        """One unit more; of the price, each of its levels as well."""
        priced, one = attribute.id == settings.price, result.coef[attribute.id]
        unit = _("%(name)s: 1 more") % {"name": name_of(attribute)}
        value = "" if priced else self.money(result, attribute.id, settings)
        levels = [
            [named(attribute, text), worth(one * read.get(level, 0)), "", ""]
            for level, text in attribute.more.items()
            if priced
        ]
        return [[unit, worth(one), worth(result.se[attribute.id]), value], *levels]

    def fit(self, result: conjoint.Result) -> Table:
        rows = [
            [_("Log-likelihood"), number(result.loglik)],
            [_("Log-likelihood of chance"), number(result.loglik0)],
            [_("Share of that explained (McFadden’s R²)"), number(result.mcfadden_r2, DIGITS)],
            [_("Choices"), f"{result.tasks:,}"],
        ]
        return Table([_("Measure"), _("Value")], rows, _("How well the model fits"))

    def money(self, result: conjoint.Result, effect: str, settings: Any) -> Any:
        if not settings.price or effect not in result.coef or settings.price not in result.coef:
            return ""
        try:
            found = conjoint.wtp(result, effect, price=settings.price)  # type: ignore[arg-type]
        except MethodError:
            return "–"
        return cell(money(round(found.value, 2), settings.currency).replace("-", "−"), note=spread(found.ci))


def named(attribute: Row, level: Text) -> str:
    return _("%(name)s: %(value)s") % {"name": name_of(attribute), "value": said(level)}


def worth(value: float) -> str:
    return number(value, DIGITS)


def fitted(question: Question, frame: Frame) -> conjoint.Result:
    settings, numbers = Conjoint().settings(question), Conjoint().numbers(question)
    return conjoint.analyse(
        alternatives(question, frame, numbers),
        attributes=[row.id for row in question.rows],
        base={row.id: next(iter(row.more)) for row in question.rows if row.id not in numbers},
        numeric=list(numbers),
        price=settings.price or "price",
    )


def alternatives(question: Question, frame: Frame, numbers: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    """One row for each product that somebody chose among, with numbers where levels count as such."""
    settings = Conjoint().settings(question)
    rows: list[dict[str, Any]] = []
    for place, task in enumerate(settings.tasks, start=1):
        given, ids = codes(frame, question.id, str(place))
        products = [
            {name: numbers[name].get(level, level) if name in numbers else level for name, level in one.items()}
            for one in task
        ]
        shown = [*((str(i), one) for i, one in enumerate(products)), *([(NONE, {})] if settings.none else [])]
        blank = dict.fromkeys(products[0]) if products else {}
        for person in np.flatnonzero(given >= 0).tolist():
            taken = ids[given[person]]
            rows += [
                {"respondent": person, "task": place, **blank, **one, CHOSEN: int(id == taken)} for id, one in shown
            ]
    return rows
