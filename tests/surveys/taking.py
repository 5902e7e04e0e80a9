"""Importing answers in one call, by the very steps and jobs that the pages use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pilothouse.exchange.answers import steps
from pilothouse.exchange.models import Import
from pilothouse.people.access import Actor
from pilothouse.surveys import actions
from pilothouse.surveys.definition import Questionnaire
from pilothouse.surveys.models import Response, Survey, Version
from pilothouse.workbench.models import Item
from tests.exchange.helpers import again, work


def published(actor: Actor, questionnaire: Questionnaire, product: Any = None) -> Survey:
    """A survey with one version, whatever a person would still have to mend in it."""
    survey = actions.create_survey(again(actor), product, questionnaire, {"title": "Any"})
    survey.live = Version.objects.create(survey=survey, number=1, definition=survey.draft)
    survey.save()
    return survey


def receive(actor: Actor, survey: Survey, path: Path) -> Import:
    actor = again(actor)
    product = actor.product(survey.item.product.key)
    with path.open("rb") as file:
        return steps.receive(actor, product, fresh(survey), path.name, file)


def fresh(survey: Survey) -> Survey:
    row = Survey.objects.select_related("live").get(pk=survey.pk)
    row.item = Item.objects.select_related("product__workspace").get(pk=survey.item_id)
    return row


def dry_run(actor: Actor, source: Import) -> dict[str, int]:
    return work(steps.begin_check(again(actor), source)).result


def run(actor: Actor, source: Import) -> dict[str, int]:
    work(steps.begin(again(actor), source))
    source.refresh_from_db()
    return {name: count for name, count in source.counts.items() if count}


def take(actor: Actor, survey: Survey, path: Path) -> dict[str, int]:
    return run(actor, receive(actor, survey, path))


def undo(actor: Actor, source: Import) -> dict[str, Any]:
    result = work(steps.begin_undo(again(actor), source)).result
    assert result is not None
    return result


def told(survey: Survey) -> list[Any]:
    rows = Response.objects.filter(survey=survey).order_by("pk")
    return [(row.answers, row.hidden, row.status, row.language) for row in rows]
