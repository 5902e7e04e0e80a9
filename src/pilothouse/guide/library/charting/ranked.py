"""Methods that give each thing a number: bars, the longest first unless the things have an order of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilothouse.charts import Bar, Spec, bars
from pilothouse.guide.library.charting.parts import LONGEST, Result, is_drawn, pair, shown

MOST = 30


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """`values` holds a number a name, or for each name a row whose `part` is the number; rows of a list are called by
    their `name`. `ends` holds the intervals alike."""

    values: str
    part: str = ""
    name: str = ""
    ends: str = ""
    share: bool = False
    ordered: bool = False

    def __call__(self, result: Result) -> Spec | None:
        rows = list(self.rows(result))
        if not self.ordered:
            rows.sort(key=lambda row: -row.value)
        return bars(rows[:MOST], format=".0%" if self.share else "") if rows else None

    def rows(self, result: Result) -> Iterator[Bar]:
        ends = dict(by_name(result.get(self.ends), self.name)) if self.ends else {}
        for label, row in by_name(result.get(self.values), self.name):
            value = row.get(self.part) if self.part and isinstance(row, dict) else row
            if is_drawn(value):
                low, high = pair(ends.get(label)) or (None, None)
                said = shown(value, self.share)
                yield Bar(label[:LONGEST], value, said, tip(label[:LONGEST], said, low, high, self.share), low, high)


def by_name(values: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(values, dict):
        yield from ((str(key), value) for key, value in values.items())
    elif isinstance(values, list):
        for place, row in enumerate(values, start=1):
            yield str(row.get(name, place) if isinstance(row, dict) else place), row


def tip(label: str, said: str, low: float | None, high: float | None, share: bool) -> str:
    if low is None or high is None:
        return f"{label}: {said}"
    return f"{label}: {said} ({shown(low, share)} – {shown(high, share)})"


METHODS: dict[str, Ranked] = {
    "rice": Ranked(values="scores"),
    "ice": Ranked(values="product"),
    "wsjf": Ranked(values="wsjf"),
    "value_effort": Ranked(values="ratio"),
    "opportunity_score": Ranked(values="scores", ends="interval"),
    "weighted_scoring": Ranked(values="scores"),
    "weighted_decision_matrix": Ranked(values="totals"),
    "qspm_tows": Ranked(values="totals"),
    "ahp": Ranked(values="weights", share=True),
    "bradley_terry": Ranked(values="shares", ends="shares_ci", share=True),
    "maxdiff": Ranked(values="counts", part="std_bw"),
    "choice_based_conjoint": Ranked(values="importance"),
    "conjoint_ratings": Ranked(values="importance"),
    "moscow": Ranked(values="share", share=True, ordered=True),
    "multiple_response": Ranked(values="pct_of_cases", ends="ci_of_cases"),
    "csat_ces": Ranked(values="distribution", ordered=True),
    "decision_tree": Ranked(values="emv"),
    "tornado": Ranked(values="bars", name="driver", part="swing"),
    "ife_efe": Ranked(values="factors", name="name", part="weighted"),
    "porter_five_forces": Ranked(values="force_means"),
    "ansoff": Ranked(values="counts", ordered=True),
    "health_score": Ranked(values="accounts", part="score"),
    "heuristic_severity": Ranked(values="problems", part="mean"),
    "usability_discovery": Ranked(values="seen_by", ordered=True),
    "abc_pareto": Ranked(values="ranked", name="id", part="share", share=True),
    "rfm": Ranked(values="segments"),
    "anova": Ranked(values="means", ordered=True),
    "raking": Ranked(values="weights", ordered=True),
    "stickiness": Ranked(values="days_active", ordered=True),
    "funnel": Ranked(values="rates", ends="intervals", share=True, ordered=True),
    "ab_proportion": Ranked(values="rates", ends="intervals", share=True, ordered=True),
    "srm": Ranked(values="shares", share=True, ordered=True),
}
