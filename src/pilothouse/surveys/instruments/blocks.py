"""Scores of a block of statements: SUS, UMUX-Lite, team health."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bin, Stack, histogram, stacked
from pilothouse.methods import MethodError, sus, umux_lite
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments.columns import points
from pilothouse.surveys.instruments.declare import Instrument, Link, Options, Reading, Table, cell, counted
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.words import name_of, number, percent, said, spread
from pilothouse.surveys.questions import TYPES

HEALTH_LEAST = 5


def block(question: Question, frame: Frame) -> tuple[Array, Array]:
    """People by rows of a matrix, and who answered anything of it. Raises MethodError where nobody did."""
    table = np.column_stack([points(frame, question.id, row.id) for row in question.rows])
    there = ~np.isnan(table).all(axis=1)
    if not there.any():
        raise MethodError("no_answers", field="rows")
    return table, there


def as_lists(table: Array) -> list[list[int | None]]:
    return [[None if np.isnan(value) else int(value) for value in person] for person in table]


class Sus(Instrument):
    slug = method = "sus"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        table, there = block(question, frame)
        if len(question.rows) != sus.ITEMS:
            return Reading(sentence=_("SUS needs its ten statements, in their order."), method=self.method)
        result = sus.analyse(as_lists(table[there]))
        return Reading(
            sentence=_("SUS %(score)s, grade %(grade)s: better than about %(percentile)s of systems.")
            % {"score": number(result.mean, 1), "grade": result.grade, "percentile": percent(result.percentile / 100)},
            sure=_("n = %(n)s. With 95 %% confidence the mean lies between %(interval)s; 68 is the middle.")
            % {"n": result.n, "interval": spread(result.ci, 1) or "–"},
            caveats=self.caveats(result),
            figures=[counted(_("Scores"), self.chart(result), result.n, self.table(result))],
            how=how("sus"),
            n=result.n,
            missing=int((~there).sum()),
            method=self.method,
            inputs={"n": result.n, "mean": result.mean},
        )

    def caveats(self, result: sus.Result) -> list[str]:
        found = []
        if result.n < 12:
            found.append(_("Fewer than 12 people: give the interval with the score."))
        if result.straight_lined:
            found.append(
                _("%(n)s gave one answer to all ten statements, which contradicts itself.")
                % {"n": len(result.straight_lined)}
            )
        if result.dropped:
            found.append(_("%(n)s missed more than two statements and are left out.") % {"n": result.dropped})
        return found

    def chart(self, result: sus.Result) -> dict[str, Any]:
        scores = [score for score in result.scores if score is not None]
        found, _edges = np.histogram(scores, bins=10, range=(0, 100))
        bins = [
            Bin(10.0 * place, 10.0 * (place + 1), float(n), f"{10 * place}–{10 * place + 10}: {n}")
            for place, n in enumerate(found)
        ]
        marks = [(result.mean, _("mean %(mean)s") % {"mean": number(result.mean, 1)})]
        return histogram(bins, title=_("SUS score"), count_title=_("people"), marks=marks)

    def table(self, result: sus.Result) -> Table:
        rows: list[list[Any]] = [
            [_("SUS"), cell(number(result.mean, 1), note=spread(result.ci, 1)), result.grade],
            [_("Usability (eight statements)"), number(result.usability, 1), sus.grade(result.usability)],
            [_("Learnability (statements 4 and 10)"), number(result.learnability, 1), sus.grade(result.learnability)],
            [_("Standard deviation"), "–" if result.sd is None else number(result.sd, 1), ""],
        ]
        return Table([_("Scale"), _("Mean"), _("Grade")], rows, _("SUS score"))


class UmuxLite(Instrument):
    slug = method = "umux_lite"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        table, there = block(question, frame)
        if len(question.rows) != 2:
            return Reading(sentence=_("UMUX-Lite needs its two statements."), method=self.method)
        result = umux_lite.analyse(as_lists(table[there]), points=len(TYPES[question.type].points(question)))
        return Reading(
            sentence=_("UMUX-Lite %(score)s; SUS would have said about %(sus)s.")
            % {"score": number(result.mean, 1), "sus": number(result.mean_sus_equivalent, 1)},
            sure=_("n = %(n)s. With 95 %% confidence the mean lies between %(interval)s.")
            % {"n": result.n, "interval": spread(result.ci, 1) or "–"},
            caveats=[_("Fewer than 12 people: give the interval with the score.")] if result.n < 12 else [],
            tables=[
                Table(
                    [_("Scale"), _("Mean"), _("95 % interval")],
                    [
                        [_("UMUX-Lite"), number(result.mean, 1), spread(result.ci, 1)],
                        [_("As SUS"), number(result.mean_sus_equivalent, 1), spread(result.ci_sus_equivalent, 1)],
                    ],
                )
            ],
            how=how("umux_lite"),
            n=result.n,
            missing=int((~there).sum()) + result.missing,
            method=self.method,
            inputs={"n": result.n, "mean": result.mean},
        )


class TeamHealth(Instrument):
    """Each statement's spread of answers; where people lie far apart is said before where they are low."""

    slug, method = "team_health", "descriptive"

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        table, there = block(question, frame)
        n = int(there.sum())
        if n < HEALTH_LEAST:
            few = _("%(n)s answered; shown from five on, so that nobody can be recognised.") % {"n": n}
            return Reading(sentence=few, n=n, method=self.method)
        means = {row.id: float(np.nanmean(table[there, place])) for place, row in enumerate(question.rows)}
        names = {row.id: name_of(row) for row in question.rows}
        low, high = min(means, key=means.__getitem__), max(means, key=means.__getitem__)
        return Reading(
            sentence=_("Strongest: %(high)s Weakest: %(low)s") % {"high": names[high], "low": names[low]},
            sure=_("n = %(n)s; means from %(low)s to %(high)s.")
            % {"n": n, "low": number(means[low], 1), "high": number(means[high], 1)},
            caveats=self.caveats(question, table[there], names),
            figures=[
                counted(
                    _("Answers by statement"),
                    self.chart(question, table[there]),
                    n,
                    self.table(question, table[there], names),
                )
            ],
            how=how("team_health"),
            n=n,
            missing=int((~there).sum()),
            method=self.method,
            inputs={"means": means},
        )

    def caveats(self, question: Question, table: Array, names: dict[str, str]) -> list[str]:
        apart = [names[row.id] for place, row in enumerate(question.rows) if np.nanstd(table[:, place], ddof=1) > 1.2]
        return [_("People lie far apart here; talk about it: %(name)s") % {"name": name} for name in apart]

    def chart(self, question: Question, table: Array) -> dict[str, Any]:
        labels = [f"{point.id} {said(point.text)}".strip() for point in TYPES[question.type].points(question)]
        ids = [int(point.id) for point in TYPES[question.type].points(question)]
        stacks = []
        for place, row in enumerate(question.rows):
            given = table[:, place][~np.isnan(table[:, place])]
            shares = [float((given == id).sum()) / max(len(given), 1) for id in ids]
            tips = [f"{label}: {percent(share)}" for label, share in zip(labels, shares, strict=True)]
            stacks.append(Stack(name_of(row), shares, tips))
        return stacked(stacks, labels)

    def table(self, question: Question, table: Array, names: dict[str, str]) -> Table:
        rows = [
            [names[row.id], number(float(np.nanmean(column)), 2), number(float(np.nanstd(column, ddof=1)), 2)]
            for row, column in zip(question.rows, table.T, strict=True)
        ]
        return Table([_("Statement"), _("Mean"), _("Standard deviation")], rows, _("Answers by statement"))
