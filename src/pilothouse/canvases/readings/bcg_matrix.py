"""The BCG matrix from the market figures on notes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    base,
    called,
    complete,
    ends,
    few,
    lacking,
    named,
    short,
    span,
    table,
    titled,
    told,
    value,
)  # fmt: skip
from pilothouse.charts import Axis, Point, plane
from pilothouse.jinja import decimal, listed
from pilothouse.kinds.layouts import Layout
from pilothouse.methods import bcg_matrix

NAMES = {
    "star": pgettext_lazy("bcg", "Star"),
    "cash_cow": pgettext_lazy("bcg", "Cash cow"),
    "question_mark": pgettext_lazy("bcg", "Question mark"),
    "dog": pgettext_lazy("bcg", "Dog"),
}
SENTENCES = {
    "star": gettext_lazy("Stars, which lead a growing market and should be held: %(names)s."),
    "cash_cow": gettext_lazy("Cash cows, which lead a calm market and should earn: %(names)s."),
    "question_mark": gettext_lazy("Question marks, to be fed or given up: %(names)s."),
    "dog": gettext_lazy("Dogs, which need a reason to stay: %(names)s."),
}
TONES = {"star": "$leaf", "cash_cow": "$sea", "question_mark": "$amber", "dog": "$coral"}
LEAST, MOST = 0.01, 100  # nothing and everything have no place on a logarithmic axis: they are drawn at its ends


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    there = complete(layout, notes)
    if not there:
        return Reading(
            sentences=(_("No note has its share, its rival's share and the growth of its market yet."),),
            caveats=lacking(layout, notes),
        )
    rows_in: dict[Any, Any] = {note.number: inputs(note) for note in there}
    result = bcg_matrix.analyse(rows_in)
    found = {position.key: position for position in result.items}
    sure = [note for note in there if found[note.number].quadrant]
    head, rows = table(
        layout.measures,
        notes,
        {
            _("Relative share"): lambda note: relative_share(found.get(note.number)),
            _("Field"): lambda note: field(found.get(note.number)),
        },
    )
    return Reading(
        sentences=tuple(sentences(result, sure, found)),
        charts=(titled(chart(sure, found), layout.name, base(len(sure), len(notes))),) if sure else (),
        head=head,
        rows=rows,
        caveats=(*lacking(layout, notes), *caveats(there, found)),
        how=_(
            "Relative share is our share by that of the largest rival. The lines stand at 1 and at 10 % a year "
            "(Hedley 1977); a number on a line counts as high. The growth is that of the market."
        ),
    )


def inputs(note: Note) -> dict[str, Any]:
    return {slug: value(note, slug) for slug in ("own", "largest_competitor", "growth", "revenue")}


def sentences(result: Any, sure: Sequence[Note], found: dict[Any, Any]) -> list[str]:
    said = []
    for quadrant, text in SENTENCES.items():
        if there := [note for note in sure if found[note.number].quadrant == quadrant]:
            said.append(str(text) % {"names": named(there)})
    if leading := result.share_of_revenue:
        share = (leading.get("star", 0) + leading.get("cash_cow", 0)) * 100
        said.append(_("Markets that we lead bring %(share)s %% of the revenue known.") % {"share": decimal(share, 0)})
    return said or [_("No note can be placed yet: none has a rival with a share.")]


def caveats(there: Sequence[Note], found: dict[Any, Any]) -> list[str]:
    said, unsure = [], []
    if alone := [note for note in there if found[note.number].rms is None]:
        said.append(_("Without a rival there is no relative share: %(names)s.") % {"names": named(alone)})
    for note in there:
        quadrant = found[note.number].quadrant
        if quadrant and (others := possible(note) - {quadrant}):
            names = listed(str(NAMES[other]) for other in NAMES if other in others)
            unsure.append(
                _("By its range, %(note)s may also be: %(others)s.") % {"note": called(note), "others": names}
            )
    return [*said, *few(unsure)]


def possible(note: Note) -> set[str]:
    """The quadrants that the ends of a note's ranges reach."""
    corners = product(*(set(span(note, slug)) for slug in ("own", "largest_competitor", "growth")))
    rows = [dict(zip(("own", "largest_competitor", "growth"), corner, strict=True)) for corner in corners]
    return {position.quadrant for position in bcg_matrix.analyse(rows).items if position.quadrant}


def relative(note: Note) -> tuple[float | None, float | None]:
    """The lowest and the highest relative share that the ranges allow, where there is any range."""
    (own_low, own_high), (rival_low, rival_high) = span(note, "own"), span(note, "largest_competitor")
    if own_low == own_high and rival_low == rival_high:
        return None, None
    return max(own_low / rival_high, LEAST), own_high / rival_low if rival_low else MOST


def chart(sure: Sequence[Note], found: dict[Any, Any]) -> dict[str, Any]:
    points = []
    for note in sure:
        position = found[note.number]
        said = [
            _("relative share %(share)s") % {"share": decimal(position.rms, 2)},
            _("market growth %(growth)s") % {"growth": told(note.figures["growth"], "%")},
        ]
        points.append(Point(
            short(note.title, 28), max(position.rms, LEAST), position.growth, f"{note.title}: {listed(said)}",
            note.item.url, *relative(note), *ends(note, "growth"), tone=TONES[position.quadrant], size=position.revenue,
        ))  # fmt: skip
    shares = [end for point in points for end in (point.x, point.x_low, point.x_high) if end]
    growths = [0, 20, *(end for note in sure for end in span(note, "growth"))]
    return plane(
        points,
        Axis(_("Relative market share (largest rival = 1)"), (min(0.1, *shares) / 1.1, max(10, *shares) * 1.1), (1,),
             log=True, reverse=True, format="~g", ticks=(0.1, 0.2, 0.5, 1, 2, 5, 10)),
        Axis(_("Growth of the market, % a year"), (min(growths) - 1, max(growths) + 2), (10,)),
        corners=[str(NAMES[name]) for name in ("star", "question_mark", "cash_cow", "dog")],
    )  # fmt: skip


def relative_share(position: Any) -> str:
    return decimal(position.rms, 2) if position else "–"


def field(position: Any) -> str:
    return str(NAMES[position.quadrant]) if position and position.quadrant else "–"
