"""A plan's schedule as CSV, as XLSX and as days of a calendar. There is no file before there is a schedule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from pilothouse.exchange.views.grids import csv_of, named, views_of, xlsx_of
from pilothouse.exchange.writing.calendar import calendar
from pilothouse.exchange.writing.schedule import grid, happenings
from pilothouse.exchange.writing.table import Grid
from pilothouse.people.access import Actor
from pilothouse.planning.models import Plan
from pilothouse.planning.plans import scheduling
from pilothouse.planning.plans.timetable import Timetable
from pilothouse.planning.views.making import plan_of
from pilothouse.workbench.pages import page
from pilothouse.workbench.views.common import Ref


def laid_out(actor: Actor, row: Plan) -> tuple[Timetable, dict[str, Any]]:
    if not row.schedule:
        raise Http404
    return scheduling.current(actor, row)[0], row.schedule


def calendar_of(actor: Actor, row: Plan, ref: Ref) -> HttpResponseBase:
    days = happenings(*laid_out(actor, row), settings.PUBLIC_URL)
    return named(HttpResponse(calendar(days, timezone.now()), content_type="text/calendar; charset=utf-8"), ref, "ics")


def grid_of(request: HttpRequest, actor: Actor, ref: Ref) -> Grid:
    return grid(*laid_out(actor, plan_of(request, actor, ref)))


as_csv, as_xlsx = views_of(grid_of)


@require_GET
@page
def as_calendar(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponseBase:
    return calendar_of(actor, plan_of(request, actor, ref), ref)


FILES: dict[str, Callable[[Actor, Plan, Ref], HttpResponseBase]] = {
    "csv": lambda actor, row, ref: csv_of(grid(*laid_out(actor, row)), ref),
    "xlsx": lambda actor, row, ref: xlsx_of(grid(*laid_out(actor, row)), ref),
    "ics": calendar_of,
}
