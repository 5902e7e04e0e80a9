"""Ways to score: which criteria a scorecard asks for, and the method that makes a number of them.

Every score depends on its own row alone, so that one row can be tried out to see what would turn the order over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pilothouse.methods import MethodError
from pilothouse.planning.scorecards.criteria import Choice, Criterion
from pilothouse.planning.scorecards.formula import FormulaError, parse

Row = Mapping[str, float | None]
Table = Mapping[int, Row]
FIBONACCI = (1, 2, 3, 5, 8, 13, 20)


@dataclass(frozen=True)
class Ranking:
    """Scores by item, best first in `order` (ties in the order given). `missing` names the criteria that an item still
    lacks, `problems` says why its numbers have no score, `notes` holds a word for an item (a corner of the chart, a
    band), `remarks` codes about the whole with their figures; `result` is what the method itself returned."""

    scores: dict[int, float]
    order: tuple[int, ...]
    missing: dict[int, tuple[str, ...]]
    problems: dict[int, str]
    notes: dict[int, str] = field(default_factory=dict)
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
    name: ClassVar[Any]
    icon: ClassVar[str]
    free: ClassVar[bool] = False
    decimals: ClassVar[int] = 1

    def criteria(self) -> list[Criterion]:
        """Those it comes with, worded in the reader's language."""
        raise NotImplementedError

    def rank(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Ranking:
        """The ranking of a table {item: {criterion: value}}."""
        needed = self.needed(criteria, options)
        missing = {key: lacks for key, row in table.items() if (lacks := lacking(row, needed))}
        problems: dict[int, str] = {}
        complete: dict[int, Row] = {}
        for key, row in table.items():
            if key in missing:
                continue
            try:
                self.result({key: row}, criteria, options)
                complete[key] = row
            except (MethodError, FormulaError) as error:
                problems[key] = worded(error)
        result = self.result(complete, criteria, options) if complete else None
        scores = self.scores(result) if result is not None else {}
        return Ranking(
            scores=scores, order=tuple(sorted(scores, key=lambda key: -scores[key])), missing=missing,
            problems=problems, notes=self.notes(result) if result is not None else {},
            remarks=tuple(self.remarks(result)) if len(scores) > 1 else (), result=result,
        )  # fmt: skip

    def needed(self, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(criterion.slug for criterion in criteria)

    def taken(self, row: Row) -> dict[str, Any]:
        """A row as the method takes it."""
        return dict(row)

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result.scores)

    def notes(self, result: Any) -> dict[int, str]:
        return {}

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


class Rice(Way):
    slug, method, icon = "rice", "rice", "divide"
    name = "RICE"

    def criteria(self) -> list[Criterion]:
        impacts = [(3, _("massive")), (2, _("high")), (1, _("medium")), (0.5, _("low")), (0.25, _("minimal"))]
        return [
            Criterion(
                slug="reach", name=_("Reach"), minimum=0, unit=_("people per quarter"), field="reach",
                guidance=_("How many people meet this in a quarter? Count, and use the same period in every row."),
            ),
            Criterion(
                slug="impact", name=_("Impact"), field="impact",
                guidance=_("How much does it change for each of them?"),
                choices=tuple(Choice(value=value, name=name) for value, name in impacts),
            ),
            Criterion(
                slug="confidence", name=_("Confidence"), minimum=0, maximum=100, unit="%", field="confidence",
                guidance=_("100 data, 80 good signs, 50 a hunch."),
            ),
            Criterion(
                slug="effort", name=_("Effort"), minimum=0, unit=_("person-months"), less=True, field="effort",
                guidance=_("All skills together, in person-months."),
            ),
        ]  # fmt: skip

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        from pilothouse.methods import rice

        return rice.analyse({key: self.taken(row) for key, row in table.items()})

    def taken(self, row: Row) -> dict[str, Any]:
        sure = row.get("confidence")
        return {**row, "confidence": None if sure is None else sure / 100}

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        if result.order[0] != result.order_at_full_confidence[0]:
            return [("first_rests_on_confidence", {"first": result.order_at_full_confidence[0]})]
        return []

    def notes(self, result: Any) -> dict[int, str]:
        return dict.fromkeys(result.moonshots, "moonshot")


class Ice(Way):
    slug, method, icon = "ice", "ice", "snowflake"
    name = "ICE"

    def criteria(self) -> list[Criterion]:
        scale = {"minimum": 1, "maximum": 10, "whole": True}
        return [
            Criterion(slug="impact", name=_("Impact"), guidance=_("10 changes everything, 1 is barely felt."), **scale),
            Criterion(slug="confidence", name=_("Confidence"), guidance=_("10 is proved, 1 is a hunch."), **scale),
            Criterion(slug="ease", name=_("Ease"), guidance=_("10 takes a day, 1 takes a year."), **scale),
        ]  # fmt: skip

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        from pilothouse.methods import ice

        return ice.analyse(dict(table), variant=options.get("variant", "product"))

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result.product if result.variant == "product" else result.mean)

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        return [] if result.variants_agree else [("product_and_mean_differ", {})]


