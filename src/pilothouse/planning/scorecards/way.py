"""What a way to score is: the criteria it asks for, and the method that makes a ranking of them.

Every score depends on its own row alone, so that one row can be tried out to see what would turn the order over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from pilothouse.methods import MethodError
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.formula import FormulaError

Row = Mapping[str, float | None]
Table = Mapping[int, Row]


@dataclass(frozen=True)
class Ranking:
    """Scores by item, best first in `order` (ties in the order given). `missing` names the criteria that an item still
    lacks, `problems` says why its numbers have no score, `remarks` holds codes about the whole with their figures;
    `result` is what the method itself returned."""

    scores: dict[int, float]
    order: tuple[int, ...]
    missing: dict[int, tuple[str, ...]]
    problems: dict[int, str]
    remarks: tuple[tuple[str, dict[str, Any]], ...] = ()
    result: Any = None

    def place(self, key: int) -> int | None:
        """1 for the best; equal scores share a place."""
        if key not in self.scores:
            return None
        return 1 + sum(score > self.scores[key] for score in self.scores.values())


class Way:
    """Subclassed once a way. `free` ones let people write their own criteria."""

    slug: ClassVar[str]
    method: ClassVar[str]  # its id in the methods' registry
    name: Any
    icon: ClassVar[str]
    free: ClassVar[bool] = False
    decimals: ClassVar[int] = 1
    most: ClassVar[int] = 1_000  # rows
    most_criteria: ClassVar[int] = 30
    sorts: ClassVar[bool] = True  # its scores are an order that items of a list can be sorted by
    question: Any = ""  # what it answers, where that is not the question of its method

    def criteria(self) -> list[Criterion]:
        """Those it comes with, worded in the reader's language."""
        raise NotImplementedError

    def columns(self, criteria: Sequence[Criterion]) -> list[Criterion]:
        """People's own criteria as they are asked for."""
        return list(criteria)

    def rank(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Ranking:
        """The ranking of a table {item: {criterion: value}}."""
        if not criteria:
            return Ranking({}, (), {}, {})
        needed = self.needed(criteria, options)
        missing = {key: lacks for key, row in table.items() if (lacks := lacking(row, needed))}
        filled = {key: row for key, row in table.items() if key not in missing}
        problems = self.problems(filled, criteria, options)
        complete = {key: row for key, row in filled.items() if key not in problems}
        result = self.result(complete, criteria, options) if complete else None
        scores = self.scores(result) if result is not None else {}
        order = tuple(sorted(scores, key=lambda key: -scores[key]))
        remarks = tuple(self.remarks(result)) if len(scores) > 1 else ()
        return Ranking(scores, order, missing, problems, remarks, result)

    def problems(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> dict[int, str]:
        """Why a row that lacks nothing has no score all the same, by item: each row is tried alone."""
        found = {}
        for key, row in table.items():
            try:
                self.result({key: row}, criteria, options)
            except (MethodError, FormulaError) as error:
                found[key] = worded(error)
        return found

    def needed(self, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(criterion.slug for criterion in criteria)

    def taken(self, row: Row) -> dict[str, Any]:
        """A row as the method takes it."""
        return dict(row)

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result.scores)

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        return []


def lacking(row: Row, needed: Sequence[str]) -> tuple[str, ...]:
    return tuple(slug for slug in needed if row.get(slug) is None)


def worded(error: Exception) -> str:
    if not isinstance(error, MethodError):
        return str(error)
    texts = {
        "effort_not_positive": _("The effort must be more than zero."),
        "not_positive": _("This must be more than zero."),
        "not_connected": _("Compare the criteria in pairs first."),
        "confidence_over_one": _("Confidence is at most 100 %."),
        "too_small": _("A value is smaller than the scale allows."),
        "too_large": _("A value is larger than the scale allows."),
    }
    return texts.get(error.code, _("These numbers have no score (%(code)s).") % {"code": error.code})
