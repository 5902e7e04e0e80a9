"""The emotion line of a journey map: how each stage feels, and where it is worst."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings.declare import Reading
from pilothouse.canvases.readings.parts import (
    drawn,
    known,
    lacking,
    named,
    span,
    titled,
)
from pilothouse.charts import Moment, trend, unlike
from pilothouse.jinja import decimal, listed
from pilothouse.kinds.layouts import Layout

EMOTION, IDEAS = "emotion", "opportunities"


@dataclass(frozen=True)
class Felt:
    """How one stage feels: the mean of its notes, from the lowest to the highest that they allow."""

    slug: str
    name: str
    notes: list[Note]
    mean: float
    low: float
    high: float


def read(layout: Layout, notes: Sequence[Note]) -> Reading:
    line = felt(layout, notes)
    if not line:
        return Reading(sentences=(_("No note says yet how a stage feels."),), caveats=lacking(layout, notes))
    subtitle = ngettext("%(n)s note on emotion", "%(n)s notes on emotion", sum(len(one.notes) for one in line))
    curve = trend([moment(one) for one in line], domain=(-2.2, 2.2), y_title=_("−2 very bad … 2 very good"))
    return Reading(
        sentences=tuple(sentences(line, notes)),
        charts=(titled(curve, layout.name, subtitle % {"n": sum(len(one.notes) for one in line)}),),
        head=(_("Stage"), _("Emotion"), _("Lowest"), _("Highest"), _("Notes")),
        rows=tuple(
            (one.name, *(decimal(at, 1) for at in (one.mean, one.low, one.high)), len(one.notes)) for one in line
        ),
        caveats=(*lacking(layout, notes), *caveats(layout, line)),
        how=_("A stage's emotion is the mean of the notes that lie there; the band reaches from the lowest to the "
              "highest of their ranges."),
    )  # fmt: skip


def felt(layout: Layout, notes: Sequence[Note]) -> list[Felt]:
    found = []
    names = unlike(str(stage.name) for stage in layout.stages)
    for stage, name in zip(layout.stages, names, strict=True):
        here = [one for one in notes if one.cell == EMOTION and one.stage == stage.slug and EMOTION in one.figures]
        if here:
            low, high = zip(*(span(note, EMOTION) for note in here), strict=True)
            mean = sum(known(note, EMOTION) for note in here) / len(here)
            found.append(Felt(stage.slug, name, here, mean, min(low), max(high)))
    return found


def moment(one: Felt) -> Moment:
    tip = f"{one.name}: {decimal(one.mean, 1)}, {named(one.notes)}"
    low, high = drawn(one.low, one.high)
    return Moment(one.name, one.mean, tip, low, high, url=one.notes[0].item.url)


def sentences(line: Sequence[Felt], notes: Sequence[Note]) -> list[str]:
    worst = min(line, key=lambda one: one.mean)
    level = [one for one in line if one.mean == worst.mean]
    figures = {"stages": listed(one.name for one in level), "mean": decimal(worst.mean, 1)}
    if len(line) == 1:
        return [_("Only “%(stages)s” has a feeling yet: %(mean)s.") % figures]
    said = [_("The lowest point is “%(stages)s” with %(mean)s.") % figures]
    rivals = [one for one in line if one not in level and one.low <= worst.high]
    if rivals and worst.low < worst.high:
        names = listed(one.name for one in rivals)
        said.append(_("By the ranges it may as well be: %(stages)s.") % {"stages": names})
    if drop := steepest(line):
        before, after = drop
        said.append(_("It falls most from “%(before)s” to “%(after)s”.") % {"before": before.name, "after": after.name})
    answered = {note.stage for note in notes if note.cell == IDEAS}
    if worst.slug not in answered:
        said.append(_("Nobody has written down an opportunity there yet."))
    return said


def steepest(line: Sequence[Felt]) -> tuple[Felt, Felt] | None:
    drop = min(pairwise(line), key=lambda pair: pair[1].mean - pair[0].mean)
    return drop if drop[1].mean < drop[0].mean else None


def caveats(layout: Layout, line: Sequence[Felt]) -> list[str]:
    said = []
    there = {one.slug for one in line}
    if bare := [str(stage.name) for stage in layout.stages if stage.slug not in there]:
        said.append(_("Nothing is known of how these feel: %(stages)s.") % {"stages": listed(bare)})
    notes = [note for one in line for note in one.notes]
    if opinions := [note for note in notes if note.opinion]:
        text = ngettext("%(n)s of these notes is an opinion: nothing supports it.",
                        "%(n)s of these notes are opinions: nothing supports them.", len(opinions))  # fmt: skip
        said.append(text % {"n": len(opinions)})
    return said
