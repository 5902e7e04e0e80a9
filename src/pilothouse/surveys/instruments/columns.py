"""From a frame's columns to what methods take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from pilothouse.surveys.analysis.frame import Array, Asked, Frame

MOST_SEGMENTS = 8


def points(frame: Frame, question: str, key: str = "") -> Array:
    """The points of a scale as numbers, nan where there is no answer or no such column."""
    try:
        codes, labels = frame.column(question, key, "ordinal"), frame.labels(question, key, "ordinal")
    except KeyError:
        return np.full(frame.n, np.nan)
    return np.array([*(float(label) for label in labels), np.nan])[codes]


def numbers(frame: Frame, question: str, key: str, measure: str = "number") -> Array:
    try:
        return frame.column(question, key, measure)
    except KeyError:
        return np.full(frame.n, np.nan)


def codes(frame: Frame, question: str, key: str = "") -> tuple[Array, list[str]]:
    """Choices as places in the list of ids, -1 for none."""
    try:
        return frame.column(question, key, "nominal"), frame.labels(question, key, "nominal")
    except KeyError:
        return np.full(frame.n, -1), []


def known(array: Array) -> list[Any]:
    """Without the missing, as Python numbers: whole ones as whole."""
    there = array[~np.isnan(array)]
    return [int(value) if value == int(value) else float(value) for value in there.tolist()]


def segments(frame: Frame) -> Sequence[Asked]:
    """The questions by which answers can be split: one choice out of a few."""
    return [
        asked
        for asked in frame.book.by_key.values()
        if asked.column.measure == "nominal" and asked.question.type in ("single", "picture") and not asked.column.key
        if 2 <= len(asked.column.codes) <= MOST_SEGMENTS
    ]
