"""Methods whose result runs along something: time, a price, the number of people asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilothouse.charts import Curve, Moment, Spec, curves, trend
from pilothouse.guide.library.charting.parts import LONGEST, Result, is_drawn, listed, named, shown

MOST_LINES = 6
SHARE = (0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Lined:
    """`lines` are (part of the result, its name); `along` is the part that holds the places, which are numbers, or
    words such as days, or 1, 2, 3 … where there is none."""

    lines: tuple[tuple[str, Any], ...]
    along: str = ""
    inside: str = ""  # the part that holds all of these
    title: Any = ""
    y_title: Any = ""
    share: bool = False
    first: int = 1

    def __call__(self, result: Result) -> Spec | None:
        found = named(result.get(self.inside)) if self.inside else result
        lines = [(str(name), listed(found.get(part))) for part, name in self.lines]
        places = listed(found.get(self.along)) or list(range(self.first, 501))
        return drawn(lines, places, str(self.title), str(self.y_title), self.share)


def drawn(
    lines: Sequence[tuple[str, Sequence[Any]]], places: Sequence[Any], title: str, y_title: str, share: bool
) -> Spec | None:
    there = [(name, points_of(values, places)) for name, values in lines]
    there = [(name, points) for name, points in there if points][:MOST_LINES]
    if not there:
        return None
    if all(is_drawn(x) for _name, points in there for x, _y in points):
        made = [Curve(name, points, [tip(name, x, y, share) for x, y in points]) for name, points in there]
        domain = SHARE if share else None
        return curves(made, x_title=title, y_title=y_title, format=".0%" if share else "", y_domain=domain)
    moments = [Moment(str(x), y, tip(name, x, y, share), series=name) for name, points in there for x, y in points]
    return trend(moments, y_title=y_title, format=".0%" if share else "", domain=SHARE if share else None)


def points_of(values: Sequence[Any], places: Sequence[Any]) -> list[tuple[Any, float]]:
    return [(x, float(y)) for x, y in zip(places, values, strict=False) if is_drawn(y)]


def tip(name: str, x: Any, y: float, share: bool) -> str:
    return f"{name}, {shown(x) if is_drawn(x) else x}: {shown(y, share)}"


def by_cohort(result: Result) -> Spec | None:
    """A line for each cohort, from the period in which it came."""
    lines = [(name[:LONGEST], listed(rates)) for name, rates in named(result.get("rates")).items()]
    return drawn(lines, range(500), str(_("Periods since they came")), str(_("Still there")), True)


def by_week(result: Result) -> Spec | None:
    found = named(result.get("P_done_by_week"))
    weeks = [float(week) for week in found if week.isdecimal()]
    return drawn([(str(_("Chance to be done")), list(found.values()))], weeks, str(_("Weeks")), "", True)


def stages_of_flow(result: Result) -> Spec | None:
    lines = [(name[:LONGEST], listed(counts)) for name, counts in named(result.get("reached")).items()]
    return drawn(lines, listed(result.get("days")), "", str(_("Arrived so far")), False)


def prices(result: Result) -> Spec | None:
    """Van Westendorp's four curves, with the points where they meet."""
    found = named(result.get("curves"))
    total = found.get("total") or 1
    parts = [("too_cheap", _("Too cheap")), ("not_cheap", _("Not cheap")), ("expensive", _("Expensive")),
             ("too_expensive", _("Too expensive"))]  # fmt: skip
    lines = []
    for part, name in parts:
        points = [(x, y / total) for x, y in points_of(listed(found.get(part)), listed(found.get("prices")))]
        lines.append(Curve(str(name), points, [tip(str(name), x, y, True) for x, y in points]))
    marks = [(result[part], shown(result[part])) for part in ("lower", "idp", "upper") if is_drawn(result.get(part))]
    there = [line for line in lines if line.points]
    return curves(there, x_title=str(_("Price")), y_title=str(_("Share of people")), marks=marks) if there else None


def survivors(result: Result) -> Spec | None:
    """A staircase for each group: nothing changes between two losses."""
    groups = named(result.get("curves")) or by_stratum(result)
    lines = []
    for name, group in groups.items():
        steps = points_of(listed(named(group).get("surv")), listed(named(group).get("time")))
        if steps and all(is_drawn(x) for x, _y in steps):
            lines.append(
                Curve(name[:LONGEST], staircase(steps), ["", *(tip(name, x, y, True) for x, y in twice(steps))])
            )
    return curves(lines[:MOST_LINES], x_title=str(_("Time")), y_title=str(_("Still there"))) if lines else None


def by_stratum(result: Result) -> dict[str, Any]:
    groups: dict[str, Any] = {}
    rows = zip(*(listed(result.get(part)) for part in ("strata", "time", "surv")), strict=False)
    for name, time, share in rows:
        group = groups.setdefault(str(name), {"time": [], "surv": []})
        group["time"].append(time)
        group["surv"].append(share)
    return groups


def staircase(steps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    found, level = [(0.0, 1.0)], 1.0
    for time, share in steps:
        found += [(time, level), (time, share)]
        level = share
    return found


def twice(steps: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [step for step in steps for _end in "ab"]


def forecast(result: Result) -> Spec | None:
    """Each period ahead, with its interval."""
    rows = zip(*(listed(result.get(part)) for part in ("fc", "low", "high")), strict=False)
    moments = [
        Moment(f"+{place}", value, f"+{place}: {shown(value)} ({shown(low)} – {shown(high)})", low, high)
        for place, (value, low, high) in enumerate(rows, start=1)
        if all(is_drawn(one) for one in (value, low, high))
    ]
    return trend(moments) if moments else None


PERIODS = _("Period")
METHODS: dict[str, Any] = {
    "van_westendorp": prices,
    "kaplan_meier": survivors,
    "survival": survivors,
    "retention": by_cohort,
    "forecast_mc": by_week,
    "cumulative_flow": stages_of_flow,
    "timeseries": forecast,
    "gabor_granger": Lined(
        along="prices", lines=(("demand", _("Would buy")),), title=_("Price"), y_title=_("Share of people"), share=True
    ),
    "retention_model": Lined(
        lines=(("survival", _("Still there")), ("retention", _("Renewed each time"))), title=PERIODS, share=True,
        first=0,
    ),
    "saturation": Lined(
        lines=(("cumulative", _("Codes found")), ("expected_curve", _("Expected in any order"))),
        title=_("Conversations"),
    ),
    "burn": Lined(
        along="days", lines=(("scope", _("Scope")), ("done", _("Done")), ("remaining", _("Remaining"))),
    ),
    "growth_accounting": Lined(
        along="periods", lines=(("active", _("Active")), ("new", _("New")), ("churned", _("Lost"))),
    ),
    "bass_diffusion": Lined(
        inside="nls_srinivasan_mason", lines=(("fitted", _("By the curve")),), title=PERIODS
    ),
    "npv": Lined(lines=(("cumulative", _("Added up, discounted")),), title=PERIODS, first=0),
    "payback": Lined(
        lines=(("cumulative", _("Added up")), ("discounted_cumulative", _("Added up, discounted"))), title=PERIODS,
        first=0,
    ),
}  # fmt: skip
