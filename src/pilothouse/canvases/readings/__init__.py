"""What is computed from the numbers that notes carry. A layout names its reading in `computes`; a reading is a function
of the layout, its notes with their figures (see canvases.board.Noted) and the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pilothouse.kinds.layouts import Layout

if TYPE_CHECKING:
    from pilothouse.canvases.board import Noted


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Sentences first, then charts (as pilothouse.charts makes them), then a table. `caveats` say what would mislead,
    `how` how it was computed."""

    sentences: tuple[str, ...]
    charts: tuple[dict[str, Any], ...] = ()
    head: tuple[Any, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    caveats: tuple[str, ...] = ()
    how: str = ""


READINGS: dict[str, Callable[[Layout, Sequence[Noted], str], Reading]] = {}


def reading_of(layout: Layout, notes: Sequence[Noted], language: str) -> Reading | None:
    """What the notes of a canvas say together; None where its layout computes nothing."""
    compute = READINGS.get(layout.computes)
    return compute(layout, notes, language) if compute else None
