"""A survey made of a file: a questionnaire as JSON at once, a file of answers by way of the questions it holds."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from pilothouse.exchange.answers import designs, steps
from pilothouse.exchange.answers.composing import Unmade, compose, types_of
from pilothouse.exchange.answers.drafts import FACT, Draft, on_scale
from pilothouse.exchange.answers.long import source_of
from pilothouse.exchange.answers.scales import Column, cells_of
from pilothouse.exchange.answers.trading import choices_of, drafts_of, told_reads, with_reads
from pilothouse.exchange.answers.views.common import around, can_be_read, import_of
from pilothouse.exchange.models import Import
from pilothouse.exchange.reading.delimited import Unreadable
from pilothouse.exchange.taking.guessing import MOST_SAMPLE
from pilothouse.exchange.taking.steps import MOST_BYTES, TooLarge
from pilothouse.exchange.views.common import product_by_method
from pilothouse.people.access import Actor
from pilothouse.people.models import Product
from pilothouse.surveys import actions, pictures
from pilothouse.surveys.files import document
from pilothouse.surveys.models import Survey
from pilothouse.workbench.pages import page, show

LONGEST_NAMES = 20_000


@page
def upload(request: HttpRequest, actor: Actor, key: str) -> HttpResponse:
    product = product_by_method(request, actor, key)
    context: dict[str, Any] = {"product": product, "most": MOST_BYTES, "error": None, "problems": []}
    if request.method != "POST":
        return show(request, "surveys/files/new.html", context)
    try:
        return HttpResponseRedirect(received(request, actor, product))
    except document.Wrong as wrong:
        context["problems"] = wrong.problems
    except (Unreadable, TooLarge) as error:
        context["error"] = str(error) or _("The file is larger than 200 MB. Split it and import the parts one by one.")
    return show(request, "surveys/files/new.html", context, status=422)


def received(request: HttpRequest, actor: Actor, product: Product) -> str:
    file = request.FILES.get("file")
    if file is None or not file.size:
        raise Unreadable(_("Choose a file that has something in it."))
    if (file.name or "").casefold().endswith(".json"):
        if file.size > document.LARGEST:
            raise TooLarge
        return from_document(actor, product, document.read(file.read())).url
    return f"{steps.receive(actor, product, None, file.name or '', file).url}/reading"  # type: ignore[arg-type]


def from_document(actor: Actor, product: Product, found: document.Document) -> Survey:
    """A new survey with this questionnaire as its draft, and its pictures."""
    survey = actions.create_survey(actor, product, found.with_keys({}))
    if found.pictures:
        keys = pictures.keep_all(actor, survey, found.pictures)
        actions.save_draft(actor, survey, found.with_keys(keys).model_dump(mode="json"), survey.draft_version)
    return survey


@page
def questions(request: HttpRequest, actor: Actor, key: str, pk: uuid.UUID) -> HttpResponse:
    """What each column was asked as; a questionnaire is made of that, and the answers follow."""
    source = import_of(request, actor, pk, None, key)
    if not can_be_read(source):
        return HttpResponseRedirect(f"{source.url}/reading")
    table = source_of(source)
    names, sample = table.columns(), table.sample(MOST_SAMPLE)
    found = [Draft.of(one) for one in source.plan.get("drafts", ())] or drafts_of(table, sample)
    title, error = request.POST.get("title", source.name.rsplit(".", 1)[0])[:200], None
    if request.method == "POST":
        try:
            found = [told(request, number, draft, sample) for number, draft in enumerate(found)]
            source.plan = {"drafts": [draft.kept() for draft in found]}
            source.save(update_fields=["plan"])
            if "next" in request.POST:
                return HttpResponseRedirect(f"{made(actor, source, found, title).url}/columns")
        except (Unmade, designs.BadDesign) as problem:
            error = str(problem)
    rows = [draft_row(draft, names, sample) for draft in found]
    context = {**around(source, 2), "drafts": rows, "title": title, "error": error, "survey": None}
    return show(request, "surveys/files/questions.html", context, status=422 if error else 200)


def draft_row(draft: Draft, names: list[str], sample: Any) -> dict[str, Any]:
    values = cells_of(sample, draft.places[0])
    return {
        "draft": draft,
        "names": [names[place] for place in draft.places],
        "examples": list(dict.fromkeys(value[:80] for value in values))[:4],
        "types": types_of(draft),
        "parts": "\n".join(draft.parts),
        "designed": draft.type in ("maxdiff", "conjoint"),
        "attributes": choices_of(draft),
    }


def told(request: HttpRequest, number: int, draft: Draft, sample: Any) -> Draft:
    """The draft as a person corrected it."""
    given: QueryDict = request.POST
    slug = given.get(f"type-{number}", draft.type)
    slug = slug if slug in dict(types_of(draft)) else draft.type
    parts = [line.strip() for line in given.get(f"parts-{number}", "")[:LONGEST_NAMES].splitlines() if line.strip()]
    if draft.type in ("kano", "matrix") and len(parts) != len(draft.parts):
        parts = draft.parts
    new = replace(
        draft, type=slug, label=given.get(f"label-{number}", draft.label).strip()[:500] or draft.label, parts=parts
    )
    if slug == "scale" and draft.type != "scale":
        on_scale(new, [Column(draft.places[0], draft.label, cells_of(sample, draft.places[0]))])
    design = request.FILES.get(f"design-{number}")
    if design is not None and design.size:
        read = designs.sets if draft.type == "maxdiff" else designs.products
        new.design = [[task, shown] for task, shown in read(design.read(designs.MOST_BYTES + 1)).items()]
        return with_reads(new) if slug == "conjoint" else new
    return told_reads(new, given, number) if new.design and slug == "conjoint" else new


def made(actor: Actor, source: Import, found: list[Draft], title: str) -> Import:
    """The survey, with the import now being one of its own. Raises Unmade."""
    actor.require("write", source.product)
    if not any(draft.type and not draft.type.startswith(FACT) for draft in found):
        raise Unmade(_("No column becomes a question."))
    questionnaire, plan = compose(found, source_of(source), title, actor.user.language)
    survey = actions.create_survey(actor, source.product, questionnaire, {"title": title} if title else None)
    source.survey, source.plan = survey, plan.kept()
    source.save(update_fields=["survey", "plan"])
    return source
