"""Who wants to know when somebody has answered: called after the answer is safe, and never in its way."""

from __future__ import annotations

import logging
from collections.abc import Callable

from pilothouse.surveys.models import Response

log = logging.getLogger(__name__)
FINISHED: list[Callable[[Response], None]] = []


def finished(listener: Callable[[Response], None]) -> Callable[[Response], None]:
    """A decorator: `listener` is called with every response that reaches an end. It must be quick, or start a job."""
    FINISHED.append(listener)
    return listener


def tell(response: Response) -> None:
    for listener in FINISHED:
        try:
            listener(response)
        except Exception:
            log.exception("a listener failed on a finished response")
