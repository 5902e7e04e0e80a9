"""What the pages of an import share: whose it is, and what stands round each step."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.source import Reading
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.pages import product_of

PROBLEMS_READ, GROUPS_SHOWN, ROWS_SHOWN = 5_000, 60, 12


def product_by_method(request: HttpRequest, actor: Actor, key: str) -> Product:
    """What was done can still be read when nothing more may be done."""
    return product_of(request, actor, key, "inspect" if request.method in ("GET", "HEAD") else "write")


def import_of(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> Import:
    product = product_by_method(request, actor, key)
    rows = Import.objects.select_related("job", "check_job", "undo_job", "created_by")
    source = actor.find(rows, "inspect", pk=pk, product=product, answers=False)
    return at_hand(actor, source, product)


def at_hand(actor: Actor, source: Import, product: Product) -> Import:
    """With the product and workspace of the request, so that nothing is read twice."""
    source.product = product
    for job in (source.job, source.check_job, source.undo_job):
        if job:
            job.workspace, job.product = actor.workspace, product
    return source


def reading_told(request: HttpRequest, before: Reading) -> dict[str, str]:
    """What the form says; a row of names that was only left standing does not bind another sheet."""
    given = request.POST.dict()
    if given.get("header") == str(before.header):
        del given["header"]
    return given


def around(source: Import, step: int) -> dict[str, Any]:
    """What every step shows: the kind, the steps, and the way back to those that are done."""
    names = [_("File"), pgettext("step", "Read"), _("Columns"), _("Check"), _("Import")]
    draft = source.job_id is None
    urls = [
        f"{source.product.url}{source.kind}/import",
        f"{source.url}/reading",
        f"{source.url}/columns",
        f"{source.url}/check",
        "",
    ]
    items = [{"label": name, "url": url if draft else None} for name, url in zip(names, urls, strict=True)]
    return {"source": source, "kind": kind_of(source.product, source.kind), "steps": items, "step": step}


def grouped(source: Import, *, checking: bool) -> dict[str, Any]:
    """Why rows were not taken: each reason once, the most frequent first, with the first rows that it holds for."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    problems = source.problems.filter(checking=checking).values_list("row", "outcome", "reasons")
    for row, outcome, reasons in problems[:PROBLEMS_READ]:
        for reason in reasons:
            groups.setdefault((outcome, reason["column"], reason["message"]), []).append(row)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0][0] != "failed", -len(pair[1]), pair[1][0]))
    shown = [
        {"outcome": outcome, "column": column, "message": message, "count": len(rows), "rows": rows[:ROWS_SHOWN]}
        for (outcome, column, message), rows in ordered[:GROUPS_SHOWN]
    ]
    return {"problems": shown, "more_problems": len(ordered) - len(shown)}
