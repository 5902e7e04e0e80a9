"""The chart of what a method computed: each method says once which numbers of its result are drawn, and how."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilothouse.charts import Spec
from pilothouse.guide.library.charting import fields, lined, ranked
from pilothouse.guide.library.charting.parts import Maker

DRAWN: dict[str, Maker] = {**ranked.METHODS, **lined.METHODS, **fields.METHODS}


def charted(id: str, result: Mapping[str, Any]) -> Spec | None:
    """None where a method has no chart, or this result nothing that could be drawn."""
    return DRAWN[id](result) if id in DRAWN else None
