"""A question as a page reads it: its columns, whose answers, and where its figures lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pilothouse.surveys.analysis.figures import Mean
from pilothouse.surveys.analysis.frame import Array, Asked, Frame
from pilothouse.surveys.analysis.naming import asked_of, short
from pilothouse.surveys.analysis.picking import Selection
from pilothouse.surveys.instruments.words import number


@dataclass(frozen=True)
class Block:
    """A question as it was asked in some versions, its columns, and whose answers are read."""

    columns: Sequence[Asked]
    frame: Frame
    selection: Selection

    @property
    def first(self) -> Asked:
        return self.columns[0]

    @property
    def title(self) -> str:
        return short(asked_of(self.first.question), 120)

    def rows(self, name: str, value: str) -> str:
        """The address of the responses behind a figure."""
        return self.selection.url(f"{self.frame.survey.url}/responses", (name, value))

    def name(self, asked: Asked) -> str:
        column = asked.column
        return f"q.{column.question}.{column.key}" if column.key else f"q.{column.question}"

    def known(self) -> Array:
        found = np.zeros(self.frame.n, dtype=bool)
        for asked in self.columns:
            found |= self.frame.known(asked)
        return found

    def column(self, asked: Asked) -> Array:
        return self.frame.column(asked.column.question, asked.column.key, asked.column.measure)


def interval(found: Mean | None) -> str:
    if found is None:
        return "–"
    return f"{number(found.mean)} ({number(found.low)} – {number(found.high)})"
