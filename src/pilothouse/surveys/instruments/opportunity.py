"""Importance and satisfaction to opportunity scores."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Point, scatter
from pilothouse.methods import opportunity_score
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments.columns import points
from pilothouse.surveys.instruments.declare import (
    Control,
    Instrument,
    Link,
    Options,
    Reading,
    Table,
    cell,
    chosen,
    counted,
)
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.words import first_of, name_of, number, spread

LONGEST_LABEL = 26


class Opportunity(Instrument):
    slug, method = "opportunity", "opportunity_score"
    scoring = True

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        control = self.control(options)
        ratings = {row.id: pair for row in question.rows if (pair := rated(frame, question, row.id))[0]}
        result = opportunity_score.analyse(ratings, scoring=control.value)  # type: ignore[arg-type]
        names = {row.id: name_of(row) for row in question.rows}
        n = max(result.n_ratings.values(), default=0)
        return Reading(
            sentence=self.sentence(result, names),
            sure=_("n = up to %(n)s; intervals are drawn again from the people who answered (2,000 times).") % {"n": n},
            caveats=self.caveats(result, names),
            figures=[
                counted(
                    _("Importance and satisfaction"),
                    self.chart(question, result, link),
                    n,
                    self.table(result, names, link),
                )
            ],
            how=how("opportunity"),
            controls=[control],
            n=n,
            missing=result.missing,
            method=self.method,
            inputs={"scoring": control.value, "n": dict(result.n_ratings)},
            scores=self.scores(question, result),
            details=self.details(question, result),
        )

    def control(self, options: Options) -> Control:
        found = [("top_box", _("Share of the top two answers")), ("mean", _("Mean"))]
        value = chosen(options, "scoring", [value for value, _words in found])
        return Control("scoring", _("Levels from"), found, value)

    def sentence(self, result: opportunity_score.Result, names: dict[str, str]) -> str:
        found = [names[id] for id in result.order if result.band[id] != "none"]
        if not found:
            best = result.order[0]
            return _("No opportunity above 10; the highest is %(name)s with %(score)s.") % {
                "name": names[best],
                "score": number(result.scores[best], 1),
            }
        return _("Important and served badly: %(names)s.") % {"names": first_of(found)}

    def caveats(self, result: opportunity_score.Result, names: dict[str, str]) -> list[str]:
        found = []
        if result.few:
            found.append(_("Fewer than 30 answers: %(names)s.") % {"names": first_of([names[id] for id in result.few])})
        if result.overserved:
            over = first_of([names[id] for id in result.overserved])
            found.append(_("Served better than they matter: %(names)s.") % {"names": over})
        return found

    def scores(self, question: Question, result: opportunity_score.Result) -> dict[int, dict[str, Any]]:
        return {
            row.item: {"opportunity": round(result.scores[row.id], 2)}
            for row in question.rows
            if row.item is not None and row.id in result.scores
        }

    def details(self, question: Question, result: opportunity_score.Result) -> dict[int, dict[str, Any]]:
        return {
            row.item: {
                "opportunity_ci": result.interval.get(row.id),
                "importance": result.importance[row.id],
                "satisfaction": result.satisfaction[row.id],
                "answers": result.n_ratings.get(row.id, 0),
            }
            for row in question.rows
            if row.item is not None and row.id in result.scores
        }

    def chart(self, question: Question, result: opportunity_score.Result, link: Link) -> dict[str, Any]:
        found = []
        for row in question.rows:
            if row.id in result.scores:
                x, y = result.importance[row.id], result.satisfaction[row.id]
                tip = _("%(name)s: score %(score)s, importance %(x)s, satisfaction %(y)s") % {
                    "name": name_of(row),
                    "score": number(result.scores[row.id], 1),
                    "x": number(x, 1),
                    "y": number(y, 1),
                }
                tone = "$sea" if result.band[row.id] != "none" else "$chart-slate"
                found.append(Point(name_of(row, LONGEST_LABEL), x, y, tip, link(row.id), tone=tone))
        return scatter(found, x_title=_("Importance"), y_title=_("Satisfaction"), x_domain=(0, 10), y_domain=(0, 10))

    def table(self, result: opportunity_score.Result, names: dict[str, str], link: Link) -> Table:
        head = [_("Item"), _("Score"), _("Importance"), _("Satisfaction"), "n"]
        rows = [
            [
                names[id],
                cell(number(result.scores[id], 1), note=spread(result.interval.get(id), 1)),
                number(result.importance[id], 1),
                number(result.satisfaction[id], 1),
                cell(str(result.n_ratings.get(id, 0)), link(id)),
            ]
            for id in result.order
        ]
        return Table(head, rows, _("Opportunity scores"))

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        """Who rated both sides of a row."""
        if question.row(part) is None:
            return super().mask(question, frame, part)
        return ~np.isnan(points(frame, question.id, f"{part}.importance")) & ~np.isnan(
            points(frame, question.id, f"{part}.satisfaction")
        )


def rated(frame: Frame, question: Question, row: str) -> tuple[list[int | None], list[int | None]]:
    """Both ratings of everybody who gave at least one."""
    sides = [points(frame, question.id, f"{row}.{side}") for side in ("importance", "satisfaction")]
    there = ~np.isnan(sides[0]) | ~np.isnan(sides[1])
    left, right = ([None if np.isnan(value) else int(value) for value in side[there].tolist()] for side in sides)
    return left, right
