"""The import wizard: a file, how to read it, what its columns become, what would happen, what happened."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET

from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.cells import visible
from pilothouse.exchange.reading.delimited import DELIMITERS, Unreadable
from pilothouse.exchange.reading.encodings import ENCODINGS, MISREAD
from pilothouse.exchange.reading.source import Source, reread
from pilothouse.exchange.reading.spreadsheet import sheets
from pilothouse.exchange.taking import steps
from pilothouse.exchange.taking.plan import ColumnPlan, Plan
from pilothouse.exchange.taking.targets import Target, targets_of
from pilothouse.exchange.views import columns as columns_form
from pilothouse.exchange.views.becoming import became
from pilothouse.exchange.views.checking import CHECKED_ROWS, check_page, dry_run, previewed
from pilothouse.exchange.views.common import around, import_of, reading_told
from pilothouse.exchange.views.reports import history_of
from pilothouse.jinja import decimal
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models.custom import kind_of, kinds_of
from pilothouse.workbench.pages import is_fragment, page, product_of, show

PREVIEW_ROWS = 12


@require_GET
@page
def choose(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    return show(
        request,
        "exchange/choose.html",
        {"product": product, "kinds": kinds_of(product), "imports": history_of(product, 5)},
    )


@page
def upload(request: HttpRequest, actor: Actor, key: str, kind: str) -> HttpResponse:
    product = product_of(request, actor, key, "write")
    context = {"product": product, "kind": kind_of(product, kind), "most": steps.MOST_BYTES, "error": None}
    if request.method != "POST":
        return show(request, "exchange/upload.html", context)
    try:
        source = received(request, actor, product, kind)
    except (Unreadable, steps.TooLarge) as error:
        context["error"] = str(error) or _("The file is larger than 200 MB. Split it and import the parts one by one.")
        return show(request, "exchange/upload.html", context, status=422)
    return HttpResponseRedirect(f"{source.url}/reading")


def received(request: HttpRequest, actor: Actor, product: Product, kind: str) -> Import:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Unreadable(_("Choose a file that has something in it."))
    return steps.receive(actor, product, kind, file.name or "", file)  # type: ignore[arg-type]


@page
def reading(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    """How the file is read, with its first rows as they then look; a change is kept at once."""
    source = import_of(request, actor, key, pk)
    if source.job_id:
        return HttpResponseRedirect(source.url)
    error = None
    if request.method == "POST":
        error = reread_as_told(request, actor, source)
        if "next" in request.POST and not error:
            return HttpResponseRedirect(f"{source.url}/columns")
    context = {**around(source, 1), **reading_context(source, error)}
    template = "exchange/_reading.html" if is_fragment(request) else "exchange/reading.html"
    return show(request, template, context, status=422 if error else 200)


def reread_as_told(request: HttpRequest, actor: Actor, source: Import) -> str | None:
    before = steps.source_of(source)
    table = reread(before, reading_told(request, before.reading))
    try:
        names = table.columns()
        changed = names != before.columns() or table.reading != before.reading
    except Unreadable as error:
        return str(error)
    source.reading = table.reading.kept()
    if changed:
        source.plan = steps.proposal(actor, source).kept()
    source.save(update_fields=["reading", "plan"])
    return None


def reading_context(source: Import, error: str | None) -> dict[str, Any]:
    table = steps.source_of(source)
    names, rows = first_rows(table)
    reading = table.reading
    return {
        "reading": reading,
        "error": error,
        "names": names,
        "rows": [(number, [visible(cell) for cell in row]) for number, row in rows],
        "encodings": [(slug, str(name)) for slug, name in ENCODINGS.items()],
        "delimiters": list(zip(DELIMITERS, (_("Comma ,"), _("Tab"), _("Semicolon ;"), _("Bar |")), strict=True)),
        "sheets": list(enumerate(sheet.name for sheet in sheets(source.file))) if reading.spreadsheet else [],
        "modes": [(0, pgettext("cells", "Words")), (1, pgettext("cells", "Codes"))],
        "orders": [
            ("", _("As written: 2026-11-22")),
            ("dmy", _("Day first: 22/11/2026")),
            ("mdy", _("Month first: 11/22/2026")),
        ],
        "misquoted": table.misquoted(),
        "misread": any(MISREAD in cell for _number, row in rows for cell in row),
    }


def first_rows(table: Source) -> tuple[list[str], list[tuple[int, list[str]]]]:
    try:
        names = table.columns()
        return names, [(number, row[: len(names)]) for number, row in table.sample(PREVIEW_ROWS)]
    except Unreadable:
        return [], []


@page
def columns(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    source = import_of(request, actor, key, pk)
    if source.job_id:
        return HttpResponseRedirect(source.url)
    problems: list[str] = []
    if request.method == "POST":
        source.plan = columns_form.plan_from(request.POST, source).kept()
        source.save(update_fields=["plan"])
        if "next" in request.POST and not (problems := steps.problems_of(actor, source)):
            steps.begin_check(actor, source)
            return HttpResponseRedirect(f"{source.url}/check")
    context = {**around(source, 2), **columns_form.context(actor, source), "problems": problems}
    template = "exchange/_columns.html" if is_fragment(request) else "exchange/columns.html"
    return show(request, template, context, status=422 if problems else 200)


@page
def check(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    """What would happen: the first rows as they would become, and the dry run over all of them."""
    source = import_of(request, actor, key, pk)
    return check_page(request, actor, source, steps.begin_check, lambda: check_context(actor, source))


def check_context(actor: Actor, source: Import) -> dict[str, Any]:
    kind = kind_of(source.product, source.kind)
    targets = targets_of(kind)
    return {
        **around(source, 3),
        **dry_run(source, lambda n: ngettext("Import %(n)s row", "Import %(n)s rows", n) % {"n": decimal(n)}),
        **previewed(
            Plan.of(source.plan),
            lambda column: column_name(column, targets),
            lambda: steps.preview(actor, source, CHECKED_ROWS),
            partial(became, kind),
        ),
    }


def column_name(column: ColumnPlan, targets: Mapping[str, Target]) -> str:
    return str(targets[column.slug].name) if column.slug in targets else _("New field")
