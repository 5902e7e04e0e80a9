"""A figure from wave to wave."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pilothouse.people.access import Actor
from pilothouse.surveys.analysis import waves
from pilothouse.surveys.analysis.fields import Fields
from pilothouse.surveys.analysis.frame import Frame
from pilothouse.surveys.analysis.naming import value_name
from pilothouse.surveys.analysis.picking import Selection, values_of
from pilothouse.surveys.analysis.views.common import page_of
from pilothouse.surveys.analysis.waves import MONTH, WEEK, Point
from pilothouse.surveys.building.pages import survey_of
from pilothouse.surveys.instruments.declare import Figure, Reading, Table, cell
from pilothouse.surveys.instruments.words import number, percent
from pilothouse.workbench.pages import page, show
from pilothouse.workbench.views.common import Ref


@page
@require_safe
def trend(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    """?of=q.q4&wave=week, for a choice also &value=a."""
    survey = survey_of(request, actor, ref)
    frame, selection, context = page_of(request, actor, survey, "results", "/trend")
    fields = context["fields"]
    by = request.GET.get("wave", "")
    ways = [
        (WEEK, _("Week")),
        (MONTH, _("Month")),
        *[(name, words) for name, words in fields.groups if name[:2] == "h." or name == "version"],
    ]
    by = by if by in dict(ways) else WEEK
    of, value = figure_wanted(request, fields, frame)
    context |= {"ways": ways, "wave": by, "of": of, "value": value, "figures": measures(fields, frame)}
    context["options"] = [(one, value_name(frame, of, one)) for one in values_of(frame, of)] if value else []
    context["reading"] = reading(frame, selection, by, of, value, dict(context["figures"]).get(of, "")) if of else None
    return show(request, "surveys/analysis/trend.html", context)


def measures(fields: Fields, frame: Frame) -> list[tuple[str, str]]:
    """Every column that has a figure: NPS and scales first, as what is followed most."""
    choices = [(name, words) for name, words in fields.filters if name.startswith("q.")]
    order = {"nps": 0, "mean": 1, "share": 2}
    return sorted(choices, key=lambda pair: order[kind_of(frame, pair[0])])


def kind_of(frame: Frame, name: str) -> str:
    found = waves.measured(frame, name)
    return found[0] if found else "share"


def figure_wanted(request: HttpRequest, fields: Fields, frame: Frame) -> tuple[str, str]:
    """The column, and the answer whose share is followed ("" where the column has a mean)."""
    offered = measures(fields, frame)
    of = request.GET.get("of", "")
    of = of if of in dict(offered) else next((name for name, _words in offered), "")
    if not of or waves.measured(frame, of):
        return of, ""
    values = values_of(frame, of) or ["*"]
    wanted = request.GET.get("value", "")
    return of, wanted if wanted in values else values[0]


def reading(frame: Frame, selection: Selection, by: str, of: str, value: str, name: str) -> Reading:
    question = of[2:].partition(".")[0]
    found = waves.measured(frame, of)
    kind = found[0] if found else "share"
    figure = found[1] if found else lambda some: waves.share_of(some, of, value)
    points = waves.series(frame, by, figure, question)
    if not points:
        return Reading(sentence=_("Nobody has answered this yet."))
    title = f"{name}: {value_name(frame, of, value)}" if value else name
    say = (lambda one: percent(one, 1)) if kind == "share" else (lambda one: number(one, 1 if kind == "nps" else 2))

    def url(point: Point) -> str:
        return selection.url(f"{frame.survey.url}/responses", *point.pairs, *([(of, value)] if value else []), by="")

    def tip(point: Point) -> str:
        return f"{point.wave}: {say(point.value)} ({say(point.low)} – {say(point.high)}), n = {point.n:,}"

    spec = waves.drawn(points, tip, url, format=".0%" if kind == "share" else "")
    heads = {"nps": _("NPS"), "mean": _("Mean"), "share": _("Share")}
    table = Table(
        [_("Wave"), _("n"), heads[kind], _("95% interval")],
        [
            [one.wave, cell(f"{one.n:,}", url(one)), say(one.value), f"{say(one.low)} – {say(one.high)}"]
            for one in points
        ],
        title,
    )
    n = sum(one.n for one in points)
    told = ngettext("%(n)s answer", "%(n)s answers", n) % {"n": f"{n:,}"}
    return Reading(sentence=moved(points, say), figures=[Figure(title, spec, told, table)], n=n)


def moved(points: list[Point], say: Any) -> str:
    """Whether the last wave lies apart from the first."""
    first, last = points[0], points[-1]
    told = {"first": say(first.value), "last": say(last.value), "then": first.wave, "now": last.wave}
    if len(points) == 1:
        return _("There is one wave so far, %(now)s, with %(last)s.") % told
    spread = ((first.high - first.low) ** 2 + (last.high - last.low) ** 2) ** 0.5 / 2
    if abs(last.value - first.value) <= spread:
        return _("No change beyond chance: %(first)s in %(then)s, %(last)s in %(now)s.") % told
    if last.value > first.value:
        return _("It rose from %(first)s in %(then)s to %(last)s in %(now)s, by more than chance.") % told
    return _("It fell from %(first)s in %(then)s to %(last)s in %(now)s, by more than chance.") % told
