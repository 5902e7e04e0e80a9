"""Readings of choices: one answer, several, or a point for each row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.charts import Bar, Stack, bars, stacked
from pilothouse.jinja import sentences
from pilothouse.surveys.analysis import figures
from pilothouse.surveys.analysis.blocks import Block, interval
from pilothouse.surveys.analysis.figures import Mean, Share
from pilothouse.surveys.analysis.frame import Asked
from pilothouse.surveys.analysis.naming import option_name, short
from pilothouse.surveys.analysis.picking import MISSING
from pilothouse.surveys.instruments.declare import Figure, Reading, Table, cell
from pilothouse.surveys.instruments.words import number, percent, said, spread_of_shares


def choice(block: Block) -> Reading:
    asked = block.first
    codes, weights = block.column(asked), block.frame.weights
    found = figures.shares(codes, list(asked.column.codes), weights)
    name, people = block.name(asked), figures.effective(weights[codes >= 0])
    labels = {share.code: option_name(asked, share.code) for share in found}
    in_order = found if asked.column.measure == "ordinal" else sorted(found, key=lambda one: -one.share)
    average = scale_mean(block, asked) if asked.column.measure == "ordinal" else None
    lines = [(labels[one.code], one, block.rows(name, one.code)) for one in in_order]
    none = block.frame.n - sum(one.count for one in found)
    return Reading(
        sentence=sentences([leading([(labels[one.code], one) for one in found], people), mean_sentence(average)]),
        figures=[share_figure(block.title, lines, found[0].n, [missing_row(none, block.rows(name, MISSING))])],
        how=[_("Shares are of those who answered; intervals are Wilson's, at 95%.")],
    )


def scale_mean(block: Block, asked: Asked) -> Mean | None:
    points = figures.points(block.frame, asked.column.question, asked.column.key, asked.column.measure)
    return figures.mean(points, block.frame.weights)


def mean_sentence(found: Mean | None) -> str:
    if found is None:
        return ""
    return _("The mean is %(mean)s (%(low)s to %(high)s).") % {
        "mean": number(found.mean),
        "low": number(found.low),
        "high": number(found.high),
    }


def leading(pairs: Sequence[tuple[str, Share]], people: float) -> str:
    """What most people say, and whether it is clearly the most."""
    ordered = sorted(pairs, key=lambda pair: -pair[1].share)
    label, first = ordered[0]
    said = _("“%(label)s” comes first, with %(share)s (%(range)s).") % {
        "label": short(label, 60),
        "share": percent(first.share),
        "range": spread_of_shares((first.low, first.high)),
    }
    if len(ordered) < 2 or figures.is_ahead(first, ordered[1][1], people):
        return said
    return sentences(
        [
            said,
            _("“%(label)s” is not clearly behind, with %(share)s.")
            % {"label": short(ordered[1][0], 60), "share": percent(ordered[1][1].share)},
        ]
    )


def share_figure(title: str, lines: Sequence[tuple[str, Share, str]], n: int, more: Sequence[list[object]]) -> Figure:
    drawn = [
        Bar(short(label, 60), one.share, percent(one.share), tip(label, one), one.low, one.high, url)
        for label, one, url in lines
    ]
    table = Table(
        [_("Answer"), _("n"), _("Share"), _("95% interval")],
        [
            [label, cell(f"{one.count:,}", url), percent(one.share, 1), spread_of_shares((one.low, one.high), 1)]
            for label, one, url in lines
        ]
        + [list(row) for row in more],
        title,
    )
    return Figure(title, bars(drawn), f"n = {n:,}", table)


def missing_row(n: int, url: str) -> list[object]:
    return [_("No answer"), cell(f"{n:,}", url if n else ""), "", ""]


def tip(label: str, one: Share) -> str:
    return _("%(label)s: %(share)s (%(range)s), %(count)s of %(n)s") % {
        "label": label,
        "share": percent(one.share, 1),
        "range": spread_of_shares((one.low, one.high), 1),
        "count": f"{one.count:,}",
        "n": f"{one.n:,}",
    }


def ticks(block: Block) -> Reading:
    """Several answers a person: shares of the people who ticked anything, so they add up to more than 100."""
    known, weights = block.known(), block.frame.weights
    masks = [block.column(asked) == 1 for asked in block.columns]
    found = figures.shares_of(masks, [asked.column.key for asked in block.columns], known, weights)
    labelled = [
        (said(asked.column.label) or asked.column.key, asked, one)
        for asked, one in zip(block.columns, found, strict=True)
    ]
    ordered = sorted(labelled, key=lambda line: -line[2].share)
    lines = [(label, one, block.rows(block.name(asked), "yes")) for label, asked, one in ordered]
    people = int(known.sum())
    ticked = sum(one.count for one in found) / people
    label, first, _url = lines[0]
    told = _("“%(label)s” was ticked most, by %(share)s (%(range)s). People ticked %(mean)s answers on average.") % {
        "label": short(label, 60),
        "share": percent(first.share),
        "mean": number(ticked, 1),
        "range": spread_of_shares((first.low, first.high)),
    }
    none = missing_row(block.frame.n - people, block.rows(f"q.{block.first.column.question}", MISSING))
    how = [
        _("Shares are of the people who ticked anything, so they add up to more than 100%; Wilson intervals at 95%.")
    ]
    return Reading(sentence=told, figures=[share_figure(block.title, lines, people, [none])], how=how)


def grid(block: Block) -> Reading:
    """Rows on one scale, side by side; the row with the highest mean is named."""
    order = list(block.first.column.codes)
    names = [option_name(block.first, code) for code in order]
    rows = [
        ShareRow(asked, figures.shares(block.column(asked), order, block.frame.weights), scale_mean(block, asked))
        for asked in block.columns
        if list(asked.column.codes) == order
    ]
    stacks = [stack_of(block, row, order, names) for row in rows if row.shares and row.shares[0].n]
    table = Table(["", _("n"), *names, _("Mean")], [cells_of(block, row) for row in rows], block.title)
    ordinal = block.first.column.measure == "ordinal"
    figure = Figure(block.title, stacked(stacks, names, diverging=ordinal), f"n = {int(block.known().sum()):,}", table)
    how = [_("Each row's shares are of those who answered it; means have t intervals at 95%.")]
    told = extremes([row.label for row in rows], [row.mean for row in rows])
    return Reading(sentence=told, figures=[figure], how=how)


@dataclass(frozen=True)
class ShareRow:
    """One row of a grid: how its answers fall on the scale, and their mean where the scale has one."""

    asked: Asked
    shares: list[Share]
    mean: Mean | None

    @property
    def label(self) -> str:
        return said(self.asked.column.label) or self.asked.column.key


def stack_of(block: Block, row: ShareRow, order: Sequence[str], names: Sequence[str]) -> Stack:
    return Stack(
        short(row.label, 60),
        [one.share for one in row.shares],
        [f"{row.label} · {tip(name, one)}" for name, one in zip(names, row.shares, strict=True)],
        [block.rows(block.name(row.asked), code) for code in order],
    )


def cells_of(block: Block, row: ShareRow) -> list[Any]:
    name = block.name(row.asked)
    shares = [cell(percent(one.share), block.rows(name, one.code)) for one in row.shares]
    return [row.label, f"{row.shares[0].n:,}", *shares, interval(row.mean)]


def extremes(labels: Sequence[str], means: Sequence[Mean | None]) -> str:
    there = sorted(((m.mean, label) for label, m in zip(labels, means, strict=True) if m), reverse=True)
    if not there:
        return _("The shares of each row stand side by side.")
    (high, most), (low, least) = there[0], there[-1]
    if len(there) == 1:
        return _("The mean is %(mean)s.") % {"mean": number(high)}
    return _("“%(most)s” is highest with a mean of %(high)s, “%(least)s” lowest with %(low)s.") % {
        "most": short(most, 60),
        "high": number(high),
        "least": short(least, 60),
        "low": number(low),
    }
