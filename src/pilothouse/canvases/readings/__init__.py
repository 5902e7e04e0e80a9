"""What is computed from the numbers that notes carry. A layout names its reading in `computes`; a reading is a function
of the layout (with the columns of the canvas, where it has its own) and its notes with their figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils import translation

from pilothouse.canvases.note import Note
from pilothouse.canvases.readings import (
    bcg_matrix,
    fields,
    ge_matrix,
    journey_map,
    life_cycle,
    okr_tree,
    positioning_map,
    raci,
    surroundings,
    technology_radar,
    tows,
    votes,
)
from pilothouse.canvases.readings.declare import Reading
from pilothouse.kinds.layouts import LAYOUTS, Layout

READINGS: dict[str, Callable[[Layout, Sequence[Note]], Reading | None]] = {
    "assumption_map": fields.assumptions,
    "bcg_matrix": bcg_matrix.read,
    "ge_matrix": ge_matrix.read,
    "journey_map": journey_map.read,
    "life_cycle": life_cycle.read,
    "okr_tree": okr_tree.read,
    "pestel": surroundings.developments,
    "porter": surroundings.forces,
    "positioning_map": positioning_map.read,
    "raci": raci.read,
    "stakeholder_map": fields.stakeholders,
    "technology_radar": technology_radar.read,
    "tows": tows.read,
    "votes": votes.read,
}

for _layout in LAYOUTS.values():
    if _layout.computes and _layout.computes not in READINGS:
        raise ValueError(f"layout {_layout.slug} computes what nobody reads: {_layout.computes}")


def reading_of(layout: Layout, notes: Sequence[Note], language: str) -> Reading | None:
    """What the notes of a canvas say together, in this language; None where its layout computes nothing, or where
    numbers are not asked for and none is there."""
    compute = READINGS.get(layout.computes)
    if compute is None:
        return None
    with translation.override(language):
        return compute(layout, notes)


__all__ = ["READINGS", "Reading", "reading_of"]
