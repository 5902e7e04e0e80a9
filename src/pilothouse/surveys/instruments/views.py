"""The page on which a survey is used as priority: what it would write, what it wrote, and whether it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilothouse.people.access import Actor
from pilothouse.surveys.building.pages import head, survey_of
from pilothouse.surveys.instruments import priority as verbs
from pilothouse.surveys.instruments.ranking import PLACE, Said, ranks_items
from pilothouse.surveys.instruments.showing import kano_line, opportunity_line, share_line
from pilothouse.surveys.models import Survey
from pilothouse.surveys.scored import Priority
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import go, page, show
from pilothouse.workbench.views.common import Errors, Ref, undo_url
from pilothouse.workbench.writing.cleaning import Invalid

PAGE = "surveys/instruments/priority.html"


@page
@require_http_methods(["GET", "HEAD", "POST"])
def priority(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponse:
    if request.method != "POST":
        survey = survey_of(request, actor, ref)
        return show(request, PAGE, context(actor, survey, request.GET))
    survey = survey_of(request, actor, ref, "write")
    try:
        batch = verbs.use(actor, survey, request.POST.dict())
    except Invalid as invalid:
        return show(request, PAGE, context(actor, survey, request.POST, invalid.errors), status=422)
    n = survey.scores.count()
    text = ngettext("%(n)s item scored by this survey", "%(n)s items scored by this survey", n) % {"n": n}
    return go(request, f"{survey.url}/priority", text, undo=undo_url(actor, batch))


@page
@require_POST
def keep(request: HttpRequest, actor: Actor, ref: Ref, verb: str) -> HttpResponse:
    """Take in each new answer ("on"), stop doing so ("off"), or take in what there is now ("now")."""
    survey = survey_of(request, actor, ref, "write")
    if verb not in ("on", "off", "now") or not Priority.objects.filter(survey=survey).exists():
        raise Http404
    if verb == "off":
        verbs.keep_live(actor, survey, False)
        return go(request, f"{survey.url}/priority", _("New answers no longer change the order"))
    if verb == "on":
        verbs.keep_live(actor, survey, True)
    verbs.rescore(actor, survey)
    text = _("Every answer so far is in") if verb == "now" else _("New answers change the order from now on")
    return go(request, f"{survey.url}/priority", text)


def context(
    actor: Actor, survey: Survey, given: Mapping[str, Any], errors: Mapping[str, str] | None = None
) -> dict[str, Any]:
    used = Priority.objects.select_related("started_by").filter(survey=survey).first()
    options = verbs.clean_options({**(used.options if used else {}), **{name: given[name] for name in given}})
    found = verbs.proposal(survey, options) if ranks_items(survey) else {}
    items = verbs.items_of(actor, survey, found)
    rows = [row(items[number], one) for number, one in found.items() if number in items]
    return {
        **head(actor, survey, "priority"), "used": used, "rows": rows, "errors": Errors(errors or {}),
        "controls": controls(options, found), "unlike": used is not None and used.options != options,
        "behind": any(one["moved"] for one in rows), "asks": ranks_items(survey), "about": about(found),
    }  # fmt: skip


def row(item: Item, one: Said) -> dict[str, Any]:
    """An item as the survey sees it now, beside what its fields say."""
    values, details = one.values, one.details
    now = item.fields.get(PLACE)
    return {
        "item": item, "place": values[PLACE], "now": now, "n": one.n, "category": values.get("kano", ""),
        "lines": [*filter(None, (kano_line(values, details), share_line(values), opportunity_line(values, details)))],
        "moved": verbs.moved(item, one), "climbed": (now or 0) - values[PLACE] if now else 0,
    }  # fmt: skip


def about(found: Mapping[int, Said]) -> set[str]:
    """Which methods rank these items."""
    return {method for one in found.values() for method in one.methods}


def controls(options: Mapping[str, str], found: Mapping[int, Said]) -> list[dict[str, Any]]:
    """The choices that matter to what was asked."""
    words = {
        "table": (_("Evaluation table"), {"classic": _("Classic"), "pouliot": _("Pouliot")}),
        "rule": (
            _("Category by"),
            {
                "mode": _("Most frequent"),
                "irq": _("M, O, A against I, R, Q"),
                "significant": _("Only if it leads for sure"),
            },
        ),
        "scoring": (_("Levels from"), {"top_box": _("Share of the top two answers"), "mean": _("Mean")}),
        "flagged": (_("Answers that look odd"), {"in": _("Count them"), "out": _("Leave them out")}),
    }  # fmt: skip
    asked = about(found)
    wanted = [
        *(("table", "rule") if "kano" in asked else ()),
        *(("scoring",) if "opportunity_score" in asked else ()), "flagged",
    ]  # fmt: skip
    return [
        {"name": name, "label": words[name][0], "options": list(words[name][1].items()), "value": options[name]}
        for name in wanted
    ]
