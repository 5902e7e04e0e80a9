"""The ways to score that scorecards offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pilothouse.methods import ice, moscow, opportunity_score, rice, value_effort, wsjf
from pilothouse.planning.scorecards.criteria import Choice, Criterion
from pilothouse.planning.scorecards.matrices import Decision, Features
from pilothouse.planning.scorecards.way import Ranking, Row, Table, Way
from pilothouse.planning.scorecards.weighing import Ahp, Own, Weighted, weighed

FIBONACCI = (1, 2, 3, 5, 8, 13, 20)
__all__ = ["SORTING", "WAYS", "Ranking", "Row", "Table", "Way", "weighed"]


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
        return rice.analyse({key: self.taken(row) for key, row in table.items()})

    def taken(self, row: Row) -> dict[str, Any]:
        sure = row.get("confidence")
        return {**row, "confidence": None if sure is None else sure / 100}

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        if result.order[0] != result.order_at_full_confidence[0]:
            return [("first_rests_on_confidence", {"first": result.order_at_full_confidence[0]})]
        return []


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
        return value_effort.analyse(dict(table), cut=options.get("cut", "midpoint"))

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result.ratio)


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
        return opportunity_score.analyse({key: (row["importance"], row["satisfaction"]) for key, row in table.items()})


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
        needs = options.get("needs", {})
        rows = {
            key: {
                "priority": self.LETTERS[row["class_"] or 1], "effort": row.get("effort"),
                "needs": [other for other in needs.get(key, ()) if other in table],
            }
            for key, row in table.items()
        }  # fmt: skip
        found = moscow.analyse(rows, capacity=options.get("capacity"))
        return {key: row["class_"] for key, row in table.items()}, found

    def scores(self, result: Any) -> dict[int, float]:
        return dict(result[0])

    def remarks(self, result: Any) -> list[tuple[str, dict[str, Any]]]:
        found = result[1]
        shares = [("must_over_60", {"share": found.share["M"]})] if found.must_over_60 else []
        return [*shares, *(("needs_weaker", {"item": one.item, "needs": one.needs}) for one in found.inconsistent)]


WAYS: dict[str, Way] = {
    way.slug: way
    for way in (
        Rice(), Ice(), Wsjf(), ValueEffort(), Opportunity(), Moscow(), Weighted(), Ahp(), Own(), Decision(), Features(),
    )
}  # fmt: skip
SORTING = [slug for slug, way in WAYS.items() if way.sorts]
