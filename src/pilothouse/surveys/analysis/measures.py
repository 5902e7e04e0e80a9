"""Readings of numbers and days."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bar, Bin, bars, histogram
from pilothouse.charts._parts import Spec
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.blocks import Block, interval
from pilothouse.surveys.analysis.figures import Mean
from pilothouse.surveys.analysis.frame import Array, day_of
from pilothouse.surveys.analysis.naming import short
from pilothouse.surveys.instruments.declare import Figure, Reading, Table, cell
from pilothouse.surveys.instruments.words import number, plain, said


def one_number(block: Block) -> Reading:
    values = block.column(block.first)
    found = figures.mean(values, block.frame.weights)
    assert found is not None
    told = _("Half of the answers are at most %(median)s; the mean is %(mean)s (%(low)s to %(high)s).") % {
        "median": number(found.median),
        "mean": number(found.mean),
        "low": number(found.low),
        "high": number(found.high),
    }
    spec, table = distribution(block, values, found), key_figures(block, values, found)
    return Reading(
        sentence=told,
        figures=[Figure(block.title, spec, f"n = {found.n:,}", table)],
        how=[_("The interval is of the mean, at 95%.")],
    )


def distribution(block: Block, values: Array, found: Mean) -> Spec:
    """How often each range of values was answered; a bar leads to those who answered it."""
    edges, counts = figures.bins(values, block.frame.weights)
    name = block.name(block.first)
    drawn = []
    for place, (low, high, count) in enumerate(zip(edges, edges[1:], counts, strict=False)):
        rows = block.rows(name, f"{'>' if place else ''}{low:g}..{high:g}")
        drawn.append(Bin(low, high, count, f"{plain(low)} – {plain(high)}: {count:,.0f}", rows))
    median = [(found.median, _("median %(value)s") % {"value": number(found.median, 1)})]
    return histogram(drawn, count_title=_("people"), marks=median)


def key_figures(block: Block, values: Array, found: Mean) -> Table:
    return Table(
        ["", _("Value")],
        [
            [_("Answers"), cell(f"{found.n:,}", block.rows(block.name(block.first), "*"))],
            [_("Mean"), interval(found)],
            [_("Median"), number(found.median)],
            [_("Standard deviation"), number(found.sd)],
            [_("Smallest"), number(float(np.nanmin(values)))],
            [_("Largest"), number(float(np.nanmax(values)))],
        ],
        block.title,
    )


def numbers(block: Block) -> Reading:
    """Several numbers of one question: places in a ranking, parts of a sum."""
    ranking = block.first.question.type == "ranking"
    rows = means_of(block)
    rows.sort(key=lambda row: row[2].mean if ranking else -row[2].mean)
    label, _url, first = rows[0]
    told = (
        _("“%(label)s” is ranked best, at place %(mean)s on average.")
        if ranking
        else _("“%(label)s” has the highest mean, %(mean)s.")
    ) % {"label": short(label, 60), "mean": number(first.mean)}
    table = Table(
        ["", _("n"), _("Mean")],
        [[label, cell(f"{one.n:,}", url), interval(one)] for label, url, one in rows],
        block.title,
    )
    drawn = bars([bar_of(*row) for row in rows], format="")
    return Reading(
        sentence=told,
        figures=[Figure(block.title, drawn, f"n = {int(block.known().sum()):,}", table)],
        how=[_("Means have t intervals at 95%.") + (" " + _("A smaller place is better.") if ranking else "")],
    )


def means_of(block: Block) -> list[tuple[str, str, Mean]]:
    """(label, address of those who answered, mean) of each numeric column that has answers."""
    found = []
    for asked in block.columns:
        if asked.column.measure == "number" and (mean := figures.mean(block.column(asked), block.frame.weights)):
            found.append((said(asked.column.label) or asked.column.key, block.rows(block.name(asked), "*"), mean))
    return found


def bar_of(label: str, url: str, mean: Mean) -> Bar:
    tip = f"{label}: {interval(mean)}, n = {mean.n:,}"
    return Bar(short(label, 60), mean.mean, number(mean.mean), tip, mean.low, mean.high, url)


def dates(block: Block) -> Reading:
    values = block.column(block.first)
    known = values[~np.isnan(values)]
    first, middle, last = day_of(known.min()), day_of(float(np.median(known))), day_of(known.max())
    told = _("The days lie between %(first)s and %(last)s; half of them are up to %(middle)s.") % {
        "first": first.isoformat(),
        "middle": middle.isoformat(),
        "last": last.isoformat(),
    }
    return Reading(sentence=told)
