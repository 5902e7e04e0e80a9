"""What the pages of an import of answers share: whose it is, and what stands round each step."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from pilothouse.exchange.answers.long import source_of
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.views.common import at_hand, product_by_method
from pilothouse.people.access import Actor
from pilothouse.surveys.building.pages import survey_of
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models.custom import kind_of
from pilothouse.workbench.views.common import Ref


def writable(request: HttpRequest, actor: Actor, ref: Ref) -> Survey:
    return survey_of(request, actor, ref, "inspect" if request.method in ("GET", "HEAD") else "write")


def import_of(request: HttpRequest, actor: Actor, pk: uuid.UUID, ref: Ref | None, key: str | None) -> Import:
    """The import of one survey, or one that is to make a survey; under another address it is not there."""
    survey = writable(request, actor, ref) if ref else None
    product = survey.item.product if survey else product_by_method(request, actor, key or "")
    rows = Import.objects.select_related("job", "check_job", "undo_job", "created_by")
    source = actor.find(rows, "inspect", pk=pk, product=product, answers=True)
    if source.survey_id != (survey.pk if survey else None):
        raise Http404
    source.survey = survey
    return at_hand(actor, source, product)


def around(source: Import, step: int) -> dict[str, Any]:
    """What every step shows: the steps, and the way back to those that are done. A file that makes its survey has one
    step more."""
    names = [(_("File"), ""), (pgettext("step", "Read"), "/reading")]
    if source.survey is None:
        names += [(_("Questions"), "/questions")]
    names += [(_("Columns"), "/columns"), (_("Check"), "/check"), (_("Import"), "")]
    draft = source.job_id is None
    reachable = 3 if source.survey is None else len(names)
    items = [
        {"label": name, "url": f"{source.url}{path}" if draft and path and place < reachable else None}
        for place, (name, path) in enumerate(names)
    ]
    return {
        "source": source,
        "kind": kind_of(source.product, source.kind),
        "steps": items,
        "step": step,
        "survey": source.survey,
    }


def can_be_read(source: Import) -> bool:
    """Whether its rows make people as they are read now; the step before says why not."""
    try:
        source_of(source).columns()
    except Unreadable:
        return False
    return True
