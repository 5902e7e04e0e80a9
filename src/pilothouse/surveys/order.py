"""The order of changes: every write to a response stamps it, so that an analysis reads only what is new."""

from __future__ import annotations

import time


def stamp() -> int:
    """The number to store in `Response.changed` at a write: microseconds since 1970. An analysis reads the rows above
    the largest it knows. A writer that commits late may store a smaller number; the sum of all stamps then tells that
    one is missing (see `analysis.keeping`)."""
    return time.time_ns() // 1_000
