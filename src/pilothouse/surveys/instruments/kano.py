"""Kano: pairs of answers, counted, to categories with how sure they are, and to the order of what comes first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.methods import kano
from pilothouse.surveys.analysis.frame import Array, Frame
from pilothouse.surveys.definition import Question
from pilothouse.surveys.instruments import kano_words as telling
from pilothouse.surveys.instruments.columns import points, segments
from pilothouse.surveys.instruments.declare import Control, Instrument, Link, Options, Reading, chosen
from pilothouse.surveys.instruments.words import said

FIRST = "MOAIRQ"
Tally = dict[str, dict[tuple[int, int], int]]


class Kano(Instrument):
    slug = method = "kano"
    scoring = True

    def reading(self, question: Question, frame: Frame, options: Options, link: Link) -> Reading:
        controls = self.controls(frame, options)
        given = {control.name: control.value for control in controls}
        result = analysed(question, frame, given)
        labels = names_of_segments(frame, given.get("segment", ""))
        features = features_of(question, result)
        return replace(
            telling.reading(question, result, controls, link, labels),
            inputs=inputs(question, frame, given),
            scores={item: score(feature) for item, feature in features.items()},
            details={item: detail(feature) for item, feature in features.items()},
        )

    def controls(self, frame: Frame, options: Options) -> list[Control]:
        splits = [
            ("", _("All together")),
            *((asked.question.id, said(asked.question.text)) for asked in segments(frame)),
        ]
        offered = {
            "table": (_("Evaluation table"), [("classic", _("Classic")), ("pouliot", _("Pouliot"))]),
            "rule": (
                _("Category by"),
                [
                    ("mode", _("Most frequent")),
                    ("irq", _("M, O, A against I, R, Q")),
                    ("significant", _("Only if it leads for sure")),
                ],
            ),
            "cut": (_("Quadrants cut at"), [("half", _("One half")), ("mean", _("Mean of all"))]),
            "segment": (_("Split by"), splits if len(splits) > 1 else []),
        }
        return [
            Control(name, label, found, chosen(options, name, [value for value, _words in found]))
            for name, (label, found) in offered.items()
            if found
        ]

    def mask(self, question: Question, frame: Frame, part: str) -> Array:
        """`row` for all who answered both halves, `row.M` for one category (by Pouliot's table: `row.M.p`)."""
        row, category, table = (*part.split("."), "", "")[:3]
        if question.row(row) is None:
            return super().mask(question, frame, part)
        f, d = halves(question, frame, row)
        both = (f > 0) & (d > 0)
        if not category:
            return both
        codes = np.array(
            [
                [kano.classify(i, j, table="pouliot" if table == "p" else "classic") for j in range(1, 6)]
                for i in range(1, 6)
            ]
        )
        found: Array = both & (codes[np.maximum(f, 1) - 1, np.maximum(d, 1) - 1] == category)
        return found


def analysed(question: Question, frame: Frame, options: Options) -> kano.Result:
    """The method's answer for one question; raises MethodError where nobody answered."""
    return kano.analyse(
        list(rows(question, frame, options.get("segment", ""))),
        table=options.get("table", "classic"),  # type: ignore[arg-type]
        rule=options.get("rule", "mode"),  # type: ignore[arg-type]
        cut=options.get("cut", "half"),  # type: ignore[arg-type]
    )


def names_of_segments(frame: Frame, segment: str) -> dict[str, str]:
    return {code: said(text) for code, text in frame.asked(segment).column.codes.items()} if segment else {}


def halves(question: Question, frame: Frame, row: str) -> tuple[Array, Array]:
    """The two answers of everybody as 1 to 5, 0 for none."""
    f, d = (np.nan_to_num(points(frame, question.id, f"{row}.{half}")).astype(np.int64) for half in ("f", "d"))
    return f, d


def rows(question: Question, frame: Frame, segment: str) -> Iterable[dict[str, Any]]:
    """What the method takes: one row for each pair of answers there is, with how often it was given. Who is of no
    segment counts with the rest."""
    groups = [*frame.segment(segment), (None, frame.where(frame.column(segment) < 0))] if segment else [(None, frame)]
    for row in question.rows:
        for code, part in groups:
            f, d = halves(question, part, row.id)
            for pair, n in zip(*np.unique(6 * f + d, return_counts=True), strict=True):
                if pair:
                    yield {
                        "feature": row.id,
                        "functional": int(pair) // 6 or None,
                        "dysfunctional": int(pair) % 6 or None,
                        "segment": code,
                        "count": int(n),
                    }


def pairs(question: Question, frame: Frame) -> Tally:
    """How often each full pair was given, by row."""
    found: Tally = {}
    for one in rows(question, frame, ""):
        if one["functional"] and one["dysfunctional"]:
            found.setdefault(one["feature"], {})[one["functional"], one["dysfunctional"]] = one["count"]
    return found


def inputs(question: Question, frame: Frame, options: Options) -> dict[str, Any]:
    """What a Run keeps, by row: the counts of pairs ("1/5": 12) and how they were read."""
    given = pairs(question, frame)
    return {
        "options": {name: value for name, value in options.items() if name != "segment"},
        "rows": {row: {f"{f}/{d}": n for (f, d), n in sorted(found.items())} for row, found in given.items()},
    }


def features_of(question: Question, result: kano.Result) -> dict[int, kano.Feature]:
    """By the number of the requirement. One that is asked about twice counts with the row of more answers."""
    found: dict[int, kano.Feature] = {}
    for row in question.rows:
        feature = result.features.get(row.id)
        if row.item is not None and feature is not None:
            found[row.item] = max(found.get(row.item, feature), feature, key=lambda one: one.n)
    return found


def score(feature: kano.Feature) -> dict[str, Any]:
    better = None if feature.better is None else round(feature.better, 4)
    worse = None if feature.worse is None else round(feature.worse, 4)
    return {
        "kano": feature.category[:1], "kano_better": better, "kano_worse": worse, "kano_n": int(feature.n)
    }  # fmt: skip


def detail(feature: kano.Feature) -> dict[str, Any]:
    return {
        "counts": {code: int(n) for code, n in feature.counts.items()}, "better_ci": feature.better_ci,
        "worse_ci": feature.worse_ci, "sure": feature.fong.significant, "category": feature.category,
    }  # fmt: skip


def in_order(found: Mapping[int, Mapping[str, Any]]) -> list[int]:
    """The rule of the page: must-be first, the more is missed the earlier; then one-dimensional by what is missed, then
    attractive by what is gained, then indifferent by both; reverse and questionable last."""

    def place(number: int) -> tuple[int, float]:
        one = found[number]
        missed, gained = -(one["kano_worse"] or 0.0), one["kano_better"] or 0.0
        weight = {"M": missed, "O": missed, "A": gained}.get(one["kano"], missed + gained)
        return FIRST.index(one["kano"]), -weight

    return sorted(found, key=lambda number: (*place(number), number))
