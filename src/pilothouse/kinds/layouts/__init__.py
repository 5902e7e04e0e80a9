"""The declared layouts of canvases, in the order in which they are offered."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilothouse.kinds.layouts.declare import Cell, Layout, Measure, Phase, Stage
from pilothouse.kinds.layouts.strategy import swot

FAMILIES = {
    "strategy": _("Strategy"),
    "model": _("Business model"),
    "people": _("People and journeys"),
    "planning": _("From goals to work"),
    "market": _("Market"),
    "team": _("Team and retrospectives"),
    "ideas": _("Ideas"),
}
LAYOUTS: dict[str, Layout] = {layout.slug: layout for layout in (swot,)}

for _layout in LAYOUTS.values():
    if _layout.family not in FAMILIES:
        raise ValueError(f"layout {_layout.slug}: no family {_layout.family!r}")

__all__ = ["FAMILIES", "LAYOUTS", "Cell", "Layout", "Measure", "Phase", "Stage"]
