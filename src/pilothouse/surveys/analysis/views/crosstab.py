"""Cross-tabs: one or several questions by one grouping, side by side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis.crossing import cross
from pilothouse.surveys.analysis.views.common import grouping, page_of
from pilothouse.surveys.building.pages import survey_of
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref

MOST_BY = 3
SHOWS = ("down", "across", "counts")


@page
@require_safe
def crosstab(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """?row=q.q3&by=q.q1&by2=h.channel&show=down; without a choice, the first question."""
    survey = survey_of(request, actor, ref)
    frame, _selection, context = page_of(request, actor, survey, "results", "/crosstab")
    fields = context["fields"]
    rows = dict(fields.rows)
    row = request.GET.get("row", "")
    row = row if row in rows else next(iter(rows), "")
    wanted = [request.GET.get(name, "") for name in ("by", "by2", "by3")]
    banners = [name for name in dict.fromkeys(wanted) if grouping(fields, name) and name != row]
    show_as = request.GET.get("show", "")
    context |= {
        "row": row,
        "row_name": rows.get(row, ""),
        "banners": (banners + [""] * MOST_BY)[:MOST_BY],
        "show_as": show_as if show_as in SHOWS else "down",
        "crosses": [(name, dict(fields.groups)[name], cross(frame, row, name)) for name in banners],
    }
    return show(request, "surveys/analysis/crosstab.html", context)
