"""One question by another: counts, shares, which cells stand out, and whether the groups differ at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pilothouse.methods import MethodError, crosstab
from pilothouse.methods.shared.intervals import holm, two_sided_p
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.frame import Array, Asked, Frame
from pilothouse.surveys.analysis.naming import value_name
from pilothouse.surveys.analysis.picking import matches, split, values_of
from pilothouse.surveys.analysis.waves import nps_of
from pilothouse.surveys.instruments.words import said

MOST_GROUPS, MOST_ROWS, ALPHA = 20, 60, 0.05


@dataclass(frozen=True)
class Line:
    """One answer by groups, in the order of the groups: `counts` of people, `down` their share of the group and
    `across` of the answer (0 to 1, weighted), `marks` 1 for a cell above what independence lets expect, -1 below, 0
    neither; `residuals` are the adjusted ones."""

    value: str
    label: str
    name: str
    counts: Sequence[int]
    down: Sequence[float]
    across: Sequence[float]
    marks: Sequence[int]
    residuals: Sequence[float]
    p: float | None = None


@dataclass(frozen=True)
class Cross:
    """A cross-tab. `groups` are (value, label), `bases` the people in each. `test` is chi2, fisher, monte_carlo or
    rao_scott, "each" where a question with several answers was tested answer by answer (`p` of its lines, by Holm's
    correction), "" where no test was possible. `v` is Cramér's V, corrected for bias."""

    row: str
    col: str
    groups: Sequence[tuple[str, str]]
    bases: Sequence[int]
    lines: Sequence[Line]
    n: int
    missing: int
    several: bool = False
    test: str = ""
    p: float | None = None
    v: float | None = None
    means: Sequence[figures.Mean | None] = ()
    scores: Sequence[tuple[float, float, float] | None] = ()


def cross(frame: Frame, row: str, col: str) -> Cross | None:
    """The cross-tab of two choices; None where one of the two is none, or nobody answered both."""
    present, found = groups_of(frame, col), rows_of(frame, row)
    groups, who = [group for group, _mask in present], [mask for _group, mask in present]
    if not groups or not found:
        return None
    known = found[0][3]
    both = known & np.logical_or.reduce(who)
    if not both.any():
        return None
    several = any(name != row for _value, _label, name, _known, _mask in found)
    lines = [
        line_of(frame, value, label, name, mask & both, [w & both for w in who])
        for value, label, name, _k, mask in found
    ]
    bases = [int((w & both).sum()) for w in who]
    made = Cross(row, col, groups, bases, lines, int(both.sum()), frame.n - int(both.sum()), several)
    masks = [mask & both for _value, _label, _name, _known, mask in found]
    tested = by_answer(frame, made, masks, who, both) if several else as_a_table(frame, made, masks, who, both)
    return replace(tested, means=means_of(frame, row, who), scores=scores_of(frame, row, who))


def groups_of(frame: Frame, col: str) -> list[tuple[tuple[str, str], Array]]:
    """((value, label), mask of who is in it) for each group that anybody is in."""
    groups = [(value, value_name(frame, col, value)) for value in values_of(frame, col)[:MOST_GROUPS]]
    return [(group, mask) for group in groups if (mask := matches(frame, col, group[0])).any()]


def rows_of(frame: Frame, name: str) -> list[tuple[str, str, str, Array, Array]]:
    """(value, label, name of its filter, mask of who answered the question, mask of who gave this answer) for each
    row."""
    question, key = split(name)
    if name.startswith("q.") and (question, key) not in frame.book.by_key:
        ticks = [
            asked
            for (id, _key), asked in frame.book.by_key.items()
            if id == question and asked.column.measure == "flag"
        ]
        known = frame.answered(question)
        return [
            ("yes", value_label(frame, question, asked.column.key), f"q.{question}.{asked.column.key}", known,
             frame.column(question, asked.column.key) == 1)
            for asked in ticks[:MOST_ROWS]
        ]  # fmt: skip
    values = values_of(frame, name)[:MOST_ROWS]
    masks = [matches(frame, name, value) for value in values]
    known = np.logical_or.reduce(masks) if masks else np.zeros(frame.n, dtype=bool)
    return [
        (value, value_name(frame, name, value), name, known, mask) for value, mask in zip(values, masks, strict=True)
    ]


def value_label(frame: Frame, question: str, key: str) -> str:
    return said(frame.asked(question, key).column.label) or key


def line_of(frame: Frame, value: str, label: str, name: str, mask: Array, who: Sequence[Array]) -> Line:
    weights = frame.weights
    sums = [float(weights[mask & group].sum()) for group in who]
    bases = [float(weights[group].sum()) for group in who]
    total = sum(sums)
    return Line(
        value, label, name, [int((mask & group).sum()) for group in who],
        [one / base if base else 0.0 for one, base in zip(sums, bases, strict=True)],
        [one / total if total else 0.0 for one in sums], [0] * len(who), [0.0] * len(who),
    )  # fmt: skip


