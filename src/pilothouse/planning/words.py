"""Short names that people type, kept only when they can be: seen, short enough, and storable."""

from __future__ import annotations

from typing import Any

from pilothouse.kinds import FieldError
from pilothouse.workbench.writing.cleaning import Invalid, refuse_unstorable, seen


def named(raw: str, place: str, most: int, refusal: Any) -> str:
    """A name in one line, else Invalid at `place`: with `refusal` where nothing of it can be seen or it is too long."""
    name = storable(" ".join(raw.split()), place)
    if not seen(name) or len(name) > most:
        raise Invalid({place: refusal})
    return name


def storable(text: str, place: str) -> str:
    try:
        refuse_unstorable(text)
    except FieldError as error:
        raise Invalid({place: error}) from None
    return text
