"""A scorecard as CSV and as XLSX, as far as its reader may see it."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from pilothouse.exchange.views.exports import XLSX
from pilothouse.exchange.writing.files import csv_bytes, xlsx_file
from pilothouse.exchange.writing.scorecard import Grid, grid
from pilothouse.people.access import Actor
from pilothouse.planning.scorecards.table import sheet
from pilothouse.planning.views.sheets import card_of
from pilothouse.workbench.pages import page
from pilothouse.workbench.views.common import Ref


@require_GET
@page
def as_csv(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponseBase:
    found = grid_of(request, actor, ref)
    response = StreamingHttpResponse(csv_bytes(found.heads, found.rows), content_type="text/csv; charset=utf-8")
    return named(response, ref, "csv")


@require_GET
@page
def as_xlsx(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponseBase:
    found = grid_of(request, actor, ref)
    return named(FileResponse(xlsx_file(found.heads, found.slugs, found.rows), content_type=XLSX), ref, "xlsx")


def grid_of(request: HttpRequest, actor: Actor, ref: Ref) -> Grid:
    return grid(sheet(actor, card_of(request, actor, ref)))


def named(response: HttpResponseBase, ref: Ref, extension: str) -> HttpResponseBase:
    name = f"{ref[0]}-{ref[1]}-{timezone.localdate().isoformat()}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
