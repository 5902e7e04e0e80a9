"""Trade-offs between things: MaxDiff, to shares of preference."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bar, bars
from pilothouse.methods import maxdiff
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments.columns import codes
from pilothouse.surveys.instruments.declare import Instrument, Link, Options, Reading, Table, cell, counted
from pilothouse.surveys.instruments.explained import how
from pilothouse.surveys.instruments.remembered import remembered
from pilothouse.surveys.instruments.words import first_of, name_of, number, percent
from pilothouse.surveys.questions.trade import BEST, WORST, MaxDiff

Z95 = 1.959964


class BestWorst(Instrument):
    slug = method = "maxdiff"
    scoring = True

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        sets = {number: [row.id for row in shown] for number, shown in MaxDiff().sets(question).items()}
        result = remembered(frame, question, lambda: counted_out(question, frame, sets))
        names = {row.id: name_of(row) for row in question.rows}
        order = sorted(result.order, key=lambda id: -worth(result, id))
        return Reading(
            sentence=_("Most important: %(first)s. Least important: %(last)s.")
            % {"first": first_of([names[id] for id in order[:3]]), "last": names[order[-1]]},
            sure=_("n = %(n)s people, %(tasks)s choices; %(incomplete)s incomplete ones are left out.")
            % {"n": result.respondents, "tasks": result.tasks, "incomplete": result.incomplete},
            caveats=self.caveats(result),
            figures=[
                counted(
                    _("Share of preference") if result.logit else _("Best less worst"),
                    self.chart(result, order, names, link),
                    result.respondents,
                    self.table(result, order, names, link),
                )
            ],
            tables=self.versions(question, frame),
            how=how("maxdiff"),
            n=result.respondents,
            missing=frame.n - result.respondents,
            method=self.method,
            inputs={"counts": {id: [one.best, one.worst, one.appearances] for id, one in result.counts.items()}},
            scores=self.scores(question, result),
            details=self.details(question, result),
        )

    def caveats(self, result: maxdiff.Result) -> list[str]:
        words = {
            "few_respondents": _("Fewer than 100 people: neighbouring places may change."),
            "few_appearances": _("Things were shown fewer than three times a person."),
            "not_identified": _("Not everything was compared with everything, so there are no shares of preference."),
            "separation": _("Something always wins or always loses, so there are no shares of preference yet."),
        }
        return [words[flag] for flag in result.flags if flag in words]

    def scores(self, question: Question, result: maxdiff.Result) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {}
        shares = result.share_of_preference or {}
        for row in question.rows:
            if row.item is not None and row.id in shares:
                found[row.item] = {"maxdiff": round(100 * shares[row.id], 2)}
        return found

    def details(self, question: Question, result: maxdiff.Result) -> dict[int, dict[str, Any]]:
        counted = {row.item: result.counts[row.id] for row in question.rows if row.item is not None}
        return {item: {"best": one.best, "worst": one.worst, "shown": one.appearances} for item, one in counted.items()}

    def chart(self, result: maxdiff.Result, order: list[str], names: dict[str, str], link: Link) -> dict[str, Any]:
        shares = result.share_of_preference
        rows = []
        for id in order:
            if shares is None:
                value, shown = result.counts[id].std_bw, number(result.counts[id].std_bw)
                rows.append(Bar(names[id], value, shown, f"{names[id]}: {shown}", url=link(id)))
            else:
                low, high = share_interval(result, id)
                tip = f"{names[id]}: {percent(shares[id], 1)}"
                rows.append(Bar(names[id], shares[id], percent(shares[id], 1), tip, low, high, link(id)))
        return bars(rows, format=".0%" if shares else ".1f")

    def table(self, result: maxdiff.Result, order: list[str], names: dict[str, str], link: Link) -> Table:
        head = [_("Item"), _("Share of preference"), _("Best less worst"), _("Best"), _("Worst"), _("Shown")]
        shares = result.share_of_preference or {}
        rows = [
            [
                names[id],
                percent(shares[id], 1) if id in shares else "–",
                number(one.std_bw),
                cell(str(one.best), link(f"{id}.{BEST}")),
                cell(str(one.worst), link(f"{id}.{WORST}")),
                str(one.appearances),
            ]
            for id in order
            for one in [result.counts[id]]
        ]
        return Table(head, rows, _("Counts and shares"))

    def versions(self, question: Question, frame: Frame) -> list[Table]:
        """Which version of the design how many people saw, by the sets that they answered."""
        found = MaxDiff().by_version(question)
        if len(found) < 2:
            return []
        rows = [
            [str(place), f"{numbers[0]}–{numbers[-1]}", str(int(saw(question, frame, numbers).sum()))]
            for place, numbers in enumerate(found, start=1)
        ]
        return [
            Table([_("Version of the design"), _("Sets"), _("People who saw it")], rows, _("Versions of the design"))
        ]

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        """Who chose a row best or worst in any set."""
        row, _dot, side = part.partition(".")
        found = np.zeros(frame.n, dtype=bool)
        for number_, shown in MaxDiff().sets(question).items():
            for field in (BEST, WORST) if not side else (side,):
                if row in [one.id for one in shown] and field in (BEST, WORST):
                    given, ids = codes(frame, question.id, f"{number_}.{field}")
                    found |= given == (ids.index(row) if row in ids else -9)
        return found


def saw(question: Question, frame: Frame, numbers: list[str]) -> Array:
    found = np.zeros(frame.n, dtype=bool)
    for number_ in numbers:
        for side in (BEST, WORST):
            found |= codes(frame, question.id, f"{number_}.{side}")[0] >= 0
    return found


def counted_out(question: Question, frame: Frame, sets: dict[str, list[str]]) -> maxdiff.Result:
    """Without the scores of single people, which nobody is shown."""
    answers = best_worst(question, frame, sets)
    result = maxdiff.analyse(answers, sets=sets, items=[row.id for row in question.rows])
    return replace(result, individual=maxdiff.Individual({}, {}, {}))


def best_worst(question: Question, frame: Frame, sets: dict[str, list[str]]) -> list[dict[str, Any]]:
    """One row for each set that somebody answered, in whole or in part."""
    answers = []
    for place in sets:
        pairs = [codes(frame, question.id, f"{place}.{side}") for side in (BEST, WORST)]
        shown = set(sets[place])
        for person in np.flatnonzero((pairs[0][0] >= 0) | (pairs[1][0] >= 0)).tolist():
            best, worst = (ids[given[person]] if given[person] >= 0 else None for given, ids in pairs)
            if (best is None or best in shown) and (worst is None or worst in shown):
                answers.append({"respondent": person, "question": place, "best": best, "worst": worst})
    return answers


def worth(result: maxdiff.Result, id: str) -> float:
    return result.share_of_preference[id] if result.share_of_preference else result.counts[id].std_bw


def share_interval(result: maxdiff.Result, id: str) -> tuple[float, float]:
    """The share at both ends of its coefficient's interval, the others as they are; the base has none."""
    assert result.logit is not None
    coef, error = result.logit.coef, result.logit.se.get(id, 0.0)
    rest = math.fsum(math.exp(value) for other, value in coef.items() if other != id)
    low, high = (math.exp(coef[id] + sign * Z95 * error) for sign in (-1, 1))
    return low / (low + rest), high / (high + rest)