class Wsjf(Way):
    slug, method, icon, decimals = "wsjf", "wsjf", "timer", 2
    name = "WSJF"

    def criteria(self) -> list[Criterion]:
        choices = tuple(Choice(value=value, name=str(value)) for value in FIBONACCI)
        return [
            Criterion(
                slug="value", name=_("User and business value"), choices=choices,
                guidance=_("Against the other rows: the smallest gets 1."),
            ),
            Criterion(
                slug="time_criticality", name=_("Time criticality"), choices=choices,
                guidance=_("How fast does the value fade if it comes later?"),
            ),
            Criterion(
                slug="risk_reduction", name=_("Risk and chance"), choices=choices,
                guidance=_("What risk does it take away, what does it make possible?"),
            ),
            Criterion(
                slug="size", name=_("Job size"), choices=choices, less=True,
                guidance=_("How long the team is busy with it; the smallest gets 1."),
            ),
        ]  # fmt: skip

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        from pilothouse.methods import wsjf

        return wsjf.analyse(dict(table))

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result.wsjf)

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        named = {criterion.slug: criterion.name for criterion in self.criteria()}
        return [("no_one", {"criterion": named[slug]}) for slug in result.no_one]


class ValueEffort(Way):
    slug, method, icon, decimals = "value_effort", "value_effort", "chart-scatter", 2
    name = gettext_lazy("Value and effort")

    def criteria(self) -> list[Criterion]:
        return [
            Criterion(slug="value", name=pgettext("criterion", "Value"), minimum=1, maximum=10,
                      guidance=_("Scored by those who know the users.")),
            Criterion(slug="effort", name=_("Effort"), minimum=1, maximum=10, less=True,
                      guidance=_("Scored by those who build it.")),
        ]  # fmt: skip

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        from pilothouse.methods import value_effort

        return value_effort.analyse(dict(table), cut=options.get("cut", "midpoint"))

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result.ratio)

    def notes(self, result: Any) -> dict[int, str]:
        return dict(result.quadrant)


class Opportunity(Way):
    slug, method, icon = "opportunity", "opportunity_score", "target"
    name = gettext_lazy("Opportunity score")

    def criteria(self) -> list[Criterion]:
        scale = {"minimum": 0, "maximum": 10}
        return [
            Criterion(slug="importance", name=_("Importance"),
                      guidance=_("Ten times the share who call it important."), **scale),
            Criterion(slug="satisfaction", name=_("Satisfaction"), less=True,
                      guidance=_("Ten times the share who are satisfied with it today."), **scale),
        ]  # fmt: skip

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        from pilothouse.methods import opportunity_score

        return opportunity_score.analyse({key: (row["importance"], row["satisfaction"]) for key, row in table.items()})

    def notes(self, result: Any) -> dict[int, str]:
        return {key: "overserved" if key in result.overserved else band for key, band in result.band.items()}


class Weighted(Way):
    slug, method, icon, decimals, free = "weighted", "weighted_scoring", "scale", 2, True
    name = gettext_lazy("Weighted scoring")

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
        from pilothouse.methods import weighted_scoring

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


class Moscow(Way):
    """Classes instead of numbers; effort and what an item needs make its shares and contradictions visible."""

    slug, method, icon, decimals = "moscow", "moscow", "rows-3", 0
    name = "MoSCoW"
    LETTERS: ClassVar[dict[float, str]] = {4: "M", 3: "S", 2: "C", 1: "W"}

    def criteria(self) -> list[Criterion]:
        names = {4: _("Must"), 3: _("Should"), 2: _("Could"), 1: _("Won't, this time")}
        return [
            Criterion(
                slug="class_", name=pgettext("MoSCoW", "Class"),
                choices=tuple(Choice(value=value, name=name) for value, name in names.items()),
                guidance=_("Must: without it there is no point, no law kept, no safety, no workable solution."),
            ),
            Criterion(slug="effort", name=_("Effort"), minimum=0, less=True, field="effort",
                      guidance=_("In any one unit; rows without it stay outside the shares.")),
        ]  # fmt: skip

    def needed(self, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> tuple[str, ...]:
        return ("class_",)

    def result(self, table: Table, criteria: Sequence[Criterion], options: Mapping[str, Any]) -> Any:
        from pilothouse.methods import moscow

        needs = options.get("needs", {})
        rows = {
            key: {
                "priority": self.LETTERS[row["class_"] or 1], "effort": row.get("effort"),
                "needs": [other for other in needs.get(key, ()) if other in table],
            }
            for key, row in table.items()
        }  # fmt: skip
        return {key: row["class_"] for key, row in table.items()}, moscow.analyse(rows)

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result[0])

    def notes(self, result: Any) -> dict[int, str]:
        return {key: self.LETTERS[value] for key, value in result[0].items()}

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        found = result[1]
        shares = [("must_over_60", {"share": found.share["M"]})] if found.must_over_60 else []
        return [*shares, *(("needs_weaker", {"item": one.item, "needs": one.needs}) for one in found.inconsistent)]


class Own(Way):
    slug, method, icon, decimals, free = "own", "", "sigma", 2, True
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
    from pilothouse.methods import ahp

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


WAYS: dict[str, Way] = {
    way.slug: way for way in (Rice(), Ice(), Wsjf(), ValueEffort(), Opportunity(), Moscow(), Weighted(), Ahp(), Own())
}
