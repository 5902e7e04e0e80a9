"""A view of items as a file: the same filter and order as the list, every column."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import F, QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from pilothouse.exchange.writing.files import csv_bytes, xlsx_file
from pilothouse.exchange.writing.table import columns_for, rows
from pilothouse.people.access import Actor
from pilothouse.workbench.models import Item
from pilothouse.workbench.pages import page, product_of, show
from pilothouse.workbench.viewing.filters import BadFilter
from pilothouse.workbench.viewing.state import ViewState, read

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@page
def as_csv(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponseBase:
    return exported(request, actor, key, kind, csv_response)


@require_GET
@page
def as_xlsx(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponseBase:
    return exported(request, actor, key, kind, xlsx_response)


def exported(request: HttpRequest, actor: Actor, key: str, kind: str, respond: Any) -> HttpResponseBase:
    product = product_of(request, actor, key)
    given = request.GET.copy()
    raw = given.pop("raw", ["0"])[-1] == "1"
    for place in ("after", "before", "page"):
        given.pop(place, None)
    try:
        view = read(actor, product, kind, given)
        return respond(view, ordered(view), raw)
    except BadFilter as error:
        plain = read(actor, product, kind, {})
        return show(request, "items/list_refused.html", {"view": plain, "error": error}, status=400)


def ordered(view: ViewState) -> QuerySet[Item]:
    """In the order of the list; items that lack what it sorts by come last."""
    key = view.order.column.order()
    key = F(key.name) if isinstance(key, F) else key  # type: ignore[attr-defined]
    by = key.desc(nulls_last=True) if view.order.descending else key.asc(nulls_last=True)
    return view.rows().order_by(by, "pk")


def csv_response(view: ViewState, items: QuerySet[Item], raw: bool) -> HttpResponseBase:
    columns = columns_for(view.kind, raw=raw)
    heads = [column.head for column in columns]
    lines: Iterator[bytes] = csv_bytes(heads, rows(items, view.product, columns), raw=raw)
    return named(StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8"), view, "csv")


def xlsx_response(view: ViewState, items: QuerySet[Item], raw: bool) -> HttpResponseBase:
    columns = columns_for(view.kind, raw=raw)
    heads, slugs = [column.head for column in columns], [column.slug for column in columns]
    file = xlsx_file(heads, slugs, rows(items, view.product, columns), str(view.kind.plural))
    return named(FileResponse(file, content_type=XLSX), view, "xlsx")


def named(response: HttpResponseBase, view: ViewState, extension: str) -> HttpResponseBase:
    today = timezone.localdate().isoformat()
    name = f"{view.product.key}-{view.kind.slug}-{today}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
