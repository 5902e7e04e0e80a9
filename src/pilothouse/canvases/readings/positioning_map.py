"""The positioning map: brands as people rated them, on the two directions in which they differ most."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import stdev
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    called,
    drawn,
    ends,
    known,
    named,
    placed,
    short,
    span,
    table,
    titled,
)  # fmt: skip
from pilothouse.charts import Axis, Point, plane
from pilothouse.jinja import decimal, listed
from pilothouse.kinds.layouts import Layout, Measure
from pilothouse.methods import pca_map

OURS = "ours"
FEWEST, STRONG = 3, 0.6  # brands for a map; a correlation from which on an axis is named after an attribute
NOTHING, MOST_OURS = 1e-6, 3  # of a difference; of our own brands told about in sentences


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    rated = [note for note in notes if note.figures]
    shared = [one for one in layout.measures if rated and all(one.slug in note.figures for note in rated)]
    telling = [one for one in shared if len(rated) > 1 and stdev(known(note, one.slug) for note in rated) > NOTHING]
    head, rows = table(layout.measures, notes)
    left = caveats(layout, notes, rated, telling)
    if len(rated) < FEWEST or len(telling) < 2:
        text = _("A map needs three brands rated on the same two attributes or more; there are %(n)s brands and "
                 "%(attributes)s attributes that all of them have.")  # fmt: skip
        said = text % {"n": len(rated), "attributes": len(telling)}
        return Reading(sentences=(said,), head=head, rows=rows, caveats=left)
    sentences, field = two(layout, rated, telling) if len(telling) == 2 else many(layout, rated, telling)
    subtitle = _("%(n)s brands on %(attributes)s attributes, with the ranges given") % {
        "n": len(rated), "attributes": len(telling)
    }  # fmt: skip
    return Reading(
        sentences=(*ahead(rated, telling), *sentences, *nearest(rated, telling)),
        charts=(titled(field, layout.name, subtitle),), head=head, rows=rows, caveats=left,
        how=_("With three attributes or more the map is that of principal components of the standardised ratings; "
              "arrows show in which direction an attribute grows. Ranges count as independent of each other."),
    )  # fmt: skip


def caveats(
    layout: Layout, notes: Sequence[Note], rated: Sequence[Note], telling: Sequence[Measure]
) -> tuple[str, ...]:
    said = []
    if bare := [note for note in notes if not note.figures]:
        said.append(_("Not rated yet: %(names)s.") % {"names": named(bare)})
    begun = {slug for note in rated for slug in note.figures}
    if unused := [str(one.name) for one in layout.measures if one.slug in begun and one not in telling]:
        said.append(
            _("Left out, as not all brands have it or all have the same: %(names)s.") % {"names": listed(unused)}
        )
    if FEWEST <= len(rated) < 5:
        said.append(_("With fewer than five brands the map changes much when one is added."))
    return tuple(said)


def ahead(rated: Sequence[Note], telling: Sequence[Measure]) -> list[str]:
    """Where our own stands above all others, beyond the ranges given."""
    said = []
    for ours in [note for note in rated if note.cell == OURS][:MOST_OURS]:
        others = [note for note in rated if note.cell != OURS]
        best = [
            str(one.name) for one in telling
            if others and span(ours, one.slug)[0] > max(span(note, one.slug)[1] for note in others)
        ]  # fmt: skip
        if best:
            said.append(
                _("%(note)s is rated above all others in: %(names)s.") % {"note": called(ours), "names": listed(best)}
            )
        elif others:
            said.append(_("%(note)s is rated above all others in nothing.") % {"note": called(ours)})
    return said


def nearest(rated: Sequence[Note], telling: Sequence[Measure]) -> list[str]:
    """Who is seen most like our own, over all attributes alike."""
    spread, said = spreads(rated, telling), []
    for ours in [note for note in rated if note.cell == OURS][:MOST_OURS]:
        far = {
            note.number: math.dist(*([known(one, slug) / sd for slug, sd in spread.items()] for one in (ours, note)))
            for note in rated if note.cell != OURS
        }  # fmt: skip
        if far:
            closest = next(note for note in rated if note.number == min(far, key=far.__getitem__))
            said.append(_("Seen most like %(note)s: %(other)s.") % {"note": called(ours), "other": called(closest)})
    return said


def two(layout: Layout, rated: Sequence[Note], telling: Sequence[Measure]) -> tuple[list[str], dict[str, Any]]:
    """Two attributes are drawn as they are."""
    across, up = telling
    points = [placed(layout, note, across.slug, up.slug) for note in rated]
    return [], plane(points, Axis(str(across.name)), Axis(str(up.name)))


def many(layout: Layout, rated: Sequence[Note], telling: Sequence[Measure]) -> tuple[list[str], dict[str, Any]]:
    data = {str(note.number): {one.slug: known(note, one.slug) for one in telling} for note in rated}
    result = pca_map.analyse(data)
    reach = 0.9 * max(abs(end) for score in result.scores.values() for end in score)
    leads = [(str(one.name), result.correlations[one.slug]) for one in telling]
    arrows = [(name, x * reach, y * reach) for name, (x, y) in leads]
    sides = [
        _("The map shows %(share)s %% of what tells the brands apart.") % {"share": decimal(sum(result.pct[:2]), 0)},
        *(named_axis(result, telling, axis) for axis in (0, 1)),
    ]
    spread = spreads(rated, telling)
    points = [point(note, result, telling, spread) for note in rated]
    field = plane(points, Axis(axis_title(result, 0), cuts=(0,)), Axis(axis_title(result, 1), cuts=(0,)), arrows=arrows)
    return [text for text in sides if text], field


def axis_title(result: Any, axis: int) -> str:
    return _("direction %(n)s (%(share)s %%)") % {"n": axis + 1, "share": decimal(result.pct[axis], 0)}


def named_axis(result: Any, telling: Sequence[Measure], axis: int) -> str:
    """What grows to the right (or upwards) and what shrinks."""
    more = [str(one.name) for one in telling if result.correlations[one.slug][axis] > STRONG]
    less = [str(one.name) for one in telling if result.correlations[one.slug][axis] < -STRONG]
    texts = (
        {True: _("To the right: more %(more)s."), False: _("To the right: more %(more)s, less %(less)s.")},
        {True: _("Upwards: more %(more)s."), False: _("Upwards: more %(more)s, less %(less)s.")},
    )
    return texts[axis][not less] % {"more": listed(more), "less": listed(less)} if more else ""


def spreads(rated: Sequence[Note], telling: Sequence[Measure]) -> dict[str, float]:
    return {one.slug: stdev(known(note, one.slug) for note in rated) for one in telling}


def point(note: Note, result: Any, telling: Sequence[Measure], spread: dict[str, float]) -> Point:
    """A brand on the map; its ranges carried over along each direction."""
    halves = {slug: half(note, slug) / sd for slug, sd in spread.items()}
    x, y = result.scores[str(note.number)]
    wide, tall = (
        math.sqrt(sum((result.loadings[slug][axis] * size) ** 2 for slug, size in halves.items())) for axis in (0, 1)
    )
    said = listed(f"{one.name} {decimal(known(note, one.slug), 1)}" for one in telling)
    tone = "$sea" if note.cell == OURS else "$chart-slate"
    tip, url = f"{note.title}: {said}", note.item.url
    return Point(short(note.title, 28), x, y, tip, url, *drawn(x - wide, x + wide), *drawn(y - tall, y + tall), tone)


def half(note: Note, measure: str) -> float:
    low, high = ends(note, measure)
    return 0.0 if low is None or high is None else (high - low) / 2
