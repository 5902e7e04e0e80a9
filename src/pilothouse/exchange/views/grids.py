"""What a page shows as a table, as a CSV and as an XLSX file with the item's reference and the day in its name."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_GET

from pilothouse.exchange.views.exports import XLSX
from pilothouse.exchange.writing.files import csv_bytes, xlsx_file
from pilothouse.exchange.writing.table import Grid
from pilothouse.people.access import Actor
from pilothouse.workbench.pages import page
from pilothouse.workbench.views.common import Ref

Find = Callable[[HttpRequest, Actor, Ref], Grid]
View = Callable[..., HttpResponseBase]


def views_of(grid_of: Find) -> tuple[View, View]:
    """The views that answer with the grid as CSV and as XLSX; `grid_of` goes through the gate."""

    @require_GET
    @page
    def as_csv(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponseBase:
        return csv_of(grid_of(request, actor, ref), ref)

    @require_GET
    @page
    def as_xlsx(request: HttpRequest, actor: Actor, ref: Ref) -> HttpResponseBase:
        return xlsx_of(grid_of(request, actor, ref), ref)

    return as_csv, as_xlsx


def csv_of(found: Grid, ref: Ref) -> HttpResponseBase:
    response = StreamingHttpResponse(csv_bytes(found.heads, found.rows), content_type="text/csv; charset=utf-8")
    return named(response, ref, "csv")


def xlsx_of(found: Grid, ref: Ref) -> HttpResponseBase:
    file = xlsx_file(found.heads, found.slugs, found.rows, f"{ref[0]}-{ref[1]}")
    return named(FileResponse(file, content_type=XLSX), ref, "xlsx")


def named(response: HttpResponseBase, ref: Ref, extension: str) -> HttpResponseBase:
    name = f"{ref[0]}-{ref[1]}-{timezone.localdate().isoformat()}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
