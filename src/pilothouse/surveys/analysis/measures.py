"""Readings of numbers and days."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _

from pilothouse.charts import Bar, Bin, bars, histogram
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.blocks import Block, interval
from pilothouse.surveys.analysis.frame import day_of
from pilothouse.surveys.analysis.naming import short
from pilothouse.surveys.instruments.declare import Figure, Reading, Table, cell
from pilothouse.surveys.instruments.words import number, plain, said


def one_number(block: Block) -> Reading:
    values, weights = block.column(block.first), block.frame.weights
    found = figures.mean(values, weights)
    assert found is not None
    edges, counts = figures.bins(values, weights)
    name = block.name(block.first)
    drawn = [
        Bin(
            low,
            high,
            count,
            f"{plain(low)} – {plain(high)}: {count:,.0f}",
            block.rows(name, f"{'>' if place else ''}{low:g}..{high:g}"),
        )
        for place, (low, high, count) in enumerate(zip(edges, edges[1:], counts, strict=False))
    ]
    told = _("Half of the answers are at most %(median)s; the mean is %(mean)s (%(low)s to %(high)s).") % {
        "median": number(found.median),
        "mean": number(found.mean),
        "low": number(found.low),
        "high": number(found.high),
    }
    table = Table(
        ["", _("Value")],
        [
            [_("Answers"), cell(f"{found.n:,}", block.rows(name, "*"))],
            [_("Mean"), interval(found)],
            [_("Median"), number(found.median)],
            [_("Standard deviation"), number(found.sd)],
            [_("Smallest"), number(float(np.nanmin(values)))],
            [_("Largest"), number(float(np.nanmax(values)))],
        ],
        block.title,
    )
    median = [(found.median, _("median %(value)s") % {"value": number(found.median, 1)})]
    spec = histogram(drawn, count_title=_("people"), marks=median)
    return Reading(
        sentence=told,
        figures=[Figure(block.title, spec, f"n = {found.n:,}", table)],
        how=[_("The interval is of the mean, at 95%.")],
    )


def numbers(block: Block) -> Reading:
    """Several numbers of one question: places in a ranking, parts of a sum."""
    rows = []
    for asked in block.columns:
        if asked.column.measure == "number" and (found := figures.mean(block.column(asked), block.frame.weights)):
            rows.append((said(asked.column.label) or asked.column.key, block.rows(block.name(asked), "*"), found))
    ranking = block.first.question.type == "ranking"
    rows.sort(key=lambda row: row[2].mean if ranking else -row[2].mean)
    drawn = [
        Bar(
            short(label, 60),
            one.mean,
            number(one.mean),
            f"{label}: {interval(one)}, n = {one.n:,}",
            one.low,
            one.high,
            url,
        )
        for label, url, one in rows
    ]
    table = Table(
        ["", _("n"), _("Mean")],
        [[label, cell(f"{one.n:,}", url), interval(one)] for label, url, one in rows],
        block.title,
    )
    label, _url, first = rows[0]
    told = (
        _("“%(label)s” is ranked best, at place %(mean)s on average.")
        if ranking
        else _("“%(label)s” has the highest mean, %(mean)s.")
    ) % {"label": short(label, 60), "mean": number(first.mean)}
    how = [_("Means have t intervals at 95%.") + (" " + _("A smaller place is better.") if ranking else "")]
    return Reading(
        sentence=told,
        figures=[Figure(block.title, bars(drawn, format=""), f"n = {int(block.known().sum()):,}", table)],
        how=how,
    )


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
