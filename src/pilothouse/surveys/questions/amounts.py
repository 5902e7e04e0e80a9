"""Levels of an attribute that name a number: 5 in "5 years", 1200 in "¥1,200"."""

from __future__ import annotations

import re
import unicodedata

from pilothouse.surveys.definition import Row

NUMBER = re.compile(r"(?<![\w.])[-+]?\d[\d,]*(?:\.\d+)?|\d[\d,]*(?:\.\d+)?")


def levels_as_numbers(attribute: Row) -> dict[str, float | None]:
    """The first number in the words of each level: 5 in "5 years", None where there is none."""
    return {level: number_in(next(iter(text.words.values()), "")) for level, text in attribute.more.items()}


def number_in(words: str) -> float | None:
    found = NUMBER.search(unicodedata.normalize("NFKC", words))
    return float(found[0].replace(",", "")) if found else None