def as_a_table(frame: Frame, made: Cross, masks: Sequence[Array], who: Sequence[Array], both: Array) -> Cross:
    """The cross-tab with one test over the whole table, and marks on the cells that stand out after Holm's correction;
    as it was where no test is possible."""
    try:
        found = tested(frame, masks, who, both)
    except MethodError:
        return made
    rows = {place: i for i, place in enumerate(found.rows)}
    cols = {place: i for i, place in enumerate(found.cols)}
    if len(rows) < 2 or len(cols) < 2:
        return made
    lines = [
        replace(
            line,
            marks=[found.standout[rows[r]][cols[c]] if r in rows and c in cols else 0 for c in range(len(who))],
            residuals=[found.adjusted_residuals[rows[r]][cols[c]] if r in rows and c in cols else 0.0
                for c in range(len(who))],
        )
        for r, line in enumerate(made.lines)
    ]  # fmt: skip
    return replace(made, lines=lines, test=found.test, p=found.p_value, v=found.cramers_v_bias_corrected)


def tested(frame: Frame, masks: Sequence[Array], who: Sequence[Array], both: Array) -> crosstab.Result:
    """The test of a table of masks: of plain counts, or of weighted ones by Rao and Scott's correction. Raises
    MethodError."""
    if not frame.weighted:
        return crosstab.analyse([[int((mask & group).sum()) for group in who] for mask in masks])
    row, col = (np.select([one[both] for one in some], list(range(len(some))), -1) for some in (masks, who))
    weights = frame.weights[both]
    there = (row >= 0) & (col >= 0) & (weights > 0)
    cell, shape = row[there] * len(who) + col[there], (len(masks), len(who))
    sums, squares = (np.bincount(cell, weights[there] ** power, shape[0] * shape[1]) for power in (1, 2))
    return crosstab.weighted(
        sums.reshape(shape).tolist(), squares=squares.reshape(shape).tolist(), n=max(int(there.sum()), 1)
    )


def by_answer(frame: Frame, made: Cross, masks: Sequence[Array], who: Sequence[Array], both: Array) -> Cross:
    """The cross-tab with a test of each answer against not giving it: the same people tick several, and a test over the
    whole table would count them several times."""
    found: list[crosstab.Result | None] = []
    for mask in masks:
        try:
            found.append(tested(frame, [mask & both, ~mask & both], who, both))
        except MethodError:
            found.append(None)
    ps = holm([one.p_value if one and one.df else 1.0 for one in found])
    cells = [residuals(one, len(who)) for one in found]
    flat = holm([two_sided_p(cell) for row in cells for cell in row])
    lines = []
    for place, line in enumerate(made.lines):
        corrected = flat[place * len(who) : (place + 1) * len(who)]
        marks = [(1 if cell > 0 else -1) if p < ALPHA else 0 for cell, p in zip(cells[place], corrected, strict=True)]
        lines.append(replace(line, marks=marks, residuals=cells[place], p=ps[place]))
    return replace(made, lines=lines, test="each", p=min(ps, default=1.0))


def residuals(found: crosstab.Result | None, n: int) -> list[float]:
    """The adjusted residual of each of n groups, 0 where nothing could be tested."""
    if found is None or len(found.rows) < 2:
        return [0.0] * n
    at = dict(zip(found.cols, found.adjusted_residuals[0], strict=True))
    return [at.get(place, 0.0) for place in range(n)]


def means_of(frame: Frame, row: str, who: Sequence[Array]) -> list[figures.Mean | None]:
    """The mean of each group, where the question is a scale; else nothing."""
    question, key = split(row)
    asked = frame.book.by_key.get((question, key)) if row.startswith("q.") else None
    if asked is None or asked.column.measure != "ordinal":
        return []
    points = figures.points(frame, question, key)
    return [figures.mean(points[group], frame.weights[group]) for group in who]


def scores_of(frame: Frame, row: str, who: Sequence[Array]) -> list[tuple[float, float, float] | None]:
    """(score, low, high) of the Net Promoter Score of each group, where the question is one; else nothing."""
    asked = frame.book.by_key.get(split(row)) if row.startswith("q.") else None
    if asked is None or asked.question.type != "nps":
        return []
    return [nps_of(frame.where(group), asked.question.id) for group in who]


@dataclass(frozen=True)
class MeansLine:
    """A row of a grid and its mean in each group."""

    label: str
    means: Sequence[figures.Mean | None]


@dataclass(frozen=True)
class Means:
    """Several scales by groups: only their means stand side by side."""

    col: str
    groups: Sequence[tuple[str, str]]
    lines: Sequence[MeansLine]


def means_by(frame: Frame, columns: Sequence[Asked], col: str) -> Means | None:
    who = groups_of(frame, col)
    lines = []
    for asked in columns:
        values = numbers_of(frame, asked)
        label = said(asked.column.label) or asked.column.key
        lines.append(MeansLine(label, [figures.mean(values[mask], frame.weights[mask]) for _group, mask in who]))
    return Means(col, [group for group, _mask in who], lines) if who else None


def numbers_of(frame: Frame, asked: Asked) -> Array:
    column = asked.column
    if column.measure == "number":
        return frame.column(column.question, column.key)
    return figures.points(frame, column.question, column.key)
