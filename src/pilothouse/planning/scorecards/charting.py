"""A scorecard as a chart: two criteria against each other with their cuts, else the scores as bars."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from pilothouse.charts import Bar, Point, bars, scatter
from pilothouse.jinja import decimal
from pilothouse.planning.scorecards.table import Sheet
from pilothouse.workbench.models import Item

MOST_BARS = 40


def chart_of(found: Sheet) -> dict[str, Any] | None:
    """None where there is nothing to draw, or where the classes say it all."""
    if len(found.ranking.scores) < 2 or found.card.way in ("moscow", "features"):
        return None
    if found.card.way == "value_effort":
        return value_effort(found)
    if found.card.way == "opportunity":
        return opportunity(found)
    return scores(found)


def value_effort(found: Sheet) -> dict[str, Any]:
    value_cut, effort_cut = found.ranking.result.cut
    corners = [_("Quick wins"), _("Big bets"), _("Fill-ins"), _("Time sinks")]
    return scatter(
        points(found, "effort", "value"), x_title=_("Effort"), y_title=_("Value"), x_domain=(0.5, 10.5),
        y_domain=(0.5, 10.5), x_cut=effort_cut, y_cut=value_cut, quadrants=corners,
    )  # fmt: skip


def opportunity(found: Sheet) -> dict[str, Any]:
    """Below the diagonal of equal importance and satisfaction lies what is served well already."""
    corners = [_("Unimportant, served well"), _("Important, served well"), _("Let it be"), _("Opportunities")]
    return scatter(
        points(found, "importance", "satisfaction"), x_title=_("Importance"), y_title=_("Satisfaction"),
        x_domain=(-0.5, 10.5), y_domain=(-0.5, 10.5), x_cut=5, y_cut=5, quadrants=corners,
    )  # fmt: skip


def points(found: Sheet, x: str, y: str) -> list[Point]:
    """Each with the range of what people said, and a link to who said what."""
    made = []
    for item in found.rows:
        if item.pk in found.ranking.scores:
            across, up = found.cells[item.pk][x], found.cells[item.pk][y]
            tip = f"{item.ref} {item.title}: {decimal(across.value, 1)}, {decimal(up.value, 1)}"
            made.append(
                Point(
                    item.ref, across.value or 0.0, up.value or 0.0, tip, row_url(found, item), *ends(across), *ends(up)
                )
            )
    return made


def ends(cell: Any) -> tuple[float | None, float | None]:
    said = [entry.value for entry in cell.entries]
    return (min(said), max(said)) if len(said) > 1 else (None, None)


def scores(found: Sheet) -> dict[str, Any]:
    places = found.card.declared.decimals
    shown = [item for item in found.rows if item.pk in found.ranking.scores][:MOST_BARS]
    rows = []
    for item in shown:
        figure = decimal(found.ranking.scores[item.pk], places)
        tip = f"{item.ref} {item.title}: {figure}"
        rows.append(
            Bar(f"{item.ref} {item.title}", found.ranking.scores[item.pk], figure, tip, url=row_url(found, item))
        )
    return bars(rows, format="")


def row_url(found: Sheet, item: Item) -> str:
    return f"{found.card.url}/rows/{item.number}"
