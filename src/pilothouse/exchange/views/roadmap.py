"""The roadmap as a file: the tab and filter of its address, as Markdown, a spreadsheet, on paper or as a picture."""

from __future__ import annotations

from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from pilothouse.exchange.views.exports import XLSX
from pilothouse.exchange.writing.files import xlsx_file
from pilothouse.exchange.writing.roadmap import SLUGS, heads, markdown, rows_of
from pilothouse.exchange.writing.roadmap_paper import list_paper, timeline_paper
from pilothouse.exchange.writing.safe import printable
from pilothouse.people.access import Actor
from pilothouse.planning.forecast.ladder import foretell
from pilothouse.planning.roadmap import showing
from pilothouse.planning.roadmap.drawing import svg
from pilothouse.planning.roadmap.view import TIMELINE, RoadmapView, read
from pilothouse.workbench.pages import page, product_of, say
from pilothouse.workbench.viewing.filters import BadFilter


@require_GET
@page
def as_markdown(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    return exported(request, actor, key, markdown_response, "md")


@require_GET
@page
def as_xlsx(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    return exported(request, actor, key, xlsx_response, "xlsx")


@require_GET
@page
def as_svg(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    return exported(request, actor, key, svg_response, "svg")


@require_GET
@page
def as_pdf(request: HttpRequest, actor: Actor, key: str) -> HttpResponseBase:
    return exported(request, actor, key, pdf_response, "pdf")


def exported(
    request: HttpRequest, actor: Actor, key: str, respond: Callable[[RoadmapView], HttpResponseBase], extension: str
) -> HttpResponseBase:
    product = product_of(request, actor, key)
    try:
        view = read(actor, product, request.GET)
    except BadFilter as error:
        return say(error, 400)
    response = respond(view)
    name = f"{product.key}-roadmap-{timezone.localdate().isoformat()}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def title(view: RoadmapView) -> str:
    return f"{view.product.name} · {_('Roadmap')}"


def markdown_response(view: RoadmapView) -> HttpResponseBase:
    text = markdown(title(view), showing.sections(view))
    return HttpResponse(text.encode("utf-8", "replace"), content_type="text/markdown; charset=utf-8")


def xlsx_response(view: RoadmapView) -> HttpResponseBase:
    rows = rows_of(showing.sections(view), foretell(view.actor, view.product))
    file = xlsx_file(heads(), SLUGS, rows, _("Roadmap"))
    return FileResponse(file, content_type=XLSX)


def pdf_response(view: RoadmapView) -> HttpResponseBase:
    if view.layout == TIMELINE:
        file = timeline_paper(showing.drawn(view, title(view)))
    else:
        file = list_paper(title(view), showing.sections(view), foretell(view.actor, view.product))
    return HttpResponse(file, content_type="application/pdf")


def svg_response(view: RoadmapView) -> HttpResponseBase:
    return HttpResponse(printable(svg(showing.drawn(view, title(view)))), content_type="image/svg+xml; charset=utf-8")
