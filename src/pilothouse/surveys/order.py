"""The order of changes: every write to a response stamps it, so that an analysis reads only what is new."""

from __future__ import annotations

import time


def stamp() -> int:
    """A number for `Response.changed`, larger than those before it. Microseconds, so no two writers wait for each
    other; one that commits late is noticed by the sum of all stamps (see `analysis.keeping`)."""
    return time.time_ns() // 1_000
