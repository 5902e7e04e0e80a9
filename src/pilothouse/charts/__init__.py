"""Charts as Vega-Lite specifications: plain dictionaries, made here and drawn by the page (`components/chart.html`).

Colours are names of the page's own tokens ("$sea"), a share of one over the paper with a slash ("$coral/45"); the page
fills in what its theme makes of them. Every mark that stands for something says so in `tip`, a sentence that is both
its tooltip and what is read out, and may lead somewhere by `url`.
"""

from __future__ import annotations

from pilothouse.charts._parts import Spec, unlike
from pilothouse.charts.bars import Bar, Bin, bars, histogram
from pilothouse.charts.curves import Curve, Moment, curves, trend
from pilothouse.charts.plane import Axis, Point, plane
from pilothouse.charts.points import scatter
from pilothouse.charts.rings import Blip, radar
from pilothouse.charts.stacks import Stack, stacked

__all__ = [
    "Axis", "Bar", "Bin", "Blip", "Curve", "Moment", "Point", "Spec", "Stack", "bars", "curves", "histogram", "plane",
    "radar", "scatter", "stacked", "trend", "unlike",
]  # fmt: skip
