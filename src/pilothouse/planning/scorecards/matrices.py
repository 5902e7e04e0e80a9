"""Tables that are decided by rather than sorted by: the options of a decision, and what competitors offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pilothouse.methods import MethodError, topsis, weighted_decision_matrix, weighted_scoring
from pilothouse.planning.scorecards.criteria import Choice, Criterion
from pilothouse.planning.scorecards.way import Table
from pilothouse.planning.scorecards.weighing import Weighted, scale_of

DRAWS = 4_000


class Decision(Weighted):
    """Rows are the options of one decision; the card's item lies below it."""

    slug, method, icon, sorts, most = "decision", "weighted_decision_matrix", "gavel", False, 30
    name: Any = gettext_lazy("Decision matrix")

    def criteria(self) -> list[Criterion]:
        scale = {"minimum": 1, "maximum": 5}
        return [
            Criterion(slug="value", name=_("Value for users"), weight=4,
                      guidance=_("5 solves it for nearly all of them, 1 for hardly any."), **scale),
            Criterion(slug="cost", name=_("Cost"), weight=3, less=True,
                      guidance=_("5 is the most expensive."), **scale),
            Criterion(slug="risk", name=_("Risk"), weight=2, less=True,
                      guidance=_("5: it may well fail, or cannot be undone."), **scale),
            Criterion(slug="speed", name=_("How soon it helps"), weight=2,
                      guidance=_("5 within weeks, 1 not this year."), **scale),
        ]  # fmt: skip

    def needed(self, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> tuple[str, ...]:
        """An option with a gap is not ranked: who guesses what is missing decides by the guess."""
        return tuple(one.slug for one in criteria)

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        rows = [[turned(one, row[one.slug]) for one in criteria] for row in table.values()]
        scale_of(criteria)
        total = sum(one.weight for one in criteria) or 1.0
        return weighted_decision_matrix.analyse(
            rows, weights=[one.weight / total for one in criteria], alternatives=[str(key) for key in table],
            criteria=[one.slug for one in criteria], draws=DRAWS if len(rows) > 1 else 100,
        )  # fmt: skip

    def scores(self, result: Any) -> dict[int, float]:
        return {int(key): total for key, total in result.totals.items()}

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        return []


def turned(criterion: Criterion, value: float | None) -> float:
    """A value on a scale where more is better: a criterion that is to be kept small is mirrored on its own scale, not
    on the values of the other rows, so that a score depends on its row alone."""
    low, high, found = criterion.minimum or 0.0, criterion.maximum or 0.0, value or 0.0
    return low + high - found if criterion.less else found


def closest(table: Table, criteria: Sequence[Criterion]) -> int | None:
    """The option that TOPSIS ranks first, nearest to the best and farthest from the worst of every criterion; None
    where it can rank none."""
    rows = [[turned(one, row[one.slug]) for one in criteria] for row in table.values()]
    try:
        found = topsis.analyse(
            rows, weights=[one.weight for one in criteria], alternatives=[str(key) for key in table],
            criteria=[one.slug for one in criteria],
        )  # fmt: skip
    except MethodError:
        return None
    return None if found.all_equal else int(found.order[0])


class Features(Weighted):
    """Rows are competitors, and the card's own item stands for our product. A criterion without a scale is answered
    by yes, partly or no."""

    slug, method, icon, sorts, decimals = "features", "weighted_scoring", "swords", False, 0
    most, most_criteria = 31, 60
    name: Any = gettext_lazy("Feature comparison")
    question: Any = gettext_lazy("Where do competitors lead, and where do we?")

    def criteria(self) -> list[Criterion]:
        return []

    def columns(self, criteria: Sequence[Criterion]) -> list[Criterion]:
        answers = (
            Choice(value=1, name=pgettext("feature", "yes")), Choice(value=0.5, name=pgettext("feature", "partly")),
            Choice(value=0, name=pgettext("feature", "no")),
        )  # fmt: skip
        return [one if one.minimum is not None else one.model_copy(update={"choices": answers}) for one in criteria]

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        declared = [{"name": one.slug, "weight": one.weight} for one in criteria]
        rows = {key: {one.slug: share(one, row.get(one.slug)) for one in criteria} for key, row in table.items()}
        return weighted_scoring.analyse(rows, criteria=declared, scale=(0, 1))

    def scores(self, result: Any) -> dict[int, float]:
        return {key: score * 100 for key, score in super().scores(result).items()}

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        return []


def share(criterion: Criterion, value: float | None) -> float | None:
    """From 0, not there, to 1, all there."""
    if value is None or criterion.choices:
        return value
    low, high = criterion.minimum or 0.0, criterion.maximum or 1.0
    part = (value - low) / (high - low)
    return 1 - part if criterion.less else part
