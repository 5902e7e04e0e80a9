"""A scorecard as CSV and as XLSX, as far as its reader may see it."""

from __future__ import annotations

from django.http import HttpRequest

from pilothouse.exchange.views.grids import views_of
from pilothouse.exchange.writing.scorecard import grid
from pilothouse.exchange.writing.table import Grid
from pilothouse.people.access import Actor
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.views.sheets import card_of
from pilothouse.workbench.views.common import Ref


def grid_of(request: HttpRequest, actor: Actor, ref: Ref) -> Grid:
    return grid(sheet(actor, card_of(request, actor, ref)))


as_csv, as_xlsx = views_of(grid_of)
