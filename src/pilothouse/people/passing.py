"""How long a request waits for whoever writes just now: not for long, and for notes made in passing hardly at all."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection

log = logging.getLogger(__name__)
PATIENCE = 5  # seconds
PASSING_MS = 200


def hurry(database: dict[str, Any]) -> None:
    """Who waits to write holds a thread by which others read: a request gives up, in words, sooner than a job does."""
    options = database["OPTIONS"]
    if "timeout" in options:
        options["timeout"] = PATIENCE
    else:
        options["options"] += f" -c lock_timeout={PATIENCE}s"


@contextmanager
def in_passing(note: object) -> Iterator[None]:
    """Where somebody was last, and the like: while SQLite is written to, the page comes all the same, without it."""
    sqlite = connection.connection if connection.vendor == "sqlite" and not connection.in_atomic_block else None
    try:
        if sqlite:
            sqlite.execute(f"PRAGMA busy_timeout={PASSING_MS}")
        yield
    except OperationalError:
        if connection.in_atomic_block:
            raise
        log.info("not noted, for the database is busy: %s", note)
    finally:
        if sqlite:
            sqlite.execute(f"PRAGMA busy_timeout={connection.settings_dict['OPTIONS']['timeout'] * 1000:.0f}")
