"""The step before rows are taken: the first rows as they would become, and a dry run over all of them. Imports of items
and of answers to a survey share it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from pilothouse.exchange.answers.plan import AnswerColumn, AnswerPlan
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.taking.plan import ColumnPlan, Plan
from pilothouse.exchange.views.common import grouped
from pilothouse.exchange.views.jobs import shown
from pilothouse.people.access import Actor
from pilothouse.workbench import jobs
from pilothouse.workbench.pages import show

CHECKED_ROWS = 30
Row = tuple[int, list[str]]  # its number in the file, its cells


def check_page(
    request: HttpRequest,
    actor: Actor,
    source: Import,
    begin: Callable[[Actor, Import], Any],
    context: Callable[[], dict[str, Any]],
) -> HttpResponse:
    if source.job_id:
        return HttpResponseRedirect(source.url)
    if request.method == "POST":
        begin(actor, source)
        return HttpResponseRedirect(f"{source.url}/check")
    if source.check_job is None:
        return HttpResponseRedirect(f"{source.url}/columns")
    return show(request, "exchange/check.html", context())


def dry_run(source: Import, verb: Callable[[int], str]) -> dict[str, Any]:
    """How many rows would be taken, the button that takes them, and why the others would not be."""
    job = source.check_job
    assert job is not None
    counts = job.result or {}
    going = counts.get("created", 0) + counts.get("updated", 0)
    return {**shown(job), "counts": counts, "going": going, "verb": verb(going), **grouped(source, checking=True)}


def previewed(
    plan: Plan | AnswerPlan,
    name_of: Callable[[Any], str],
    read: Callable[[], Iterable[tuple[Row, Any]]],
    became: Callable[[Any, str, Any], str] = lambda _column, _cell, _decision: "",
) -> dict[str, Any]:
    """The columns that are taken, and what becomes of the first rows; no rows where the file is unreadable."""
    columns: Sequence[ColumnPlan | AnswerColumn] = plan.columns
    places = [place for place, column in enumerate(columns) if column.target]
    try:
        rows = [preview_row(plan, places, row, decision, became) for row, decision in read()]
    except (Unreadable, jobs.JobFailed):
        rows = []
    return {"heads": [(column.name, name_of(column)) for column in columns if column.target], "preview": rows}


def preview_row(
    plan: Plan | AnswerPlan, places: list[int], row: Row, decision: Any, became: Callable[[Any, str, Any], str]
) -> dict[str, Any]:
    wrong = {reason["column"]: visible(reason["message"]) for reason in decision.reasons}
    cells = [
        {
            "text": visible(row[1][place][:200]),
            "error": wrong.pop(plan.columns[place].name, None),
            "becomes": became(plan.columns[place], row[1][place], decision),
        }
        for place in places
    ]
    return {"number": row[0], "cells": cells, "outcome": decision.outcome, "reasons": list(wrong.values())}
