"""Ways with criteria of people's own: weighted as stated, weighted by pairs (AHP), or put into a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pilothouse.methods import ahp, weighted_scoring
from pilothouse.planning.scorecards.criteria import Criterion
from pilothouse.planning.scorecards.formula import FormulaError, parse
from pilothouse.planning.scorecards.way import Table, Way


class Weighted(Way):
    slug, method, icon, decimals, free = "weighted", "weighted_scoring", "scale", 2, True
    name: Any = gettext_lazy("Weighted scoring")

    def criteria(self) -> list[Criterion]:
        scale = {"minimum": 1, "maximum": 5}
        return [
            Criterion(slug="value", name=_("Value for users"), weight=4, **scale),
            Criterion(slug="strategy", name=_("Fits our goals"), weight=3, **scale),
            Criterion(slug="risk", name=_("Risk"), weight=2, less=True, **scale),
            Criterion(slug="cost", name=_("Cost"), weight=2, less=True, **scale),
        ]  # fmt: skip

    def needed(self, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> tuple[str, ...]:
        """A missing cell leaves its weight to the others, so a row needs but one."""
        return ()

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        low, high = scale_of(criteria)
        declared = [{"name": one.slug, "weight": one.weight, "dir": "min" if one.less else "max"} for one in criteria]
        rows = {key: {one.slug: row.get(one.slug) for one in criteria} for key, row in table.items()}
        return weighted_scoring.analyse(rows, criteria=declared, scale=(low, high))

    def scores(self, result: Any) -> dict[int, float]:
        return {key: score for key, score in result.scores.items() if score is not None}

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        return [("alike", {"first": one, "second": other, "r": r}) for one, other, r in result.alike]


class Ahp(Weighted):
    """Weighted scoring whose weights come out of judgements in pairs (`options["pairs"]`: {"a b": 3})."""

    slug, method, icon = "ahp", "ahp", "git-compare"
    name = "AHP"

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        weights = weighed(criteria, options.get("pairs", {})).weights
        return super().result(
            table, [one.model_copy(update={"weight": weights[one.slug]}) for one in criteria], options
        )


class Own(Way):
    slug, method, icon, decimals, free = "own", "", "sigma", 2, True
    question = gettext_lazy("Which order does your own formula give?")
    name = gettext_lazy("Own formula")

    def criteria(self) -> list[Criterion]:
        return [
            Criterion(slug="value", name=pgettext("criterion", "Value"), minimum=0, maximum=10),
            Criterion(slug="effort", name=_("Effort"), minimum=0, less=True),
        ]

    def needed(self, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> tuple[str, ...]:
        return parse(options.get("formula", ""), [one.slug for one in criteria]).names

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        formula = parse(options.get("formula", ""), [one.slug for one in criteria])
        return {key: formula.value({name: row[name] or 0.0 for name in formula.names}) for key, row in table.items()}

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result)


def weighed(criteria: Sequence[Criterion], pairs: Mapping[str, float]) -> Any:
    """The AHP of the criteria: {"value cost": 3} says that value weighs three times cost. Raises MethodError."""
    slugs = [one.slug for one in criteria]
    matrix: list[list[float | None]] = [[1.0 if one == other else None for other in slugs] for one in slugs]
    for pair, judgement in pairs.items():
        first, _space, second = pair.partition(" ")
        if first in slugs and second in slugs:
            matrix[slugs.index(first)][slugs.index(second)] = judgement
            matrix[slugs.index(second)][slugs.index(first)] = 1 / judgement
    return ahp.analyse(matrix, items=slugs)


def scale_of(criteria: Sequence[Criterion]) -> tuple[float, float]:
    """The one scale that weighted criteria share."""
    ends = {(one.minimum, one.maximum) for one in criteria}
    if len(ends) != 1 or None in (found := next(iter(ends))):
        raise FormulaError(_("Weighted criteria need one scale in common, such as 1 to 5."))
    return found  # type: ignore[return-value]
