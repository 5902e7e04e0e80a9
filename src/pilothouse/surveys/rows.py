"""An item of kind "survey" and its Survey row: however the item was made, its row comes with it."""

from __future__ import annotations

from collections.abc import Sequence

from pilothouse.surveys.definition import Questionnaire, Text
from pilothouse.surveys.models import Survey
from pilothouse.workbench.models import Item

KIND = "survey"


def keep_rows(items: Sequence[Item]) -> None:
    """Make the Survey row of each of these new items: an empty questionnaire under the item's title."""
    rows = [Survey(item=item, draft=empty(item).model_dump(mode="json")) for item in items]
    Survey.objects.bulk_create(rows, batch_size=500)


def survey_for(item: Item) -> Survey:
    """The item's survey, with the item on it."""
    survey = Survey.objects.select_related("live").get(item=item)
    survey.item = item
    return survey


def empty(item: Item) -> Questionnaire:
    written = item.created_by.language if item.created_by else "en"
    return Questionnaire(languages=[written], title=Text(words={written: item.title}))
