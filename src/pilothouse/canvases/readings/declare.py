"""What a reading of a canvas is: the sentences, the charts and the table that its notes' numbers make together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Sentences first, then charts (as pilothouse.charts makes them; `usermeta` holds a chart's title and subtitle),
    then a table. `caveats` say what would mislead, `how` how it was computed."""

    sentences: tuple[str, ...]
    charts: tuple[dict[str, Any], ...] = ()
    head: tuple[Any, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    caveats: tuple[str, ...] = ()
    how: str = ""
